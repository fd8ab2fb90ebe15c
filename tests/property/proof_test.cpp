// SPDX-License-Identifier: MIT
// Proved digits against proved digits: those of a higher precision, and those of other methods.
#include "proof/proof.hpp"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "gradus/core/random.hpp"
#include "gradus/diff/differentiate.hpp"
#include "gradus/diff/second_derivatives.hpp"
#include "random_expression.hpp"

namespace gradus {
namespace {

struct RandomCase {
  std::string f;
  std::vector<double> x;
};

/// Functions of one to three variables, a third of which cancel; a fifth have kinks and jumps.
RandomCase random_case(std::uint64_t seed, std::uint64_t position) {
  Random random(seed, Stream::validation, position);
  const int num_variables = 1 + static_cast<int>(random.below(3));
  RandomCase one{random_expression(random, {.num_variables = num_variables,
                                            .cancellation = random.below(3) == 0 ? 0.2 : 0}),
                 {}};
  if (random.below(5) == 0) {
    constexpr std::array<const char*, 5> around{"abs({})", "relu({})", "max({}, 0.5)", "floor({})",
                                                "erf({})"};
    one.f = fmt::format(fmt::runtime(around[random.below(around.size())]), one.f);
  }
  for (int i = 0; i < num_variables; ++i) {
    const double size = std::pow(10, random.uniform(-3, 3));
    one.x.push_back(random.below(2) == 0 ? size : -size);
  }
  return one;
}

/// All methods on cases of a seed: how often a bound did not hold, and of how many.
struct Count {
  std::size_t violations = 0;
  std::size_t bounds = 0;
};

void judge(const MethodResult& result, const std::vector<proof::Ball>& truth, const RandomCase& one,
           Count& count) {
  for (std::size_t k = 0; k < result.gradient.size(); ++k) {
    const DerivativeEstimate& estimate = result.gradient[k];
    if (estimate.refusal || !truth[k].is_finite()) {
      continue;
    }
    ++count.bounds;
    const double distance = truth[k].distance_at_least(estimate.value);
    if (distance > estimate.error) {
      ++count.violations;
      ADD_FAILURE() << result.method << " of " << one.f << ", entry " << k << ": off by "
                    << distance << ", claimed " << estimate.error;
    }
  }
}

Count count_violations(std::uint64_t seed, std::size_t num_cases) {
  Count count;
  for (std::size_t position = 0; position < num_cases; ++position) {
    const RandomCase one = random_case(seed, position);
    const Expression f(one.f);
    if (f.num_variables() > one.x.size() || !std::isfinite(f.evaluate<double>(one.x))) {
      continue;
    }
    std::vector<proof::Ball> truth;
    for (std::size_t i = 0; i < one.x.size(); ++i) {
      truth.push_back(proof::enclose_partial(f, one.x, i));
    }
    for (const DerivativeMethod& method : derivative_methods()) {
      judge(differentiate(f, method.id, one.x), truth, one, count);
    }
    if (position % 10 == 0) {
      const std::vector<proof::Ball> second = proof::enclose_second(f, one.x);
      for (const MethodResult& result : second_derivatives(f, one.x)) {
        judge(result, second, one, count);
      }
    }
  }
  return count;
}

TEST(EveryDerivativeMethod, IsWithinItsErrorForEveryRandomExpression) {
  const Count count = count_violations(41, 2000);
  EXPECT_EQ(count.violations, 0U);
  EXPECT_GT(count.bounds, 20'000U);
}

TEST(EveryDerivativeMethod, DISABLED_IsWithinItsErrorFor100000RandomExpressions) {
  const Count count = count_violations(43, 100'000);
  EXPECT_EQ(count.violations, 0U);
  fmt::print("{} bounds, {} violations\n", count.bounds, count.violations);
}

/// Without the zeros at the end, which an exact number does not have.
std::string trimmed(const std::string& text) {
  if (text.find('.') == std::string::npos || text.find('e') != std::string::npos) {
    return text;
  }
  const std::string digits = text.substr(0, text.find_last_not_of('0') + 1);
  return digits.ends_with('.') ? digits.substr(0, digits.size() - 1) : digits;
}

/// The digits of each proved number of 50 are those of the one of 100, rounded.
void expect_agreement(std::uint64_t seed, std::size_t num_cases) {
  std::size_t num_compared = 0;
  for (std::size_t position = 0; position < num_cases; ++position) {
    const RandomCase one = random_case(seed, position);
    const Expression f(one.f);
    std::vector<std::string> x;
    for (const double number : one.x) {
      x.push_back(fmt::format("{:.6g}", number));
    }
    if (f.num_variables() > x.size()) {
      continue;
    }
    const proof::Proof fifty = proof::prove(f, x, 50, proof::Order::first);
    const proof::Proof hundred = proof::prove(f, x, 100, proof::Order::first);
    const auto compare = [&](const proof::ProvedNumber& few, const proof::ProvedNumber& many) {
      if (few.certainty != proof::Certainty::proved || many.certainty != proof::Certainty::proved) {
        return;
      }
      ++num_compared;
      EXPECT_EQ(trimmed(proof::proved_number(proof::Ball(many.text, 600), 50).text),
                trimmed(few.text))
          << one.f;
    };
    compare(fifty.value, hundred.value);
    for (std::size_t i = 0; i < x.size(); ++i) {
      compare(fifty.gradient[i], hundred.gradient[i]);
    }
  }
  EXPECT_GT(num_compared, num_cases);
}

TEST(ProvedDigits, AreThoseOfAHigherPrecision) {
  expect_agreement(47, 1000);
}

TEST(ProvedDigits, DISABLED_AreThoseOfAHigherPrecisionFor10000Expressions) {
  expect_agreement(53, 10'000);
}

}  // namespace
}  // namespace gradus
