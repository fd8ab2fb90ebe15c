// SPDX-License-Identifier: MIT
#include "options/command.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "gradus/core/error.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus::cli {
namespace {

using Words = std::vector<std::string>;

/// A program with a command of each kind of argument there is.
class SomeProgram {
 public:
  SomeProgram() {
    Command program = arguments_.program();
    program.require_command();
    Command run = program.add_command("run", "Runs");
    run.add_option("--size", "how large", "7", [this](const std::string& text) {
      if (text == "huge") {
        throw ValueError("got \"huge\", expected something smaller");
      }
      size = text;
    });
    run.add_repeated_option("--set", "any of them",
                            [this](const std::string& text) { set.push_back(text); });
    run.add_flag("--quiet", is_quiet, "say nothing");
    run.on_run([this] {
      ran = "run";
      return 3;
    });
    Command read = program.add_command("read", "Reads");
    read.add_argument("file", "what", file).required();
    read.add_arguments("more", "what else", more);
    read.on_run([this] {
      ran = "read";
      return 0;
    });
    Command diff = program.add_command("diff", "Differentiates");
    diff.add_option("--at", "where", "0", [this](const std::string& text) { size = text; });
    diff.add_expression(expression);
    diff.on_run([this] {
      ran = "diff";
      return 0;
    });
    Command sweep = program.add_command("sweep", "Sweeps");
    sweep.add_flag("--quiet", is_quiet, "say nothing");
    sweep.add_rest(rest);
    sweep.on_run([this] {
      ran = "sweep";
      return 0;
    });
    sweep.footer("the end of the help");
  }
  SomeProgram(const SomeProgram&) = delete;
  SomeProgram& operator=(const SomeProgram&) = delete;

  int run(const Words& words) { return arguments_.parse(words)(); }

  std::string refusal(const Words& words) {
    return thrown<ValueError>([&] { static_cast<void>(arguments_.parse(words)); });
  }

  std::string printed(const Words& words) {
    testing::internal::CaptureStdout();
    EXPECT_EQ(run(words), 0);
    std::fflush(stdout);
    return testing::internal::GetCapturedStdout();
  }

  std::string ran, size, file, expression;
  Words set, more, rest;
  bool is_quiet = false;

 private:
  Arguments arguments_{"some", "Does something", "some 1.2.3"};
};

TEST(Command, IsChosenWhenTheArgumentsAreReadAndRunsLater) {
  SomeProgram program;
  EXPECT_EQ(program.run({"run", "--size", "5", "--quiet"}), 3);
  EXPECT_EQ(program.ran, "run");
  EXPECT_EQ(program.size, "5");
  EXPECT_TRUE(program.is_quiet);
}

TEST(Command, TakesTheLastOfAnOptionAndAllOfARepeatedOne) {
  SomeProgram program;
  program.run({"run", "--size=5", "--set", "a=1", "--size", "6", "--set=b=2,3", "--set", "a=4"});
  EXPECT_EQ(program.size, "6");
  EXPECT_EQ(program.set, (Words{"a=1", "b=2,3", "a=4"}));
}

TEST(Command, TakesWordsThatAreNoOptions) {
  SomeProgram program;
  program.run({"read", "a b", "c", "d"});
  EXPECT_EQ(program.file, "a b");
  EXPECT_EQ(program.more, (Words{"c", "d"}));
}

TEST(Command, TakesAnExpressionWhateverItBeginsWith) {
  for (const std::string expression : {"x^2", "-x^2", "-1", "-(x0 + x1)", "2", "sin(x)/x"}) {
    for (const Words& words :
         {Words{"diff", expression, "--at", "3"}, Words{"diff", "--at", "3", expression},
          Words{"diff", "--at", "3", "--", expression}}) {
      SomeProgram program;
      program.run(words);
      EXPECT_EQ(program.expression, expression);
      EXPECT_EQ(program.size, "3");
    }
  }
}

TEST(Command, RefusesAnExpressionTooManyOrTooFew) {
  EXPECT_EQ(SomeProgram().refusal({"diff"}), "expression is required (see --help)");
  EXPECT_EQ(SomeProgram().refusal({"diff", "x", "y"}), "unexpected argument y (see --help)");
  EXPECT_EQ(SomeProgram().refusal({"diff", "x", "--ta", "3"}),
            "unknown option --ta; did you mean --at? (see --help)");
}

TEST(Command, LeavesTheRestAsItWasTyped) {
  SomeProgram program;
  program.run({"sweep", "--lr", "0.1,0.2", "--quiet", "--batch=10,20"});
  EXPECT_EQ(program.rest, (Words{"--lr", "0.1,0.2", "--batch=10,20"}));
  EXPECT_TRUE(program.is_quiet);
}

TEST(Command, SaysInWhichOptionAWrongValueIs) {
  EXPECT_EQ(SomeProgram().refusal({"run", "--size", "huge"}),
            "--size: got \"huge\", expected something smaller (see --help)");
  EXPECT_EQ(SomeProgram().refusal({"run", "--size"}), "--size needs a value (see --help)");
  EXPECT_EQ(SomeProgram().refusal({"run", "--set"}), "--set needs a value (see --help)");
}

TEST(Command, SaysWhatItDoesNotKnow) {
  EXPECT_EQ(SomeProgram().refusal({"run", "--sise=5"}),
            "unknown option --sise; did you mean --size? (see --help)");
  EXPECT_EQ(SomeProgram().refusal({"run", "5"}), "unexpected argument 5 (see --help)");
  EXPECT_EQ(SomeProgram().refusal({"run", "5", "--sise"}),
            "unknown option --sise; did you mean --size? (see --help)");
  EXPECT_EQ(SomeProgram().refusal({"read"}), "file is required (see --help)");
  EXPECT_TRUE(SomeProgram().refusal({}).ends_with(" (see --help)"));
}

TEST(Command, PrintsHelpAndVersionInsteadOfRunning) {
  SomeProgram program;
  const std::string help = program.printed({"--help"});
  for (const char* part : {"Does something", "run", "Runs", "diff", "Differentiates"}) {
    EXPECT_NE(help.find(part), std::string::npos) << part;
  }
  EXPECT_EQ(SomeProgram().printed({"--version"}), "some 1.2.3\n");
  const std::string run_help = SomeProgram().printed({"run", "--help"});
  EXPECT_NE(run_help.find("how large"), std::string::npos);
  EXPECT_NE(run_help.find("--size=7"), std::string::npos) << run_help;
  EXPECT_NE(SomeProgram().printed({"sweep", "--help"}).find("the end of the help"),
            std::string::npos);
  EXPECT_EQ(program.ran, "");
}

TEST(Option, KnowsWhetherItWasTyped) {
  for (const bool is_typed : {false, true}) {
    Arguments arguments("some", "Does something", "1");
    Command run = arguments.program().add_command("run", "Runs");
    const Option size = run.add_option("--size", "how large", "7", [](const std::string&) {});
    run.on_run([] { return 0; });
    static_cast<void>(arguments.parse(is_typed ? Words{"run", "--size", "7"} : Words{"run"}));
    EXPECT_EQ(size.is_given(), is_typed);
  }
}

TEST(Option, ThatIsRequiredMustBeTyped) {
  Arguments arguments("some", "Does something", "1");
  Command run = arguments.program().add_command("run", "Runs");
  run.add_option("--size", "how large", "", [](const std::string&) {}).required();
  run.on_run([] { return 0; });
  EXPECT_EQ(thrown<ValueError>([&] { static_cast<void>(arguments.parse({"run"})); }),
            "--size is required (see --help)");
}

}  // namespace
}  // namespace gradus::cli
