// SPDX-License-Identifier: MIT
// What must hold for every text, sensible or not.
#include "gradus/diff/expression.hpp"

#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/core/random.hpp"
#include "random_expression.hpp"

namespace gradus {
namespace {

constexpr int num_texts = 30'000;

/// Parses, and evaluates when that works. Anything thrown but ValueError fails the test.
bool is_accepted(const std::string& text) {
  try {
    const Expression f(text);
    static_cast<void>(f.evaluate<double>(std::vector<double>{0.5, -2, 3}));
    return true;
  } catch (const ValueError& error) {
    const std::string_view message = error.what();
    EXPECT_TRUE(message.starts_with("expression: ")) << message;
    EXPECT_EQ(message.find('\n'), std::string_view::npos) << message;
    return false;
  }
}

TEST(AnyText, IsAnExpressionOrAValueError) {
  constexpr std::array<std::string_view, 32> pieces{
      "x",    "x1",   "y",    "7",    "1e5",  ".5",    "e",    "pi", "+",  "-",   "*",
      "/",    "^",    "**",   "(",    ")",    "(",     ")",    ",",  " ",  "²",   "−",
      "sin(", "log(", "pow(", "min(", "sum(", "mean(", "sinn", "#",  "x(", "\xE2"};
  Random random(11, Stream::validation);
  int num_accepted = 0;
  for (int i = 0; i < num_texts; ++i) {
    std::string text;
    for (std::uint32_t left = random.below(12); left > 0; --left) {
      text += pieces[random.below(pieces.size())];
    }
    num_accepted += is_accepted(text) ? 1 : 0;
  }
  EXPECT_GT(num_accepted, num_texts / 100);
  EXPECT_LT(num_accepted, num_texts / 2);
}

TEST(AnyBytes, AreAnExpressionOrAValueError) {
  Random random(12, Stream::validation);
  for (int i = 0; i < num_texts; ++i) {
    std::string text;
    for (std::uint32_t left = random.below(20); left > 0; --left) {
      text += static_cast<char>(random.below(256));
    }
    static_cast<void>(is_accepted(text));
  }
}

TEST(ADamagedExpression, IsAnExpressionOrAValueError) {
  Random random(13, Stream::validation);
  for (int i = 0; i < num_texts; ++i) {
    std::string text = random_expression(random, {.num_variables = 3, .cancellation = 0.1});
    EXPECT_TRUE(is_accepted(text)) << text;
    text[random.below(static_cast<std::uint32_t>(text.size()))] =
        static_cast<char>(random.below(256));
    static_cast<void>(is_accepted(text));
    text.resize(random.below(static_cast<std::uint32_t>(text.size())));
    static_cast<void>(is_accepted(text));
  }
}

}  // namespace
}  // namespace gradus
