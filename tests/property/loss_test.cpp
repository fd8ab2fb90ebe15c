// SPDX-License-Identifier: MIT
// What must hold for every loss a network can be trained with.
#include "gradus/loss/loss.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/diff/numerical.hpp"
#include "support.hpp"
#include "tolerances.hpp"

namespace gradus {
namespace {

template <class T>
class EveryLoss : public ::testing::Test {};
TYPED_TEST_SUITE(EveryLoss, RealTypes, RealNames);

constexpr std::size_t num_samples = 6;
constexpr std::size_t num_classes = 5;
const std::vector<Label> labels = {0, 4, 2, 2, 1, 3};

/// What is to be learned of each sample. Multiples of 1/16, and no score is one of them exactly.
template <Real T>
const Array<T>& some_numbers() {
  static const Array<T> numbers = [] {
    Array<T> made = random_matrix<T>(num_samples, num_classes, 99);
    for (T& number : made.elements()) {
      number = std::round(number * 16) / 16 + T{1} / 64;
    }
    return made;
  }();
  return numbers;
}

template <Real T>
Targets<T> some_targets(Task task) {
  if (task == Task::classification) {
    return std::span<const Label>(labels);
  }
  return some_numbers<T>().matrix();
}

/// @param check  called with each loss and what it is to be right about
template <Real T, class Check>
void for_every_loss_of(Task task, Check check) {
  for (const LossEntry<T>& entry : losses<T>(task)) {
    SCOPED_TRACE(std::string(entry.id) + " of a " + std::string(to_string(task)));
    check(*entry.make(), some_targets<T>(task));
  }
}

template <Real T, class Check>
void for_every_loss(Check check) {
  for_every_loss_of<T>(Task::classification, check);
  for_every_loss_of<T>(Task::regression, check);
}

/// Multiples of 1/16, so that adding a million to them is exact in float too.
template <Real T>
Array<T> some_scores(std::uint64_t seed = 1) {
  Array<T> scores = random_matrix<T>(num_samples, num_classes, seed);
  for (T& score : scores.elements()) {
    score = std::round(score * 32) / 16;
  }
  return scores;
}

template <Real T>
Array<T> gradient(const Loss<T>& loss, const Array<T>& scores, const Targets<T>& targets) {
  Array<T> d_scores = unwritten_matrix<T>(num_samples, num_classes);
  loss.value_and_gradient(scores.matrix(), targets, d_scores.matrix());
  return d_scores;
}

TEST(EveryLossInDouble, HasTheGradientThatCentralDifferencesGive) {
  for_every_loss<double>([](const Loss<double>& loss, const Targets<double>& targets) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      Array<double> scores = some_scores<double>(seed);
      const auto value = [&](std::span<const double> x) {
        return loss.value({x.data(), num_samples, num_classes}, targets);
      };
      const auto numerical = numerical_gradient(value, scores.elements(), tolerance::softmax_step);
      const Array<double> exact = gradient(loss, scores, targets);
      for (std::size_t i = 0; i < numerical.size(); ++i) {
        EXPECT_NEAR(exact.elements()[i], numerical[i], tolerance::softmax_gradient)
            << "seed " << seed << ", score " << i;
      }
    }
  });
}

TEST(EveryLossInFloat, AgreesWithDouble) {
  for (const Task task : {Task::classification, Task::regression}) {
    for (const LossEntry<float>& entry : losses<float>(task)) {
      SCOPED_TRACE(std::string(entry.id));
      const auto in_float = entry.make();
      const auto in_double = losses<double>(task).find(entry.id).make();
      const Targets<float> targets = some_targets<float>(task);
      const Targets<double> same_targets = some_targets<double>(task);
      const Array<float> scores = some_scores<float>();
      const Array<double> same_scores = some_scores<double>();
      EXPECT_NEAR(in_float->value(scores.matrix(), targets),
                  in_double->value(same_scores.matrix(), same_targets), tolerance::loss_in_float);
      const Array<float> found = gradient(*in_float, scores, targets);
      const Array<double> expected = gradient(*in_double, same_scores, same_targets);
      for (std::size_t i = 0; i < num_samples * num_classes; ++i) {
        EXPECT_NEAR(found.elements()[i], expected.elements()[i], tolerance::loss_in_float)
            << "score " << i;
      }
    }
  }
}

TYPED_TEST(EveryLoss, OfABatchIsTheMeanOfItsSamples) {
  using T = TypeParam;
  for_every_loss<T>([](const Loss<T>& loss, const Targets<T>& targets) {
    const Array<T> scores = some_scores<T>();
    double sum = 0;
    for (std::size_t b = 0; b < num_samples; ++b) {
      const MatrixView<const T> row(scores.matrix().row(b).data(), 1, num_classes);
      sum += static_cast<double>(loss.value(row, rows_of(targets, b, 1)));
    }
    EXPECT_NEAR(loss.value(scores.matrix(), targets), sum / num_samples,
                tolerance::loss_roundoffs * tolerance::roundoff<T>);
  });
}

