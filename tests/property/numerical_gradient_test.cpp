// SPDX-License-Identifier: MIT
// The numerical gradient of every network that can be built from the registries, against the
// difference of two whole losses for each parameter, and against backward().
#include "gradus/nn/numerical_gradient.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/core/random.hpp"
#include "gradus/data/input_source.hpp"
#include "support.hpp"
#include "tolerances.hpp"

namespace gradus {
namespace {

using LayerSizes = std::vector<std::size_t>;

constexpr std::size_t num_samples = 7;

/// Bytes of which half are 0.
/// Numbers to be learned as they are.
Standardization columns_of(const Samples& samples) {
  return {std::vector<double>(samples.num_targets), std::vector<double>(samples.num_targets, 1.0)};
}

Samples make_samples(const LayerSizes& sizes, Task task) {
  Random random(9, Stream::sampling);
  Samples samples;
  samples.num_features = sizes.front();
  samples.num_targets = task == Task::regression ? sizes.back() : 0;
  samples.targets = random_numbers<float>(num_samples * samples.num_targets, 3);
  for (std::size_t n = 0; n < num_samples; ++n) {
    if (task == Task::classification) {
      samples.labels.push_back(random.below(static_cast<std::uint32_t>(sizes.back())));
    }
    for (std::size_t i = 0; i < sizes.front(); ++i) {
      const bool is_ink = random.uniform() < 0.5;
      samples.bytes.push_back(is_ink ? static_cast<std::uint8_t>(1 + random.below(255)) : 0);
    }
  }
  return samples;
}

/// One network on one batch.
class Problem {
 public:
  Problem(const LayerSizes& sizes, std::string_view activation, std::string_view loss,
          InputForm form, double scale = 1.0 / 255, Task task = Task::classification)
      : samples_(make_samples(sizes, task)),
        source_(samples_, scale, form, columns_of(samples_)),
        network_({.layer_sizes = sizes, .activation = std::string(activation)}),
        loss_(losses<double>(task).find(loss).make()),
        workspace_(network_, num_samples),
        parameters_(random_numbers<double>(network_.num_parameters(), 2)) {}

  double loss_at(std::span<const double> parameters) {
    return loss_->value(network_.forward(parameters, source_.rows(indices_), workspace_, team_),
                        source_.targets(indices_));
  }

  double loss() { return loss_at(parameters_); }

  std::vector<double> plain() {
    return numerical_gradient([&](std::span<const double> x) { return loss_at(x); }, parameters_);
  }

  std::vector<double> by_backward() {
    const Input<double> x = source_.rows(indices_);
    const auto scores = network_.forward(parameters_, x, workspace_, team_);
    loss_->value_and_gradient(scores, source_.targets(indices_), workspace_.d_scores());
    std::vector<double> gradient(parameters_.size());
    network_.backward(parameters_, x, workspace_, gradient, team_);
    return gradient;
  }

  struct Found {
    double loss;
    std::vector<double> gradient;
  };
  Found found(std::size_t num_threads = 1) {
    Team team(num_threads, num_threads);
    NetworkNumericalGradient numerical(network_, *loss_, num_samples);
    Found result{0, std::vector<double>(parameters_.size(), std::nan(""))};
    result.loss = numerical.run(parameters_, source_.rows(indices_), source_.targets(indices_),
                                result.gradient, team);
    return result;
  }

