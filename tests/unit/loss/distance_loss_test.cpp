// SPDX-License-Identifier: MIT
#include "gradus/loss/distance_loss.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "gradus/loss/mean_squared_error.hpp"
#include "support.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

double value_of(std::string_view id, const std::vector<double>& scores,
                const std::vector<double>& targets, std::size_t num_cols = 1) {
  const std::size_t num_rows = scores.size() / num_cols;
  return losses<double>(Task::regression)
      .find(id)
      .make()
      ->value({scores.data(), num_rows, num_cols},
              MatrixView<const double>(targets.data(), num_rows, num_cols));
}

std::vector<double> gradient_of(std::string_view id, const std::vector<double>& scores,
                                const std::vector<double>& targets) {
  std::vector<double> gradient(scores.size());
  losses<double>(Task::regression)
      .find(id)
      .make()
      ->value_and_gradient({scores.data(), scores.size(), 1},
                           MatrixView<const double>(targets.data(), targets.size(), 1),
                           {gradient.data(), gradient.size(), 1});
  return gradient;
}

TEST(DistanceLoss, HasTheValuesOfItsFormula) {
  const std::vector<double> scores{3, -1, 0.5, 2};
  const std::vector<double> targets{1, -1, 0, 2.25};  // off by 2, 0, 0.5, -0.25
  EXPECT_DOUBLE_EQ(value_of("mean_squared_error", scores, targets), (4 + 0.25 + 0.0625) / 4);
  EXPECT_DOUBLE_EQ(value_of("mean_absolute_error", scores, targets), 2.75 / 4);
  EXPECT_DOUBLE_EQ(value_of("huber", scores, targets), (1.5 + 0.125 + 0.03125) / 4);
  EXPECT_DOUBLE_EQ(value_of("mean_squared_error", scores, targets, 2),
                   mean_squared_error(scores, targets));
}

TEST(DistanceLoss, HasTheSlopesOfItsFormula) {
  const std::vector<double> scores{3, -1, 0.5, -2};
  const std::vector<double> targets{1, -1, 0, 2};  // off by 2, 0, 0.5, -4
  EXPECT_EQ(gradient_of("mean_squared_error", scores, targets),
            (std::vector<double>{1, 0, 0.25, -2}));
  EXPECT_EQ(gradient_of("mean_absolute_error", scores, targets),
            (std::vector<double>{0.25, 0, 0.25, -0.25}));
  EXPECT_EQ(gradient_of("huber", scores, targets), (std::vector<double>{0.25, 0, 0.125, -0.25}));
}

long double cost(const std::string& id, long double d) {
  const long double size = std::abs(d);
  return id == "mean_squared_error"    ? d * d
         : id == "mean_absolute_error" ? size
         : size <= 1                   ? d * d / 2
                                       : size - 0.5L;
}

// In long double a difference of two costs has 11 bits more than the change has.
TEST(DistanceLoss, ChangesWithoutCancellation) {
  for (const auto& entry : losses<double>(Task::regression)) {
    const std::string id(entry.id);
    const auto loss = entry.make();
    for (const double d : {0.0, 1e-5, 0.3, 0.9999, 1.0, 1.0001, 1.5, 40.0}) {
      for (const double m : {0.0, 1e-4, 3e-4, 0.01, 0.7, 2.5, 90.0}) {
        for (const double sign : {1.0, -1.0}) {
          for (const double way : {1.0, -1.0}) {
            const std::vector<double> scores{sign * d};
            const std::vector<double> zero{0};
            std::vector<double> moves{way * m};
            std::vector<double> changes(1);
            loss->changes_into(scores, MatrixView<const double>(zero.data(), 1, 1),
                               {moves.data(), 1, 1}, changes);
            const long double from = sign * d;
            const long double exact = cost(id, from + way * m) - cost(id, from);
            // Some roundings of the pieces that are added, none longer than the way times the
            // steepest slope; and of the two costs in long double.
            const double own = 4e-16 * m * std::max(1.0, 2 * (d + m));
            const double of_costs = 3e-19 * (1 + (d + m) * (d + m));
            EXPECT_NEAR(changes[0], static_cast<double>(exact), own + of_costs)
                << id << " " << sign * d << " by " << way * m;
          }
        }
      }
    }
  }
}

TEST(DistanceLoss, SaysWhatDoesNotFit) {
  const auto loss = losses<float>(Task::regression).find("huber").make();
  const std::vector<float> six(6);
  const MatrixView<const float> scores(six.data(), 3, 2);
  EXPECT_EQ(thrown<ShapeError>([&] {
              static_cast<void>(loss->value(scores, MatrixView<const float>(six.data(), 2, 3)));
            }),
            "HuberLoss: got a (3, 2) matrix and (2, 3) numbers to learn, expected the same shape "
            "with at least one of each");
  EXPECT_EQ(thrown<ShapeError>([&] {
              static_cast<void>(loss->value(scores, std::vector<Label>{0, 1, 0}));
            }),
            "HuberLoss: got labels, expected numbers to learn");
}

TEST(Losses, OfOneTaskAreNotThoseOfTheOther) {
  EXPECT_EQ(thrown<ValueError>(
                [] { static_cast<void>(losses<float>(Task::classification).find("huber")); }),
            "unknown loss for classes \"huber\"; there are cross_entropy, mean_squared_error");
  EXPECT_EQ(losses<double>(Task::regression).ids(" "),
            "mean_squared_error mean_absolute_error huber");
  EXPECT_EQ(losses<double>(Task::regression).ids(" "), losses<float>(Task::regression).ids(" "));
}

}  // namespace
}  // namespace gradus
