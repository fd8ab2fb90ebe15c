// SPDX-License-Identifier: MIT
#include "gradus/runs/given_options.hpp"

#include <gtest/gtest.h>

#include <string>

#include "gradus/core/error.hpp"
#include "unit/formats/thrown.hpp"
#include "unit/runs/other_values.hpp"

namespace gradus {
namespace {

RunOptions read(const GivenOptions& given) {
  RunOptions options;
  given.read_into(options);
  return options;
}

std::string source_of(const GivenOptions& given, std::string_view id) {
  return given.source_of(run_options().find(id));
}

TEST(GivenOptions, OfTheSameOptionTheLastCountsUnderEitherSpelling) {
  GivenOptions given;
  given.add("weight-decay", "0.5");
  given.add("weight_decay", "0.25", "file");
  EXPECT_EQ(read(given).training.weight_decay, 0.25);
  EXPECT_EQ(source_of(given, "weight-decay"), "file");
}

TEST(GivenOptions, ThatWereTypedComeBeforeThoseOfAFile) {
  GivenOptions file;
  file.add("lr", "0.5", "file");
  file.add("batch", "20", "file");
  GivenOptions typed;
  typed.add("lr", "0.25");
  file.give_way_to(typed);
  const RunOptions options = read(file);
  EXPECT_EQ(options.training.schedule.learning_rate, 0.25);
  EXPECT_EQ(options.training.batch_size, 20U);
  EXPECT_EQ(source_of(file, "lr"), "");
  EXPECT_EQ(source_of(file, "batch"), "file");
  EXPECT_EQ(source_of(file, "seed"), "") << "was not given";
}

TEST(GivenOptions, LetEpochsAndIterationsGiveWayToOneAnother) {
  for (const bool epochs_are_typed : {false, true}) {
    const std::string weaker = epochs_are_typed ? "iterations" : "epochs";
    GivenOptions file;
    file.add(weaker, "7", "file");
    GivenOptions typed;
    typed.add(epochs_are_typed ? "epochs" : "iterations", "5");
    file.give_way_to(typed);
    const RunOptions options = read(file);
    EXPECT_EQ(options.training.num_epochs.has_value(), epochs_are_typed);
    EXPECT_EQ(epochs_are_typed ? options.training.num_epochs : options.training.num_iterations, 5U);
    EXPECT_EQ(source_of(file, weaker), "");
  }
}

TEST(GivenOptions, RefuseEpochsAndIterationsInOnePlace) {
  GivenOptions typed;
  typed.add("epochs", "5");
  EXPECT_EQ(thrown<ValueError>([&] { typed.add("iterations", "5"); }),
            "cannot be given together with --epochs");
  GivenOptions file;
  file.add("iterations", "5", "run.toml");
  EXPECT_EQ(data_error([&] { file.add("epochs", "5", "run.toml"); }),
            "run.toml: --epochs: cannot be given together with --iterations");
}

TEST(GivenOptions, OfAnUnknownNameNameTheFileAndWhatThereIs) {
  GivenOptions given;
  const std::string message = data_error([&] { given.add("leaning_rate", "5", "run.toml"); });
  EXPECT_EQ(message,
            "run.toml: unknown option \"leaning_rate\"; there are " + run_options().ids(", "));
  EXPECT_EQ(to_json(read(given)), to_json(RunOptions()));
}

TEST(GivenOptions, OfAWrongValueNameTheOptionAndTheFile) {
  GivenOptions typed;
  typed.add("weight_decay", "-1");
  EXPECT_EQ(thrown<ValueError>([&] { static_cast<void>(read(typed)); }),
            "--weight-decay: got \"-1\", expected a number of at least 0");
  GivenOptions file;
  file.add("weight_decay", "-1", "run.toml");
  EXPECT_EQ(data_error([&] { static_cast<void>(read(file)); }),
            "run.toml: --weight-decay: got \"-1\", expected a number of at least 0");
}

TEST(GivenByRun, NamesTheFileOfWhatItDoesNotKnow) {
  EXPECT_TRUE(data_error([] {
                static_cast<void>(
                    given_by_run(Json{{"options", Json{{"colour", "red"}}}}, "runs/1/run.json"));
              }).starts_with("runs/1/run.json: unknown option \"colour\""));
  const GivenOptions given =
      given_by_run(Json{{"options", Json{{"lr", Json::list(std::vector{1, 2})}}}}, "run.json");
  EXPECT_EQ(data_error([&] { static_cast<void>(read(given)); }),
            "run.json: --lr: got \"1,2\", expected a number above 0");
}

TEST(GivenByRun, HasNothingWhereThereAreNoOptions) {
  for (const Json& description : {Json(), Json(3), Json::object(), Json{{"options", "none"}}}) {
    EXPECT_EQ(to_json(read(given_by_run(description, "run.json"))), to_json(RunOptions()));
  }
}

TEST(GivenByRun, TakesAWholeNumberWhereverItIsNotWrittenAsReal) {
  const Json json = *parse_json(R"({"options":{"lr":1,"batch":20,"early_stop":0,"epochs":null}})");
  const RunOptions options = read(given_by_run(json, "run.json"));
  EXPECT_EQ(options.training.schedule.learning_rate, 1);
  EXPECT_EQ(options.training.batch_size, 20U);
  EXPECT_EQ(options.training.early_stop, 0U);
  EXPECT_FALSE(options.training.num_epochs);
}

TEST(GivenByRun, SaysThatAllIsFromItsFile) {
  const GivenOptions given = given_by_run(Json{{"options", to_json(RunOptions())}}, "run.json");
  for (const RunOption& option : run_options()) {
    EXPECT_EQ(given.source_of(option), is_unset(option.id) ? "" : "run.json") << option.id;
  }
}

}  // namespace
}  // namespace gradus