 private:
  Samples samples_;
  InputSource<double> source_;
  Network<double> network_;
  std::unique_ptr<const Loss<double>> loss_;
  Workspace<double> workspace_;
  Team team_;
  std::vector<double> parameters_;
  std::vector<std::uint32_t> indices_ = {3, 0, 6, 1, 5, 2, 4};
};

template <class Check>
void for_every_problem(Check check) {
  for (const LayerSizes& sizes :
       {LayerSizes{4, 3}, LayerSizes{2, 5, 3}, LayerSizes{4, 6, 5, 3}, LayerSizes{3, 4, 4, 4, 3}}) {
    for (const auto& activation : activations<double>()) {
      for (const Task task : {Task::classification, Task::regression}) {
        for (const auto& loss : losses<double>(task)) {
          for (const InputForm form : {InputForm::dense, InputForm::sparse}) {
            SCOPED_TRACE(std::to_string(sizes.size()) + " sizes, " + std::string(activation.id) +
                         ", " + std::string(loss.id) + " of a " + std::string(to_string(task)) +
                         (form == InputForm::dense ? ", dense" : ", sparse"));
            Problem problem(sizes, activation.id, loss.id, form, 1.0 / 255, task);
            check(problem, activation.id);
          }
        }
      }
    }
  }
}

double length_of(const std::vector<double>& numbers) {
  double sum = 0;
  for (const double number : numbers) {
    sum += number * number;
  }
  return std::sqrt(sum);
}

double distance(std::vector<double> a, const std::vector<double>& b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    a[i] -= b[i];
  }
  return length_of(a);
}

TEST(NumericalGradient, IsThatOfTwoWholeLossesForEachParameter) {
  for_every_problem([](Problem& problem, std::string_view) {
    const auto expected = problem.plain();
    const auto found = problem.found();
    // That tolerance is of losses up to 10; squares of identity networks are larger.
    const double bound = tolerance::plain_numerical_gradient * std::max(1.0, problem.loss() / 10);
    for (std::size_t i = 0; i < expected.size(); ++i) {
      EXPECT_NEAR(found.gradient[i], expected[i], bound) << "parameter " << i;
    }
    EXPECT_EQ(found.loss, problem.loss());
  });
}

TEST(NumericalGradient, IsTheGradientUpToTheErrorOfTheFormula) {
  for_every_problem([](Problem& problem, std::string_view activation) {
    if (activation == "relu" || activation == "step") {
      return;  // a step may cross their kinks
    }
    const auto expected = problem.by_backward();
    EXPECT_LT(distance(problem.found().gradient, expected),
              tolerance::truncation * length_of(expected));
  });
}

TEST(NumericalGradient, HasTheSameBitsOnAnyNumberOfThreads) {
  for_every_problem([](Problem& problem, std::string_view) {
    const auto one = problem.found(1).gradient;
    EXPECT_EQ(problem.found(2).gradient, one);
    EXPECT_EQ(problem.found(3).gradient, one);
  });
}

TEST(NumericalGradient, TakesInputsSoLargeThatTheScoresMoveFar) {
  // 20,000 per step of 1: moves of up to 2 and more, where the plain differences take over.
  for (const auto& activation : activations<double>()) {
    for (const auto& loss : losses<double>(Task::classification)) {
      SCOPED_TRACE(std::string(activation.id) + ", " + std::string(loss.id));
      Problem problem({3, 4, 3}, activation.id, loss.id, InputForm::dense, 80);
      const auto expected = problem.plain();
      const auto found = problem.found().gradient;
      // Losses of up to 1e5 are off by 1e5 times as much.
      const double bound = tolerance::plain_numerical_gradient * (1 + problem.loss());
      for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_NEAR(found[i], expected[i], bound) << "parameter " << i;
      }
    }
  }
}

TEST(NumericalGradient, TakesLayersWiderThanWhatIsMovedTogether) {
  Problem problem({700, 3, 2}, "tanh", "cross_entropy", InputForm::dense);
  const auto expected = problem.by_backward();
  EXPECT_LT(distance(problem.found().gradient, expected),
            tolerance::truncation * length_of(expected));
}

TEST(NumericalGradient, SeesAJumpThatBackwardDoesNot) {
  // The hidden unit is h / 2 above its jump: a step down of its weight or bias switches it off.
  const Network<double> network({.layer_sizes = {1, 1, 2}, .activation = "step"});
  const auto loss = losses<double>(Task::classification).find("cross_entropy").make();
  const double h = NetworkNumericalGradient::step;
  const std::vector<double> parameters = {h / 2, 0, 2, -1, 0, 0};
  const std::vector<double> x = {1};
  const std::vector<Label> labels = {0};
  std::vector<double> gradient(6);
  Team team;
  NetworkNumericalGradient(network, *loss, 1)
      .run(parameters, MatrixView<const double>(x.data(), 1, 1), labels, gradient, team);
  const double jump = (std::log1p(std::exp(-3.0)) - std::log(2.0)) / (2 * h);
  EXPECT_NEAR(gradient[0], jump, 1e-9);
  EXPECT_NEAR(gradient[1], jump, 1e-9);
}

