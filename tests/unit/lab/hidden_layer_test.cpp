// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/core/random.hpp"
#include "lab/experiments/best_line.hpp"
#include "lab/experiments/mean_of_runs.hpp"
#include "lab/experiments/plane_points.hpp"
#include "unit/formats/thrown.hpp"
#include "unit/lab/result_of.hpp"

namespace gradus {
namespace {

Samples corners() {
  Samples samples;
  samples.num_features = 2;
  samples.values = {0, 0, 0, 1, 1, 0, 1, 1};
  samples.labels = {0, 1, 1, 0};
  return samples;
}

std::size_t num_correct(const Samples& samples, double w0, double w1, double b) {
  std::size_t above = 0;
  for (std::size_t n = 0; n < samples.labels.size(); ++n) {
    const bool is_above = w0 * samples.values[2 * n] + w1 * samples.values[2 * n + 1] + b > 0;
    above += is_above == (samples.labels[n] == 1) ? 1U : 0U;
  }
  return std::max(above, samples.labels.size() - above);
}

/// The most that any of many random lines gets right.
std::size_t best_of_random_lines(const Samples& samples, std::size_t count) {
  Random random(1, Stream::sampling);
  std::size_t best = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double w0 = random.normal();
    const double w1 = random.normal();
    best = std::max(best, num_correct(samples, w0, w1, random.normal()));
  }
  return best;
}

TEST(BestLine, GetsThreeOfFourCornersRightAsTheBestOfRandomLinesDoes) {
  EXPECT_EQ(best_line(corners(), 180).num_correct, 3U);
  EXPECT_EQ(best_of_random_lines(corners(), 100'000), 3U);
}

TEST(BestLine, IsAtLeastAsGoodAsRandomLinesAndCountsWhatItGetsRight) {
  for (const std::string_view kind : two_class_kinds()) {
    const Samples samples =
        plane_points({.kind = std::string(kind), .num_samples = 100}, min_plane_samples).train;
    const BestLine best = best_line(samples, 180);
    EXPECT_EQ(best.num_correct,
              num_correct(samples, best.line.normal_0, best.line.normal_1, -best.line.offset))
        << kind;
    // Between two of 180 directions a line may do a point or two better.
    EXPECT_GE(best.num_correct + 2, best_of_random_lines(samples, 20'000)) << kind;
  }
}

TEST(MeanOfRuns, HasTheStandardErrorOfTheMean) {
  const MeanOfRuns runs = mean_of_runs(std::array{1.0, 2.0, 6.0});
  EXPECT_DOUBLE_EQ(runs.mean, 3);
  EXPECT_DOUBLE_EQ(runs.error, std::sqrt(7.0 / 3));  // the variance is (4 + 1 + 9) / 2
  EXPECT_EQ(runs.lowest, 1);
  EXPECT_EQ(runs.highest, 6);
}

TEST(MeanOfRuns, ComparesRunByRun) {
  const std::array low{1.0, 5.0, 9.0};
  const std::array high{1.1, 5.2, 9.1};
  EXPECT_TRUE(is_clearly_above(high, low));  // though the runs differ far more among themselves
  EXPECT_FALSE(is_clearly_above(low, high));
  EXPECT_FALSE(is_clearly_above(low, low));
  EXPECT_FALSE(is_clearly_above(std::array{1.0, 6.0, 9.0}, std::array{2.0, 4.0, 8.5}));
}

TEST(PlanePoints, AreAsManyAsWantedAndNoneIsInBothHalves) {
  const Dataset points = plane_points({.kind = "sine", .num_samples = 40}, 500);
  EXPECT_EQ(points.train.num_samples(), 40U);
  EXPECT_EQ(points.test.num_samples(), 500U);
  check_samples(points.train);
  check_samples(points.test);
  const std::set<float> learned(points.train.values.begin(), points.train.values.end());
  for (const float x : points.test.values) {
    EXPECT_FALSE(learned.contains(x));
  }
}

/// With nothing set, computed once.
const Result& usual_nets() {
  static const Result result = result_of("hidden-layer");
  return result;
}

TEST(LabHiddenLayer, NeedsSomeUnitsForXor) {
  const Result& result = usual_nets();
  const Table& table = result.tables.at(0);
  ASSERT_EQ(table.rows.size(), 5U);
  EXPECT_LT(cell(table, 0, "train_accuracy"), scalar(result, "best_line_share") + 0.02);
  EXPECT_GT(cell(table, 2, "test_accuracy"), cell(table, 0, "test_accuracy") + 0.3);
  EXPECT_TRUE(says(result, "enough"));
  EXPECT_EQ(said(result, "corners", "right"), 3);
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    EXPECT_LE(cell(table, row, "lowest"), cell(table, row, "test_accuracy"));
    EXPECT_GE(cell(table, row, "highest"), cell(table, row, "test_accuracy"));
    const double units = cell(table, row, "units");
    EXPECT_EQ(cell(table, row, "parameters"), units == 0 ? 6 : 2 * units + units + 2 * units + 2);
  }
}

TEST(LabHiddenLayer, TellsOfChanceBetweenRunsWhatTheTableHas) {
  const Result& result = usual_nets();
  const Table& table = result.tables.at(0);
  double widest = 0;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    widest = std::max(widest, cell(table, row, "highest") - cell(table, row, "lowest"));
  }
  EXPECT_NEAR(said(result, "luck", "highest") - said(result, "luck", "lowest"), 100 * widest, 1e-9);
}

TEST(LabHiddenLayer, DoesNoBetterThanALineWithoutAnActivation) {
  const Result result = result_of("hidden-layer", {"activation=identity"});
  EXPECT_TRUE(says(result, "identity_is_one_line"));
  EXPECT_TRUE(says(result, "fewest_do"));
  const Table& table = result.tables.at(0);
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    EXPECT_LT(cell(table, row, "train_accuracy"), 0.75);
  }
  // What such a net says of the places along any straight way rises or falls all the way: its
  // picture has no hills. The last panel, one row of cells.
  const Series& image = result.figures.at(1).series.at(0);
  const std::size_t height = image.y.size();
  const std::size_t first = image.x.size() - 15;
  int turns = 0;
  for (std::size_t i = first + 2; i < image.x.size(); ++i) {
    const double before = image.z[(i - 1) * height + 7] - image.z[(i - 2) * height + 7];
    const double after = image.z[i * height + 7] - image.z[(i - 1) * height + 7];
    turns += before * after < 0 ? 1 : 0;
  }
  EXPECT_EQ(turns, 0);
}

TEST(LabHiddenLayer, SaysThatMoreUnitsMayHelpWhenTheMostAreBest) {
  EXPECT_TRUE(says(result_of("hidden-layer", {"units=0,1,3"}), "more_may_help"));
  EXPECT_TRUE(says(result_of("hidden-layer", {"units=4"}), "one_number"));
  EXPECT_TRUE(says(result_of("hidden-layer", {"data=spirals"}), "more_may_help"));
}

TEST(LabHiddenLayer, ShowsEachNetWhereItsPointsAre) {
  const Result& result = usual_nets();
  // With 16 units nearly every training point of run 1 lies in its colour.
  const Series& image = result.figures.at(1).series.at(0);
  const Figure& points = result.figures.at(2);
  const double reach = points.x.range->second;
  std::size_t right = 0;
  std::size_t all = 0;
  for (std::size_t label = 0; label < 2; ++label) {
    const Series& series = points.series.at(label);
    for (std::size_t n = 0; n < series.x.size(); ++n) {
      const auto across = static_cast<std::size_t>(std::lround(7 * (series.x[n] / reach + 1)));
      const auto down = static_cast<std::size_t>(std::lround(7 * (1 - series.y[n] / reach)));
      const double answer = image.z[(4 * 16 + across) * image.y.size() + down];
      right += (answer > 0) == (label == 1) ? 1U : 0U;
      ++all;
    }
  }
  EXPECT_EQ(all, 200U);
  EXPECT_GT(right, 185U);
}

/// The signs of n random lines at places around each crossing of two: every piece of the plane has
/// such a corner.
std::size_t num_pieces(std::size_t n) {
  Random random(n, Stream::sampling);
  std::vector<std::array<double, 3>> lines(n);
  for (auto& line : lines) {
    line = {random.normal(), random.normal(), random.normal()};
  }
  std::set<std::string> pieces;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const auto& a = lines[i];
      const auto& b = lines[j];
      const double d = a[0] * b[1] - a[1] * b[0];
      const double x = (a[1] * b[2] - a[2] * b[1]) / d;
      const double y = (a[2] * b[0] - a[0] * b[2]) / d;
      for (int k = 0; k < 360; ++k) {
        std::string signs;
        for (const auto& line : lines) {
          const double angle = k * 3.14159265358979 / 180;
          const double at_x = x + 1e-6 * std::cos(angle);
          const double at_y = y + 1e-6 * std::sin(angle);
          signs += line[0] * at_x + line[1] * at_y + line[2] > 0 ? '+' : '-';
        }
        pieces.insert(signs);
      }
    }
  }
  return pieces.size();
}

TEST(LabHiddenLayer, CountsThePiecesThatLinesCutThePlaneInto) {
  for (std::size_t n = 2; n <= 6; ++n) {
    EXPECT_EQ(num_pieces(n), 1 + n + n * (n - 1) / 2) << n;
  }
}

TEST(LabHiddenLayer, WantsWholeNumbersThatGrow) {
  for (const char* const units : {"units=2.5", "units=4,2", "units=2,2"}) {
    const std::string complaint =
        thrown<ValueError>([&] { static_cast<void>(result_of("hidden-layer", {units})); });
    EXPECT_TRUE(complaint.ends_with("expected whole numbers that grow")) << complaint;
  }
}

}  // namespace
}  // namespace gradus
