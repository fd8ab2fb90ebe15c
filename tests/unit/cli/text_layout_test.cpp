// SPDX-License-Identifier: MIT
#include "terminal/text_layout.hpp"

#include <gtest/gtest.h>
#include <locale.h>
#include <wchar.h>

#include <string>
#include <string_view>
#include <vector>

#include "gradus/runs/option_values.hpp"  // split

namespace gradus::cli {
namespace {

/// A character of the first plane.
std::string utf8(unsigned code_point) {
  if (code_point < 0x80) {
    return {static_cast<char>(code_point)};
  }
  const char last = static_cast<char>(0x80 | (code_point & 0x3F));
  if (code_point < 0x800) {
    return {static_cast<char>(0xC0 | (code_point >> 6)), last};
  }
  return {static_cast<char>(0xE0 | (code_point >> 12)),
          static_cast<char>(0x80 | (code_point >> 6 & 0x3F)), last};
}

TEST(DisplayWidth, IsThatOfTheCLibrary) {
  const locale_t locale = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  if (locale == nullptr) {
    GTEST_SKIP() << "there is no locale C.UTF-8";
  }
  const locale_t before = ::uselocale(locale);
  // ASCII; Latin; Greek; first Hangul letters; braille; Chinese characters; Hangul; full-width.
  for (const auto& [first, last] : std::vector<std::pair<unsigned, unsigned>>{{0x20, 0x7E},
                                                                              {0xC0, 0x17F},
                                                                              {0x391, 0x3A1},
                                                                              {0x1100, 0x115E},
                                                                              {0x2800, 0x28FF},
                                                                              {0x4E00, 0x9FA5},
                                                                              {0xAC00, 0xD7A3},
                                                                              {0xFF01, 0xFF60}}) {
    for (unsigned code_point = first; code_point <= last; ++code_point) {
      EXPECT_EQ(display_width(utf8(code_point)),
                static_cast<std::size_t>(::wcwidth(static_cast<wchar_t>(code_point))))
          << "U+" << std::hex << code_point;
    }
  }
  ::uselocale(before);
  ::freelocale(locale);
}

TEST(DisplayWidth, IsTheSumOverTheCharacters) {
  EXPECT_EQ(display_width(""), 0U);
  EXPECT_EQ(display_width("손실 loss é 1e-7"), 4U + 1 + 4 + 1 + 1 + 1 + 4);
  EXPECT_EQ(display_width("\xF0\x9D\x9C\x82"), 1U) << "a letter of four bytes";
}

TEST(Padding, FillsUpToTheWidthAndNeverCuts) {
  EXPECT_EQ(padded_right("손실", 6), "손실  ");
  EXPECT_EQ(padded_left("손실", 6), "  손실");
  EXPECT_EQ(padded_right("loss", 4), "loss");
  EXPECT_EQ(padded_left("accuracy", 3), "accuracy");
}

TEST(Wrapping, KeepsEveryWordAndBreaksOnlyWhereTheNextWouldNotFit) {
  for (const std::string text :
       {"ab cdefghij k", "a", "", "the loss of each batch falls, and then it does not fall",
        "손실은 배치마다 내려가다가 어느 순간 더는 내려가지 않는다", "a b c d e f g h i j k"}) {
    for (std::size_t width = 1; width < 40; ++width) {
      for (std::size_t indent = 0; indent < 8; ++indent) {
        const std::vector<std::string> lines = split(wrapped(text, width, indent), '\n');
        std::string joined;
        for (std::size_t i = 0; i < lines.size(); ++i) {
          ASSERT_TRUE(i == 0 || lines[i].starts_with(std::string(indent, ' '))) << lines[i];
          const std::string words = lines[i].substr(i == 0 ? 0 : indent);
          EXPECT_TRUE(display_width(lines[i]) <= width || words.find(' ') == std::string::npos)
              << "\"" << lines[i] << "\" in " << width << " columns, indented " << indent;
          if (i > 0) {
            const std::string next = words.substr(0, words.find(' '));
            EXPECT_GT(display_width(lines[i - 1] + " " + next), width);
          }
          joined += (i == 0 ? "" : " ") + words;
        }
        EXPECT_EQ(joined, text);
      }
    }
  }
}

}  // namespace
}  // namespace gradus::cli