TYPED_TEST(EveryLoss, HasTheGradientsOfItsSamplesDividedByTheirNumber) {
  using T = TypeParam;
  for_every_loss<T>([](const Loss<T>& loss, const Targets<T>& targets) {
    const Array<T> scores = some_scores<T>();
    const Array<T> d_scores = gradient(loss, scores, targets);
    for (std::size_t b = 0; b < num_samples; ++b) {
      std::vector<T> d_row(num_classes);
      const MatrixView<const T> row(scores.matrix().row(b).data(), 1, num_classes);
      loss.value_and_gradient(row, rows_of(targets, b, 1), {d_row.data(), 1, num_classes});
      for (std::size_t c = 0; c < num_classes; ++c) {
        EXPECT_NEAR(d_scores.matrix()(b, c), static_cast<double>(d_row[c]) / num_samples,
                    tolerance::loss_roundoffs * tolerance::roundoff<T>)
            << "row " << b << ", class " << c;
      }
    }
  });
}

TYPED_TEST(EveryLoss, AddingAConstantToARowChangesNothing) {
  using T = TypeParam;
  for_every_loss_of<T>(Task::classification, [](const Loss<T>& loss, const Targets<T>& targets) {
    const Array<T> scores = some_scores<T>();
    for (const T constant : {T{1}, T{-1000}, T{1e6}, T{-1e6}}) {
      Array<T> shifted = scores;
      for (T& score : shifted.matrix().row(2)) {
        score += constant;
      }
      EXPECT_NEAR(loss.value(shifted.matrix(), targets), loss.value(scores.matrix(), targets),
                  tolerance::loss_roundoffs * tolerance::roundoff<T>)
          << "constant " << constant;
      EXPECT_EQ(copy_of(gradient(loss, shifted, targets).elements()),
                copy_of(gradient(loss, scores, targets).elements()))
          << "constant " << constant;
    }
  });
}

TYPED_TEST(EveryLoss, HasAGradientWhoseRowsSumToZero) {
  using T = TypeParam;
  for_every_loss_of<T>(Task::classification, [](const Loss<T>& loss, const Targets<T>& targets) {
    const Array<T> d_scores = gradient(loss, some_scores<T>(), targets);
    for (std::size_t b = 0; b < num_samples; ++b) {
      double sum = 0;
      double largest = 0;
      for (const T d : d_scores.matrix().row(b)) {
        sum += static_cast<double>(d);
        largest = std::max(largest, std::abs(static_cast<double>(d)));
      }
      EXPECT_NEAR(sum, 0.0, tolerance::loss_roundoffs * tolerance::roundoff<T>) << "row " << b;
      EXPECT_GT(largest, 0.0) << "row " << b;
    }
  });
}

TYPED_TEST(EveryLoss, FallsAlongItsNegativeGradient) {
  using T = TypeParam;
  for_every_loss<T>([](const Loss<T>& loss, const Targets<T>& targets) {
    const Array<T> scores = some_scores<T>();
    const Array<T> d_scores = gradient(loss, scores, targets);
    Array<T> moved = scores;
    for (std::size_t i = 0; i < moved.elements().size(); ++i) {
      moved.elements()[i] -= d_scores.elements()[i];
    }
    EXPECT_LT(loss.value(moved.matrix(), targets), loss.value(scores.matrix(), targets));
  });
}

TYPED_TEST(EveryLoss, GivesTheSameValueWithItsGradientAsWithout) {
  using T = TypeParam;
  for_every_loss<T>([](const Loss<T>& loss, const Targets<T>& targets) {
    const Array<T> scores = some_scores<T>();
    Array<T> d_scores = scores;
    EXPECT_EQ(loss.value_and_gradient(scores.matrix(), targets, d_scores.matrix()),
              loss.value(scores.matrix(), targets));
  });
}

TYPED_TEST(EveryLoss, MayWriteItsGradientOverTheScores) {
  using T = TypeParam;
  for_every_loss<T>([](const Loss<T>& loss, const Targets<T>& targets) {
    Array<T> in_place = some_scores<T>();
    const T value = loss.value_and_gradient(in_place.matrix(), targets, in_place.matrix());
    EXPECT_EQ(value, loss.value(some_scores<T>().matrix(), targets));
    EXPECT_EQ(copy_of(in_place.elements()),
              copy_of(gradient(loss, some_scores<T>(), targets).elements()));
  });
}

TYPED_TEST(EveryLoss, IsNearZeroForASureAndRightGuess) {
  using T = TypeParam;
  for_every_loss<T>([](const Loss<T>& loss, const Targets<T>& targets) {
    Array<T> scores = some_numbers<T>();
    if (std::holds_alternative<std::span<const Label>>(targets)) {
      scores = Array<T>(Shape{num_samples, num_classes});
      for (std::size_t b = 0; b < num_samples; ++b) {
        scores.matrix()(b, labels[b]) = 100;
      }
    }
    EXPECT_NEAR(loss.value(scores.matrix(), targets), 0.0,
                tolerance::loss_roundoffs * tolerance::roundoff<T>);
  });
}

TYPED_TEST(EveryLoss, TakesNoTargetsOfTheOtherTask) {
  using T = TypeParam;
  for (const Task task : {Task::classification, Task::regression}) {
    const Task other = task == Task::classification ? Task::regression : Task::classification;
    for_every_loss_of<T>(task, [other](const Loss<T>& loss, const Targets<T>&) {
      const Array<T> scores = some_scores<T>();
      EXPECT_THROW(static_cast<void>(loss.value(scores.matrix(), some_targets<T>(other))),
                   ShapeError);
    });
  }
}

}  // namespace
}  // namespace gradus
