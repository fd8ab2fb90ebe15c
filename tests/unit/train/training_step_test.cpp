// SPDX-License-Identifier: MIT
#include "gradus/train/training_step.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/core/random.hpp"
#include "gradus/nn/initialize.hpp"
#include "support.hpp"

namespace gradus {
namespace {

// Two steps add the same numbers in another order: 30 updates of float leave at most this much.
constexpr double order_of_sums_in_float = 2e-6;
constexpr double order_of_sums_in_double = 1e-14;

// Differences are off the gradient by 1e-9 of it: 30 updates of double leave at most this much.
constexpr double truncation_of_updates = 1e-7;

Samples sparse_samples() {
  Random random(11, Stream::sampling);
  Samples samples;
  samples.num_features = 40;
  for (std::size_t n = 0; n < 60; ++n) {
    samples.labels.push_back(random.below(3));
    for (std::size_t i = 0; i < samples.num_features; ++i) {
      const bool is_ink = random.uniform() < 0.2;
      samples.bytes.push_back(is_ink ? static_cast<std::uint8_t>(random.below(256)) : 0);
    }
  }
  return samples;
}

/// Parameters after a few steps of one kind.
template <Real T>
std::vector<T> train(InputForm form, const TrainingStepOptions& base, std::size_t num_threads,
                     const std::string& expected_id, std::uint32_t batch_size = 10) {
  const Samples samples = sparse_samples();
  const Network<T> network({.layer_sizes = {40, 37, 9, 3}, .activation = "sigmoid"});
  const auto loss = losses<T>(Task::classification).find("cross_entropy").make();
  TrainingStepOptions options = base;
  options.batch_size = batch_size;
  options.input_form = form;
  const auto step = make_training_step<T>(network, *loss, options);
  EXPECT_EQ(step->id(), expected_id);

  InputSource<T> source(samples, 1.0 / 255, form);
  std::vector<T> first_parameters(network.num_parameters());
  initialize<T>(network, {.id = "xavier"}, 1, first_parameters);
  step->set_parameters(first_parameters);
  Team team(num_threads, num_threads);
  for (std::uint32_t iteration = 0; iteration < 30; ++iteration) {
    std::vector<std::uint32_t> indices;
    for (std::uint32_t b = 0; b < (iteration % 2 == 0 ? batch_size : batch_size * 7 / 10); ++b) {
      indices.push_back((iteration * 7 + b * 13) % 60);
    }
    step->run(source.rows(indices), source.labels(indices), T{0.5}, team);
  }
  return {step->parameters().begin(), step->parameters().end()};
}

template <Real T>
double largest_difference(const std::vector<T>& a, const std::vector<T>& b) {
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    largest = std::max(largest, std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i])));
  }
  return largest;
}

// Momentum of 0 is plain gradient descent, by the step that has no shortcut.
const TrainingStepOptions by_the_whole_gradient{.optimizer = {.id = "momentum", .momentum = 0}};

TEST(TrainingStep, GivesTheSameNumbersInPlaceAndByTheWholeGradient) {
  const auto general = train<double>(InputForm::dense, by_the_whole_gradient, 1, "general");
  const auto dense = train<double>(InputForm::dense, {}, 1, "dense_sgd");
  const auto sparse = train<double>(InputForm::sparse, {}, 1, "sparse_sgd");
  EXPECT_LT(largest_difference(general, dense), order_of_sums_in_double);
  EXPECT_LT(largest_difference(general, sparse), order_of_sums_in_double);

  const auto general_float = train<float>(InputForm::dense, by_the_whole_gradient, 1, "general");
  const auto dense_float = train<float>(InputForm::dense, {}, 1, "dense_sgd");
  const auto sparse_float = train<float>(InputForm::sparse, {}, 1, "sparse_sgd");
  EXPECT_LT(largest_difference(general_float, dense_float), order_of_sums_in_float);
  EXPECT_LT(largest_difference(general_float, sparse_float), order_of_sums_in_float);
}

TEST(TrainingStep, DecaysWeightsTheSameWayInAllKinds) {
  const TrainingStepOptions decaying{.optimizer = {}, .weight_decay = 0.01};
  TrainingStepOptions whole = by_the_whole_gradient;
  whole.weight_decay = decaying.weight_decay;
  const auto general = train<double>(InputForm::dense, whole, 1, "general");
  const auto dense = train<double>(InputForm::dense, decaying, 1, "dense_sgd");
  const auto sparse = train<double>(InputForm::sparse, decaying, 1, "sparse_sgd");
  EXPECT_LT(largest_difference(general, dense), order_of_sums_in_double);
  EXPECT_LT(largest_difference(general, sparse), order_of_sums_in_double);
  EXPECT_GT(largest_difference(sparse, train<double>(InputForm::sparse, {}, 1, "sparse_sgd")),
            1e-3);
}

TEST(TrainingStep, GivesTheSameBitsOnAnyNumberOfThreads) {
  for (const InputForm form : {InputForm::dense, InputForm::sparse}) {
    const std::string id = form == InputForm::dense ? "dense_sgd" : "sparse_sgd";
    const auto one = train<float>(form, {}, 1, id);
    EXPECT_EQ(one, train<float>(form, {}, 2, id));
    EXPECT_EQ(one, train<float>(form, {}, 3, id));
  }
}

