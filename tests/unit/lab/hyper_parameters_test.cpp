// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <string>

#include "gradus/data/digits.hpp"
#include "gradus/train/trainer.hpp"
#include "unit/formats/thrown.hpp"
#include "unit/lab/result_of.hpp"

namespace gradus {
namespace {

TEST(LabHyperParameters, ScoresEveryPairOnImagesHeldOut) {
  const Result result = result_of("hyper-parameters");
  const Table& runs = result.tables.at(0);
  const Series& scores = result.figures.at(0).series.at(0);
  ASSERT_EQ(runs.rows.size(), 20U);
  ASSERT_EQ(scores.z.size(), 20U);
  for (std::size_t row = 0; row < 20; ++row) {
    EXPECT_EQ(scores.z[row], 100 * cell(runs, row, "validation_accuracy"));
    EXPECT_EQ(std::stod(result.figures[0].x.names.at(row / 4)), cell(runs, row, "rate"));
    EXPECT_EQ(std::stod(result.figures[0].y.names.at(row % 4)), cell(runs, row, "batch_size"));
  }
  for (const Column& column : runs.columns) {
    EXPECT_NE(column.id, "test_accuracy");  // the test images are for the one that is chosen
  }
}

TEST(LabHyperParameters, GivesWhatTheTrainerGives) {
  Team team(1);
  const Dataset digits = make_digits({.num_train = 900, .num_test = 500}, team);
  TrainingOptions options;
  options.network = {.layer_sizes = {784, 20, 10}, .activation = "relu"};
  options.initializer.id = "he";
  options.schedule.learning_rate = 0.3;
  options.batch_size = 80;
  options.sampling = Sampling::shuffle;
  options.num_iterations = 24;  // 3 epochs of 600 / 80, rounded up
  options.num_validation = 300;
  Trainer<float> trainer(digits, options, team);
  const TrainingResult trained = trainer.run();
  const Table runs = result_of("hyper-parameters").tables.at(0);
  const std::size_t row = 3 * 4 + 2;
  EXPECT_EQ(cell(runs, row, "updates"), 24);
  EXPECT_EQ(cell(runs, row, "validation_accuracy"), trained.validation->accuracy());
  EXPECT_EQ(cell(runs, row, "validation_loss"), trained.validation->loss);
}

TEST(LabHyperParameters, ChoosesTheHighestScore) {
  const Result result = result_of("hyper-parameters");
  const Table& runs = result.tables.at(0);
  std::size_t best = 0;
  for (std::size_t row = 1; row < runs.rows.size(); ++row) {
    if (cell(runs, row, "validation_accuracy") > cell(runs, best, "validation_accuracy")) {
      best = row;
    }
  }
  EXPECT_EQ(scalar(result, "rate"), cell(runs, best, "rate"));
  EXPECT_EQ(scalar(result, "batch_size"), cell(runs, best, "batch_size"));
  EXPECT_EQ(scalar(result, "validation_accuracy"), cell(runs, best, "validation_accuracy"));
}

TEST(LabHyperParameters, SeesThatLargerBatchesWantLargerRates) {
  const Result result = result_of("hyper-parameters");
  EXPECT_LT(said(result, "larger_batches_want_larger_rates", "small_rate"),
            said(result, "larger_batches_want_larger_rates", "large_rate"));
  EXPECT_EQ(said(result, "larger_batches_want_larger_rates", "small_updates"), 3 * 600 / 5);
  EXPECT_EQ(said(result, "larger_batches_want_larger_rates", "large_updates"), 3 * 2);
  EXPECT_FALSE(
      says(result_of("hyper-parameters", {"batches=20"}), "larger_batches_want_larger_rates"));
}

TEST(LabHyperParameters, SaysWhenTheGridShouldBeShifted) {
  EXPECT_FALSE(says(result_of("hyper-parameters"), "at_the_edge"));
  EXPECT_TRUE(says(result_of("hyper-parameters", {"rates=0.001,0.01"}), "at_the_edge"));
}

TEST(LabHyperParameters, RefusesBatchesThatAreNone) {
  const auto refusal = [](const std::string& batches) {
    return thrown<ValueError>(
        [&] { static_cast<void>(result_of("hyper-parameters", {"batches=" + batches})); });
  };
  EXPECT_EQ(refusal("2.5"),
            "hyper-parameters, batches: got \"2.5\", expected whole numbers, none above the number "
            "of images");
  EXPECT_EQ(refusal("601"),
            "hyper-parameters, batches: got \"601\", expected whole numbers, none above the number "
            "of images");
}

}  // namespace
}  // namespace gradus
