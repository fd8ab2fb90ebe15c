// SPDX-License-Identifier: MIT
#include "gradus/runs/resume.hpp"

#include <gtest/gtest.h>
#include <hwy/highway.h>
#include <hwy/targets.h>

#include <string>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/math/instruction_set.hpp"
#include "unit/formats/thrown.hpp"
#include "unit/runs/other_values.hpp"

namespace gradus {
namespace {

/// run.json of a run that had begun with these options.
Json begun_with(const RunOptions& options) {
  return {{"status", "running"}, {"options", to_json(options)}, {"data_sha256", "abc"}};
}

RunOptions options_with(const std::string& id, const std::string& text) {
  RunOptions options;
  run_options().find(id).set(options, text);
  return options;
}

std::string refusal(const Json& stored, const RunOptions& now) {
  return thrown<ValueError>([&] { check_same_options("runs/1", stored, now, {}); });
}

TEST(SameOptions, AreWhatARunGoesOnWith) {
  EXPECT_NO_THROW(check_same_options("runs/1", begun_with(RunOptions()), RunOptions(), {}));
  for (const RunOption& option : run_options()) {
    const std::string id(option.id);
    const RunOptions other = options_with(id, other_value(id));
    EXPECT_NO_THROW(check_same_options("runs/1", begun_with(other), other, {})) << id;
    const std::string message = refusal(begun_with(RunOptions()), other);
    if (id == "threads" || id == "data") {
      EXPECT_EQ(message, "nothing was thrown") << id;
    } else {
      EXPECT_TRUE(message.starts_with("--resume runs/1: --" + id + " is "))
          << id << ": " << message;
      EXPECT_EQ(message.ends_with("begun without"), is_unset(id)) << message;
    }
  }
}

TEST(SameOptions, SayWhatWasAndWhatIs) {
  EXPECT_EQ(refusal(begun_with(options_with("lr", "0.25")), options_with("lr", "0.5")),
            "--resume runs/1: --lr is 0.5, but the run was begun with 0.25");
  EXPECT_EQ(refusal(begun_with(RunOptions()), options_with("epochs", "3")),
            "--resume runs/1: --epochs is 3, but the run was begun without");
  EXPECT_EQ(refusal(begun_with(options_with("layers", "4,5,6")), options_with("layers", "4,6")),
            "--resume runs/1: --layers is [4,6], but the run was begun with [4,5,6]");
}

TEST(SameOptions, NameTheFileOfTheOneThatDiffers) {
  GivenOptions given;
  given.add("lr", "0.5", "run.toml");
  EXPECT_EQ(data_error([&] {
              check_same_options("runs/1", begun_with(RunOptions()), options_with("lr", "0.5"),
                                 given);
            }),
            "run.toml: --resume runs/1: --lr is 0.5, but the run was begun with 0.1");
}

TEST(SameOptions, OfEpochsLetTheIterationsFollow) {
  RunOptions options = options_with("epochs", "3");
  options.training.num_iterations = 1800;
  RunOptions now = options_with("epochs", "3");
  EXPECT_NO_THROW(check_same_options("runs/1", begun_with(options), now, {}));
  EXPECT_EQ(refusal(begun_with(RunOptions()), options_with("iterations", "5")),
            "--resume runs/1: --iterations is 5, but the run was begun with 10000");
}

TEST(SameOptions, AreKnownUnderEitherSpelling) {
  Json stored = begun_with(RunOptions());
  stored["options"] = Json{{"weight-decay", 0.5}, {"colour", "red"}};
  EXPECT_NO_THROW(check_same_options("runs/1", stored, options_with("weight-decay", "0.5"), {}));
  EXPECT_EQ(refusal(stored, RunOptions()),
            "--resume runs/1: --weight-decay is 0.0, but the run was begun with 0.5");
}

TEST(SameOptions, AreComparedByWhatTheyMean) {
  Json stored = begun_with(RunOptions());
  stored["options"] = Json{{"lr", 1}, {"early_stop", "off"}};
  EXPECT_NO_THROW(check_same_options("runs/1", stored, options_with("lr", "1"), {}));
  stored["options"] = Json{{"lr", nullptr}};
  EXPECT_EQ(refusal(stored, RunOptions()),
            "--resume runs/1: --lr is 0.1, but the run was begun without");
}

TEST(SameOptions, DoNotMatterBeforeARunHasBegun) {
  const Json stored{{"status", "running"}, {"options", to_json(RunOptions())}};
  EXPECT_NO_THROW(check_same_options("runs/1", stored, options_with("lr", "0.5"), {}));
}

TEST(SameOptions, OfAVersionThatDidNotStandardizeAreThatItDoesNot) {
  Json stored = begun_with(RunOptions());
  stored["options"] = Json{{"lr", 0.5}};
  RunOptions options;
  given_by_run(stored, "run.json").read_into(options);
  EXPECT_EQ(options.training.standardize, false);
}

TEST(SameData, AreKnownByTheirChecksum) {
  const Json stored = begun_with(RunOptions());
  EXPECT_NO_THROW(check_same_data("runs/1", stored, "abc"));
  EXPECT_NO_THROW(check_same_data("runs/1", Json{{"status", "running"}}, "abd"));
  EXPECT_EQ(thrown<ValueError>([&] { check_same_data("runs/1", stored, "abd"); }),
            "--resume runs/1: the data are not those the run was begun with: their SHA-256 is "
            "\"abd\", it was \"abc\"");
  EXPECT_THROW(check_same_data("runs/1", Json{{"data_sha256", 3}}, "3"), ValueError);
}

TEST(UseInstructions, NamesASetThatThisMachineDoesNotHave) {
  EXPECT_EQ(use_instructions_of(Json{{"instruction_set", "AVX99"}}), "AVX99");
  for (const Json& stored : {Json(), Json::object(), Json{{"instruction_set", 3}}}) {
    EXPECT_FALSE(use_instructions_of(stored)) << stored.to_text();
  }
}

TEST(UseInstructions, ComputesWithTheSetOfTheRun) {
  const std::vector<std::string> all = instruction_sets();
  for (const std::string& name : all) {
    EXPECT_FALSE(use_instructions_of(Json{{"instruction_set", name}}));
    EXPECT_EQ(instruction_sets().front(), name);
  }
  hwy::DisableTargets(0);
  limit_instruction_set(all.front());
}

}  // namespace
}  // namespace gradus