// What lies behind the first layer is gone through by a few dozen rows at once.
TEST(TrainingStep, TakesALargeBatchInPartsThatAddUpToTheSame) {
  constexpr std::uint32_t batch_size = 150;
  const auto dense = train<double>(InputForm::dense, {}, 1, "dense_sgd", batch_size);
  const auto sparse = train<double>(InputForm::sparse, {}, 1, "sparse_sgd", batch_size);
  EXPECT_LT(largest_difference(dense, sparse), order_of_sums_in_double);
  EXPECT_EQ(sparse, train<double>(InputForm::sparse, {}, 2, "sparse_sgd", batch_size));
  EXPECT_EQ(sparse, train<double>(InputForm::sparse, {}, 3, "sparse_sgd", batch_size));
}

TEST(TrainingStep, TakesSparseRowsWithEveryOptimizer) {
  for (const auto& optimizer : optimizers<double>()) {
    const TrainingStepOptions options{.optimizer = {.id = std::string(optimizer.id)}};
    const bool is_sgd = optimizer.id == "sgd";
    const std::string sparse_id = is_sgd ? "sparse_sgd" : "general";
    const std::string dense_id = is_sgd ? "dense_sgd" : "general";
    const auto dense = train<double>(InputForm::dense, options, 1, dense_id);
    const auto sparse = train<double>(InputForm::sparse, options, 1, sparse_id);
    // Adagrad and its like divide by the size of the gradient, which enlarges rounding errors
    // where the gradient is nearly 0.
    EXPECT_LT(largest_difference(dense, sparse), 1e-6) << optimizer.id;
  }
}

TEST(TrainingStep, TakesDecayOffTheWeightsAndNotOffTheBiases) {
  // A loss without gradient: one class is given everything, and the batch says it is right.
  const Network<double> network({.layer_sizes = {2, 2}});
  const auto loss = losses<double>(Task::classification).find("cross_entropy").make();
  const auto step = make_training_step<double>(
      network, *loss, {.optimizer = {}, .weight_decay = 0.1, .batch_size = 1});
  step->set_parameters(std::vector<double>{1, 2, 3, 4, 1000, -1000});
  const std::vector<double> x = {0, 0};
  Team team;
  const double value =
      step->run(MatrixView<const double>(x.data(), 1, 2), std::vector<Label>{0}, 0.5, team);
  EXPECT_EQ(value, 0);
  EXPECT_EQ(copy_of(step->parameters()),
            (std::vector<double>{0.95, 1.9, 0.95 * 3, 3.8, 1000, -1000}));
}

TEST(TrainingStep, TakesTheNumericalGradientWithEveryOptimizer) {
  for (const auto& optimizer : optimizers<double>()) {
    TrainingStepOptions options{.optimizer = {.id = std::string(optimizer.id)},
                                .weight_decay = 0.01};
    const auto backprop = train<double>(InputForm::dense, options, 1,
                                        optimizer.id == "sgd" ? "dense_sgd" : "general");
    options.gradient = GradientMethod::numerical;
    const auto numerical = train<double>(InputForm::dense, options, 1, "numerical");
    // Adagrad and its like divide by the size of the gradient, which is off by 1e-9: they enlarge
    // that where the gradient is nearly 0.
    const bool divides =
        optimizer.id == "adagrad" || optimizer.id == "rmsprop" || optimizer.id == "adam";
    EXPECT_LT(largest_difference(numerical, backprop), divides ? 2e-6 : truncation_of_updates)
        << optimizer.id;
    EXPECT_GT(largest_difference(numerical, backprop), 0) << optimizer.id;
  }
}

TEST(TrainingStep, HasTheSameNumericalGradientOfSparseRowsAndOnAnyNumberOfThreads) {
  TrainingStepOptions options;
  options.gradient = GradientMethod::numerical;
  const auto one = train<double>(InputForm::sparse, options, 1, "numerical");
  EXPECT_EQ(one, train<double>(InputForm::sparse, options, 2, "numerical"));
  EXPECT_EQ(one, train<double>(InputForm::sparse, options, 3, "numerical"));
  EXPECT_LT(largest_difference(one, train<double>(InputForm::dense, options, 1, "numerical")),
            order_of_sums_in_double);
}

TEST(TrainingStep, RefusesANumericalGradientInFloat) {
  const Network<float> network({.layer_sizes = {2, 2}});
  const auto loss = losses<float>(Task::classification).find("cross_entropy").make();
  TrainingStepOptions options{.optimizer = {}, .batch_size = 1};
  options.gradient = GradientMethod::numerical;
  EXPECT_THROW(static_cast<void>(make_training_step<float>(network, *loss, options)), ValueError);
}

TEST(TrainingStep, RefusesANegativeWeightDecay) {
  const Network<float> network({.layer_sizes = {2, 2}});
  const auto loss = losses<float>(Task::classification).find("cross_entropy").make();
  EXPECT_THROW(static_cast<void>(make_training_step<float>(
                   network, *loss, {.optimizer = {}, .weight_decay = -1, .batch_size = 1})),
               ValueError);
}

}  // namespace
}  // namespace gradus
