// SPDX-License-Identifier: MIT
#include "options/run_arguments.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/formats/file.hpp"
#include "unit/formats/temporary_folder.hpp"
#include "unit/formats/thrown.hpp"
#include "unit/runs/other_values.hpp"

namespace gradus::cli {
namespace {

using Words = std::vector<std::string>;

/// What the options of a run are when these words are typed behind a command.
RunArguments typed(Words words) {
  RunArguments run;
  Arguments arguments("some", "Does something", "1");
  Command train = arguments.program().add_command("train", "Trains");
  add_run_options(train, run);
  train.on_run([] { return 0; });
  words.insert(words.begin(), "train");
  EXPECT_EQ(arguments.parse(words)(), 0);
  return run;
}

RunOptions read(const RunArguments& run) {
  RunOptions options;
  with_config(run).read_into(options);
  return options;
}

std::string refusal(const Words& words) {
  return thrown<ValueError>([&] { static_cast<void>(typed(words)); });
}

TEST(RunArguments, AreTheTextbooksRunWhenNothingIsTyped) {
  EXPECT_EQ(to_json(read(typed({}))), to_json(RunOptions()));
}

TEST(RunArguments, TypedOrInAFileMeanTheSameForEveryOption) {
  const TemporaryFolder folder;
  const std::string file = (folder.path() / "run.toml").string();
  for (const RunOption& option : run_options()) {
    const std::string id(option.id);
    const std::string other = other_value(id);
    RunOptions set;
    option.set(set, other);
    const Json expected = to_json(set);
    EXPECT_NE(expected, to_json(RunOptions())) << option.id;
    EXPECT_EQ(to_json(read(typed({"--" + id, other}))), expected) << option.id;
    write_text_file(file, id + " = \"" + other + "\"\n");
    EXPECT_EQ(to_json(read(typed({"--config", file}))), expected) << option.id;
  }
}

TEST(RunArguments, TypedComeBeforeTheFile) {
  const TemporaryFolder folder;
  const std::string file = (folder.path() / "run.toml").string();
  write_text_file(file, "lr = 0.5\nepochs = 3\nlayers = [784, 20, 10]\n");
  const RunArguments run = typed({"--lr", "0.25", "--config", file, "--iterations", "7"});
  const RunOptions options = read(run);
  EXPECT_EQ(options.training.schedule.learning_rate, 0.25);
  EXPECT_EQ(options.training.num_iterations, 7U);
  EXPECT_FALSE(options.training.num_epochs);
  EXPECT_EQ(options.training.network.layer_sizes, (std::vector<std::size_t>{784, 20, 10}));
  const GivenOptions given = with_config(run);
  EXPECT_EQ(given.source_of(run_options().find("layers")), file);
  EXPECT_EQ(given.source_of(run_options().find("lr")), "");
}

TEST(RunArguments, AWrongValueIsToldOfWhileTheyAreRead) {
  EXPECT_EQ(refusal({"--lr", "fast"}),
            "--lr: got \"fast\", expected a number above 0 (see --help)");
  EXPECT_EQ(refusal({"--iterations", "5", "--epochs", "5"}),
            "--epochs: cannot be given together with --iterations (see --help)");
  EXPECT_EQ(refusal({"--weight_decay", "0.1"}),
            "unknown option --weight_decay; did you mean --weight-decay? (see --help)");
}

TEST(RunArguments, AWrongFileIsNamed) {
  const TemporaryFolder folder;
  const std::string file = (folder.path() / "run.toml").string();
  const auto complaint = [&](const std::string& text) {
    write_text_file(file, text);
    return data_error([&] { static_cast<void>(read(typed({"--config", file}))); });
  };
  EXPECT_EQ(complaint("lr = \"fast\"\n"), file + ": --lr: got \"fast\", expected a number above 0");
  EXPECT_TRUE(complaint("leaning_rate = 1\n")
                  .starts_with(file + ": unknown option \"leaning_rate\"; there are data, "));
  EXPECT_EQ(complaint("epochs = 1\niterations = 1\n"),
            file + ": --iterations: cannot be given together with --epochs");
  const std::string missing = (folder.path() / "missing.toml").string();
  EXPECT_TRUE(data_error([&] {
                static_cast<void>(with_config(typed({"--config", missing})));
              }).starts_with(missing + ": "));
}

TEST(AddRunOption, TakesAnotherHelpAndDefault) {
  GivenOptions given;
  Arguments arguments("some", "Does something", "1");
  Command train = arguments.program().add_command("train", "Trains");
  add_run_option(train, "batch", given, "samples to look at", "13");
  train.on_run([] { return 0; });
  const Action action = arguments.parse({"train", "--help"});
  testing::internal::CaptureStdout();
  action();
  std::fflush(stdout);
  const std::string help = testing::internal::GetCapturedStdout();
  EXPECT_NE(help.find("samples to look at"), std::string::npos) << help;
  EXPECT_NE(help.find("--batch=13"), std::string::npos) << help;
}

TEST(AddChoice, TakesTheIdsOfItsRegistryAndNothingElse) {
  std::string chosen = "softmax";
  const auto choose = [&chosen](const std::string& text) {
    Arguments arguments("some", "Does something", "1");
    Command run = arguments.program().add_command("run", "Runs");
    add_choice(run, "--option", "which", chosen, run_options());
    run.on_run([] { return 0; });
    static_cast<void>(arguments.parse({"run", "--option", text}));
  };
  for (const RunOption& option : run_options()) {
    choose(std::string(option.id));
    EXPECT_EQ(chosen, option.id);
  }
  const std::string last = chosen;
  EXPECT_TRUE(thrown<ValueError>([&] {
                choose("colour");
              }).starts_with("--option: unknown option \"colour\"; there are "));
  EXPECT_EQ(chosen, last);
}

}  // namespace
}  // namespace gradus::cli
