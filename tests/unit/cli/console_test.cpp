// SPDX-License-Identifier: MIT
#include "terminal/console.hpp"

#include <gtest/gtest.h>
#include <stdio.h>

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "gradus/runs/option_values.hpp"  // split

namespace gradus::cli {
namespace {

/// What a shell hands to a command, each word ended by a bar.
std::string words_of(const std::string& typed) {
  FILE* const shell = ::popen(("printf '%s|' " + typed).c_str(), "r");
  if (shell == nullptr) {
    return "there is no shell";
  }
  std::string output;
  for (int c = std::fgetc(shell); c != EOF; c = std::fgetc(shell)) {
    output += static_cast<char>(c);
  }
  EXPECT_EQ(::pclose(shell), 0) << typed;
  return output;
}

TEST(ShellWord, ComesBackFromAShellAsItWas) {
  for (const std::string text : {"",       "runs/1", "my run", "it's",        "'",
                                 "''",     "'''a'",  "\"",     "\\",          "\\n",
                                 "$HOME",  "`id`",   "$(id)",  "*",           "?",
                                 "[a-z]*", "~",      "~/data", "a=b",         "lr=0.1,0.2",
                                 "#",      "a;b",    "a|b",    "a&b",         "<a",
                                 ">a",     "!x",     "{a,b}",  "(a)",         "two\nlines",
                                 "\ttab ", " ",      "-n",     "--",          "%s",
                                 "한글",   "한 글",  "\xFF",   "normal:0.01", "step:2000:0.5",
                                 "^a",     "a\r"}) {
    EXPECT_EQ(words_of(shell_word(text)), text + "|") << shell_word(text);
  }
}

TEST(ShellWord, OfEveryByteComesBackFromAShell) {
  std::string all;
  for (int byte = 1; byte < 256; ++byte) {  // no argument has a zero byte
    const std::string one(1, static_cast<char>(byte));
    EXPECT_EQ(words_of(shell_word("a" + one)), "a" + one + "|") << byte;
    all += one;
  }
  EXPECT_EQ(words_of(shell_word(all)), all + "|");
}

TEST(ShellWord, IsInQuotesOnlyWhenItNeedsThem) {
  for (const char* plain : {"runs/1", "lr=0.1,0.2", "784,50,10", "normal:0.01", "한글", "a-b_c"}) {
    EXPECT_EQ(shell_word(plain), plain);
  }
  EXPECT_EQ(shell_word("my run"), "'my run'");
  EXPECT_EQ(shell_word(""), "''");
}

TEST(ProgramName, IsAWordOfAShell) {
  const std::string before = program_name();
  set_program_name("/my programs/gradus");
  EXPECT_EQ(program_name(), "'/my programs/gradus'");
  set_program_name(before);
  EXPECT_EQ(program_name(), before);
}

/// The seconds that a text names, and how long its smallest unit is.
struct Spoken {
  double seconds = 0;
  double unit = 0;
};

Spoken spoken(const std::string& text) {
  const std::map<std::string, double> units{{"s", 1}, {"min", 60}, {"h", 3600}, {"d", 86400}};
  const std::vector<std::string> words = split(text, ' ');
  Spoken result;
  for (std::size_t i = 0; i + 1 < words.size(); i += 2) {
    result.unit = units.at(words[i + 1]);
    result.seconds += std::stod(words[i]) * result.unit;
  }
  return result;
}

TEST(DurationText, NamesTheSecondsToItsSmallestUnit) {
  for (double seconds = 0.01; seconds < 1e7; seconds *= 1.003) {
    const std::string text = duration_text(seconds);
    const Spoken said = spoken(text);
    // Seconds are rounded, tenths below ten; hours and days leave out what is less than a unit.
    const double error = said.unit > 1 ? said.unit : seconds < 9.95 ? 0.0501 : 0.5001;
    EXPECT_NEAR(said.seconds, seconds, error) << text;
  }
}

TEST(DurationText, NeverCountsSixtyOfWhatMakesALargerUnit) {
  for (const double edge : {10.0, 60.0, 120.0, 3600.0, 7200.0, 86400.0, 172800.0}) {
    for (const double beside : {-0.6, -0.5, -0.4, -0.04, -1e-9, 0.0, 0.4}) {
      const std::string text = duration_text(edge + beside);
      EXPECT_EQ(text.find("60"), std::string::npos) << text;
      EXPECT_EQ(text.find("24 h"), std::string::npos) << text;
      EXPECT_EQ(text.find("10.0"), std::string::npos) << text;
    }
  }
}

TEST(DurationText, IsAsItsHeaderSays) {
  EXPECT_EQ(duration_text(0.8), "0.8 s");
  EXPECT_EQ(duration_text(12), "12 s");
  EXPECT_EQ(duration_text(200), "3 min 20 s");
  EXPECT_EQ(duration_text(2 * 3600 + 5 * 60), "2 h 5 min");
  EXPECT_EQ(duration_text(3 * 86400 + 4 * 3600), "3 d 4 h");
}

TEST(ProgressLine, IsSilentWhereThereIsNoTerminal) {
  testing::internal::CaptureStderr();
  {
    ProgressLine line("iterations", true);
    EXPECT_FALSE(line.is_due());
  }
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(ProgressLine, SaysHowFarTheWorkIsAndIsTakenAway) {
  testing::internal::CaptureStderr();
  {
    ProgressLine line("iterations", false);
    line.show(1200, 60000, "loss 0.5");
    line.show(60000, 60000, "");
  }
  const std::string printed = testing::internal::GetCapturedStderr();
  EXPECT_TRUE(printed.starts_with("\r\033[K1,200 of 60,000 iterations  ")) << printed;
  EXPECT_NE(printed.find(" left  loss 0.5\r\033[K60,000 of 60,000 iterations  "), std::string::npos)
      << printed;
  EXPECT_TRUE(printed.ends_with("/s\r\033[K")) << printed;
}

}  // namespace
}  // namespace gradus::cli
