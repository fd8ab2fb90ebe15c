// SPDX-License-Identifier: MIT
#include "commands/command_line.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "gradus/core/error.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus::cli {
namespace {

using Words = std::vector<std::string>;

const Words commands{"train", "evaluate", "predict", "plot",      "report", "sweep",
                     "data",  "diff",     "descend", "gradcheck", "lab"};

std::string refusal(const Words& words) {
  return thrown<ValueError>([&] { static_cast<void>(asked_command(words)); });
}

std::string help_of(const std::string& asked, const Words& words) {
  const Action action = ProgramArguments(asked).parse(words);
  testing::internal::CaptureStdout();
  EXPECT_EQ(action(), 0);
  std::fflush(stdout);
  return testing::internal::GetCapturedStdout();
}

TEST(AskedCommand, IsTheFirstWordThatIsNoOption) {
  for (const std::string& command : commands) {
    EXPECT_EQ(asked_command({command}), command);
    EXPECT_EQ(asked_command({command, "train", "--lr", "0.1"}), command);
    EXPECT_EQ(asked_command({"--help", command}), command);
  }
}

TEST(AskedCommand, IsNoneWhenThereAreOnlyOptions) {
  EXPECT_EQ(asked_command({"--help"}), "");
  EXPECT_EQ(asked_command({"--version", "-h"}), "");
  EXPECT_EQ(asked_command({"--unknown", "word"}), "") << "the option is to be complained of";
}

TEST(AskedCommand, RefusesWhatIsNoCommandAndListsThem) {
  std::string list;
  for (const std::string& command : commands) {
    list += (list.empty() ? "" : ", ") + command;
  }
  EXPECT_EQ(refusal({}), "a command is missing; there are " + list + " (see --help)");
  EXPECT_EQ(refusal({"fly"}), "unknown command \"fly\"; there are " + list);
  EXPECT_EQ(refusal({"tarin"}), "unknown command \"tarin\"; did you mean train?");
  EXPECT_EQ(refusal({""}), "unknown command \"\"; there are " + list);
  EXPECT_EQ(refusal({"Train"}), "unknown command \"Train\"; did you mean train?");
}

TEST(ProgramArguments, KnowEveryCommandAndTheOptionsOfTheOneAskedFor) {
  const std::string help = help_of("", {"--help"});
  for (const std::string& command : commands) {
    EXPECT_NE(help.find("\n  " + command + " "), std::string::npos) << command;
    const std::string own = help_of(command, {command, "--help"});
    const std::string bare = help_of("", {command, "--help"});
    EXPECT_GT(own.size(), bare.size()) << command << " has nothing of its own";
  }
  EXPECT_NE(help_of("train", {"train", "--help"}).find("--weight-decay"), std::string::npos);
}

}  // namespace
}  // namespace gradus::cli