TEST(NumericalGradient, RefusesWhatDoesNotFit) {
  const Network<double> network({.layer_sizes = {2, 3, 2}});
  const auto loss = losses<double>(Task::classification).find("cross_entropy").make();
  NetworkNumericalGradient numerical(network, *loss, 2);
  const std::vector<double> parameters(network.num_parameters());
  std::vector<double> gradient(network.num_parameters());
  const std::vector<double> x(6);
  Team team;
  const auto run = [&](std::size_t rows, std::size_t cols, const std::vector<Label>& labels,
                       std::size_t room) {
    numerical.run(parameters, MatrixView<const double>(x.data(), rows, cols), labels,
                  std::span(gradient).first(room), team);
  };
  EXPECT_NO_THROW(run(2, 2, {0, 1}, gradient.size()));
  EXPECT_THROW(run(3, 2, {0, 1, 0}, gradient.size()), ShapeError);
  EXPECT_THROW(run(2, 3, {0, 1}, gradient.size()), ShapeError);
  EXPECT_THROW(run(2, 2, {0}, gradient.size()), ShapeError);
  EXPECT_THROW(run(2, 2, {0, 2}, gradient.size()), ValueError);
  EXPECT_THROW(run(2, 2, {0, 1}, gradient.size() - 1), ShapeError);
}

// What changes_into() of every loss and activation gives, against the difference of values that
// the base classes take: what a new one gets that has nothing better.

TEST(ChangesOfEveryLoss, AreWhatTheBaseClassComputes) {
  const std::vector<Label> label{3};
  const std::vector<Label> no_label{5};
  const std::vector<double> numbers = random_numbers<double>(5, 7);
  for (const Task task : {Task::classification, Task::regression}) {
    const Targets<double> target = task == Task::classification
                                       ? Targets<double>(label)
                                       : MatrixView<const double>(numbers.data(), 1, 5);
    for (const auto& entry : losses<double>(task)) {
      SCOPED_TRACE(std::string(entry.id));
      const auto loss = entry.make();
      const auto scores = random_numbers<double>(5, 1);
      for (const double size : {1e-4, 0.05, 3.0}) {
        Array<double> moves = random_matrix<double>(5, 11, 2);
        for (double& move : moves.elements()) {
          move *= size;
        }
        Array<double> same_moves = moves;
        std::vector<double> found(11);
        std::vector<double> expected(11);
        loss->changes_into(scores, target, moves.matrix(), found);
        loss->Loss<double>::changes_into(scores, target, same_moves.matrix(), expected);
        for (std::size_t m = 0; m < found.size(); ++m) {
          EXPECT_NEAR(found[m], expected[m],
                      tolerance::loss_roundoffs * tolerance::roundoff<double>);
        }
      }
      Array<double> moves(Shape{4, 2});
      std::vector<double> changes(2);
      EXPECT_THROW(loss->changes_into(scores, target, moves.matrix(), changes), ShapeError);
      moves = Array<double>(Shape{5, 2});
      if (task == Task::classification) {
        EXPECT_THROW(loss->changes_into(scores, no_label, moves.matrix(), changes), ValueError);
      }
    }
  }
}

TEST(ChangesOfEveryActivation, AreWhatTheBaseClassComputes) {
  for (const auto& entry : activations<double>()) {
    SCOPED_TRACE(std::string(entry.id));
    const auto activation = entry.make(5);
    const auto x = random_numbers<double>(5, 1);
    for (const double size : {1e-4, 0.05, 3.0}) {
      Array<double> moves = random_matrix<double>(5, 11, 2);
      for (double& move : moves.elements()) {
        move *= size;
      }
      Array<double> expected = unwritten_matrix<double>(5, 11);
      activation->Activation<double>::changes_into(x, moves.matrix(), expected.matrix());
      activation->changes_into(x, moves.matrix(), moves.matrix());
      for (std::size_t i = 0; i < moves.elements().size(); ++i) {
        EXPECT_NEAR(moves.elements()[i], expected.elements()[i],
                    tolerance::loss_roundoffs * tolerance::roundoff<double>);
      }
    }
  }
}

}  // namespace
}  // namespace gradus
