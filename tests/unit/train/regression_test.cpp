// SPDX-License-Identifier: MIT
// Numbers are learned by the same trainer, step for step, as classes are.
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/core/random.hpp"
#include "gradus/optim/optimizer.hpp"
#include "gradus/train/checkpoint.hpp"
#include "gradus/train/diagnosis.hpp"
#include "gradus/train/evaluate_model.hpp"
#include "gradus/train/miss.hpp"
#include "gradus/train/trainer.hpp"
#include "support.hpp"

namespace gradus {
namespace {

/// y = 3 x1 - 2 x2 + noise, in units of its own; and with two targets also -y / 2.
Samples make_rows(std::size_t count, std::uint64_t seed, std::size_t num_targets = 1) {
  Random random(seed, Stream::sampling);
  Samples samples;
  samples.num_features = 2;
  samples.num_targets = num_targets;
  for (std::size_t n = 0; n < count; ++n) {
    const double x1 = random.normal();
    const double x2 = random.normal() + 0.5 * x1;
    const double y = 3 * x1 - 2 * x2 + 0.5 * random.normal();
    samples.values.push_back(static_cast<float>(x1));
    samples.values.push_back(static_cast<float>(x2));
    samples.targets.push_back(static_cast<float>(100 + 20 * y));
    if (num_targets == 2) {
      samples.targets.push_back(static_cast<float>(-y / 2));
    }
  }
  return samples;
}

Dataset rows(std::size_t num_targets = 1) {
  Dataset dataset;
  dataset.name = "rows";
  dataset.sample_shape = Shape{2};
  dataset.train = make_rows(300, 1, num_targets);
  dataset.test = make_rows(100, 2, num_targets);
  dataset.layout.answers = {{"price", 2}};
  if (num_targets == 2) {
    dataset.layout.answers.push_back({"debt", 3});
  }
  return dataset;
}

TrainingOptions linear_options() {
  TrainingOptions options;
  options.network.layer_sizes = {2, 1};
  options.batch_size = 300;
  options.sampling = Sampling::shuffle;
  options.num_iterations = 2000;
  options.evaluate_every = 0;
  return options;
}

/// The coefficients (2) and the constant of least squares, by the normal equations around the
/// means.
std::vector<double> least_squares(const Samples& samples) {
  const auto count = static_cast<double>(samples.num_samples());
  double mean[3] = {};
  for (std::size_t n = 0; n < samples.num_samples(); ++n) {
    mean[0] += samples.values[2 * n] / count;
    mean[1] += samples.values[2 * n + 1] / count;
    mean[2] += samples.targets[n] / count;
  }
  double xx[3] = {};
  double xy[2] = {};
  for (std::size_t n = 0; n < samples.num_samples(); ++n) {
    const double a = samples.values[2 * n] - mean[0];
    const double b = samples.values[2 * n + 1] - mean[1];
    const double y = samples.targets[n] - mean[2];
    xx[0] += a * a;
    xx[1] += a * b;
    xx[2] += b * b;
    xy[0] += a * y;
    xy[1] += b * y;
  }
  const double determinant = xx[0] * xx[2] - xx[1] * xx[1];
  const double first = (xx[2] * xy[0] - xx[1] * xy[1]) / determinant;
  const double second = (xx[0] * xy[1] - xx[1] * xy[0]) / determinant;
  return {first, second, mean[2] - first * mean[0] - second * mean[1]};
}

TEST(Regression, OfANetWithoutHiddenLayersComesToLeastSquares) {
  const Dataset dataset = rows();
  const std::vector<double> exact = least_squares(dataset.train);
  for (const bool standardize : {false, true}) {
    TrainingOptions options = linear_options();
    options.standardize = standardize;
    Team team;
    Trainer<double> trainer(dataset, options, team);
    const TrainingResult result = trainer.run();
    Regressor<double> regressor(trainer.model());
    for (std::size_t n = 0; n < 100; ++n) {
      const double expected = exact[0] * dataset.test.values[2 * n] +
                              exact[1] * dataset.test.values[2 * n + 1] + exact[2];
      // The slowest direction has curvature 0.5 or more: what is left after 2,000 steps of 0.1 is
      // exp(-100) of the start; roundings of numbers up to 300 remain.
      EXPECT_NEAR(regressor.values(dataset.test, n)[0], expected, 1e-9);
    }
    EXPECT_GT(result.test.fit.r2.value(), 0.9);
    EXPECT_LT(result.test.fit.targets[0].root_mean_square_error, 12);  // noise: 20 * 0.5
    EXPECT_GT(result.test.fit.targets[0].error_of_mean, 30);
    EXPECT_TRUE(result.findings.empty());
  }
}

TEST(Regression, HasTheSameFitByTheRegressorAsInItsEvaluation) {
  const Dataset dataset = rows(2);
  TrainingOptions options = linear_options();
  options.network = {.layer_sizes = {2, 5, 2}, .activation = "tanh"};
  options.num_iterations = 200;
  Team team;
  Trainer<float> trainer(dataset, options, team);
  const TrainingResult result = trainer.run();
  Regressor<float> regressor(trainer.model());
  const std::vector<Miss> misses = find_misses(regressor, dataset.test);
  ASSERT_EQ(misses.size(), 200U);
  for (const std::size_t k : {0U, 1U}) {
    double squares = 0;
    for (const Miss& miss : misses) {
      squares += miss.target == k ? std::pow(miss.answer - miss.truth, 2) / 100 : 0;
    }
    const double error = result.test.fit.targets[k].root_mean_square_error;
    EXPECT_NEAR(std::sqrt(squares) / error, 1, 1e-5);  // float
  }
  for (std::size_t i = 1; i < misses.size(); ++i) {
    EXPECT_GE(misses[i - 1].deviations, misses[i].deviations);
  }
  EXPECT_EQ(trainer.model().target_names, (std::vector<std::string>{"price", "debt"}));
  const Evaluation again = evaluate_model(AnyModel(trainer.model()), dataset.test, team);
  EXPECT_EQ(again.fit.r2, result.test.fit.r2);
  EXPECT_EQ(again.loss, result.test.loss);
}

TEST(Regression, LearnsWithEveryOptimizerAndLoss) {
  const Dataset dataset = rows();
  for (const auto& optimizer : optimizers<float>()) {
    for (const auto& loss : losses<float>(Task::regression)) {
      TrainingOptions options = linear_options();
      options.loss = loss.id;
      options.optimizer.id = optimizer.id;
      options.schedule.learning_rate = 0.05;
      options.batch_size = 30;
      options.num_iterations = 500;
      Team team;
      Trainer<float> trainer(dataset, options, team);
      const TrainingResult result = trainer.run();
      EXPECT_GT(result.test.fit.r2.value(), 0.9) << optimizer.id << " " << loss.id;
    }
  }
}

TEST(Regression, GoesOnFromACheckpointToTheSameBitsWithEveryOptimizer) {
  const Dataset dataset = rows();
  for (const auto& optimizer : optimizers<float>()) {
    TrainingOptions options = linear_options();
    options.network = {.layer_sizes = {2, 4, 1}, .activation = "tanh"};
    options.optimizer.id = optimizer.id;
    options.schedule.learning_rate = 0.01;
    options.batch_size = 30;
    options.num_iterations = 40;
    options.evaluate_every = 10;
    options.num_validation = 50;
    options.early_stop = 3;
    Team team;
    Trainer<float> whole(dataset, options, team);
    Checkpoint<float> half;
    const TrainingResult first = whole.run({.on_safe_point = [&](std::uint64_t iteration, bool) {
      if (iteration == 20) {
        half = whole.checkpoint();
      }
    }});
    Trainer<float> resumed(dataset, options, team);
    resumed.resume(half);
    const TrainingResult second = resumed.run();
    EXPECT_EQ(copy_of(whole.parameters()), copy_of(resumed.parameters())) << optimizer.id;
    EXPECT_EQ(first.validation->loss, second.validation->loss);
  }
}

TEST(Regression, TakesTheNumericalGradientAsItTakesBackward) {
  const Dataset dataset = rows();
  TrainingOptions options = linear_options();
  options.network = {.layer_sizes = {2, 4, 1}, .activation = "tanh"};
  options.num_iterations = 30;
  Team team;
  Trainer<double> backward(dataset, options, team);
  backward.run();
  options.gradient = GradientMethod::numerical;
  Trainer<double> numerical(dataset, options, team);
  numerical.run();
  for (std::size_t i = 0; i < backward.parameters().size(); ++i) {
    // Differences are off the gradient by 1e-9 of it: 30 updates leave at most this much.
    EXPECT_NEAR(backward.parameters()[i], numerical.parameters()[i], 1e-7);
  }
}

TEST(Regression, OfBytesMayTakeThemAsSparseRows) {
  Dataset dataset = rows();
  Random random(3, Stream::sampling);
  for (Samples* half : {&dataset.train, &dataset.test}) {
    half->num_features = 30;
    half->values.clear();
    for (std::size_t i = 0; i < 30 * half->num_samples(); ++i) {
      half->bytes.push_back(random.uniform() < 0.2 ? static_cast<std::uint8_t>(random.below(256))
                                                   : 0);
    }
  }
  dataset.sample_shape = Shape{30};
  TrainingOptions options = linear_options();
  options.network = {.layer_sizes = {30, 4, 1}, .activation = "tanh"};
  options.batch_size = 100;
  options.num_iterations = 20;
  Team team;
  Trainer<double> sparse(dataset, options, team);
  EXPECT_EQ(sparse.step_id(), "sparse_sgd");
  sparse.run();
  options.first_layer = InputForm::dense;
  Trainer<double> dense(dataset, options, team);
  EXPECT_EQ(dense.step_id(), "dense_sgd");
  dense.run();
  for (std::size_t i = 0; i < dense.parameters().size(); ++i) {
    EXPECT_NEAR(sparse.parameters()[i], dense.parameters()[i], 1e-13);  // the order of sums
  }
}

TEST(Regression, StandardizesItsTargetsByTheRowsThatAreNotHeldOut) {
  const Dataset dataset = rows();
  TrainingOptions options = linear_options();
  Team team;
  const Standardization all = Trainer<float>(dataset, options, team).model().targets;
  EXPECT_NEAR(all.means[0], 100, 10);
  options.num_validation = 100;
  options.batch_size = 100;
  const Standardization some = Trainer<float>(dataset, options, team).model().targets;
  EXPECT_NE(all.means, some.means);
}

TEST(Regression, WithoutInputsGuessesTheMeanOrTheMedian) {
  const std::vector<double> numbers{0, 0, 0, 0, 10};
  const MatrixView<const double> targets(numbers.data(), 5, 1);
  const auto guess = [&](std::string_view id) {
    return blind_guess_loss<double>(*losses<double>(Task::regression).find(id).make(), targets, 1);
  };
  EXPECT_DOUBLE_EQ(guess("mean_squared_error"), 16);  // of 2: 4 * 4 / 5 + 64 / 5
  EXPECT_DOUBLE_EQ(guess("mean_absolute_error"), 2);  // of 0
  EXPECT_DOUBLE_EQ(guess("huber"), 1.9);              // of 0: 9.5 / 5
}

TEST(Regression, SaysWhenItStandsStill) {
  const Dataset dataset = rows();
  TrainingOptions options = linear_options();
  options.schedule.learning_rate = 1e-9;
  Team team;
  Trainer<float> trainer(dataset, options, team);
  const TrainingResult result = trainer.run();
  ASSERT_FALSE(result.findings.empty());
  EXPECT_EQ(result.findings[0].id, "loss_not_moving");
  EXPECT_NEAR(result.findings[0].number("guess"), 1, 1e-6);  // the variance of what is learned
}

std::string refusal_of(const Dataset& dataset, const TrainingOptions& options) {
  try {
    check_training(options, dataset);
  } catch (const Error& error) {
    return error.what();
  }
  return "nothing was thrown";
}

TEST(Regression, SaysWhatDoesNotFit) {
  EXPECT_EQ(refusal_of(rows(), linear_options()), "nothing was thrown");
  EXPECT_EQ(refusal_of(rows(2), linear_options()),
            "layers: the last is 1, but rows has 2 numbers to predict");
  TrainingOptions options = linear_options();
  options.loss = "cross_entropy";
  EXPECT_EQ(refusal_of(rows(), options),
            "unknown loss for numbers \"cross_entropy\"; there are mean_squared_error, "
            "mean_absolute_error, huber");
  Dataset dataset = rows();
  dataset.train.targets.assign(300, 7);
  EXPECT_EQ(refusal_of(dataset, linear_options()),
            "rows: target price is 7 in every training row: there is nothing to learn");
  dataset = rows();
  dataset.test = make_rows(100, 2, 2);
  EXPECT_EQ(refusal_of(dataset, linear_options()),
            "rows: the test samples have 2 targets, those to learn from 1");
  dataset = rows();
  dataset.test.targets[3] = std::nanf("");
  EXPECT_EQ(refusal_of(dataset, linear_options()),
            "rows has a test target that is infinite or not a number");
}

TEST(Regression, HasNoR2OfATestTargetThatNeverChanges) {
  Dataset dataset = rows();
  dataset.test.targets.assign(100, 7);
  Team team;
  Trainer<float> trainer(dataset, linear_options(), team);
  const TrainingResult result = trainer.run();
  EXPECT_FALSE(result.test.fit.r2);
  EXPECT_TRUE(std::isnan(result.test.score()));
}

}  // namespace
}  // namespace gradus
