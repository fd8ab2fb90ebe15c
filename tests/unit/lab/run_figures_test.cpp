// SPDX-License-Identifier: MIT
#include "gradus/lab/run_figures.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "gradus/texts/texts.hpp"

namespace gradus {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// Each text of the figure is there in both languages, or this throws.
void read_texts(const Figure& figure) {
  for (const Language language : {Language::english, Language::korean}) {
    static_cast<void>(text(language, "run", figure.title, figure.values));
    for (const Axis& axis : {figure.x, figure.y, figure.z.value_or(Axis{})}) {
      if (!axis.label.empty()) {
        static_cast<void>(text(language, "run", axis.label, axis.values));
      }
    }
    for (const Series& series : figure.series) {
      if (!series.label.empty()) {
        static_cast<void>(text(language, "run", series.label, series.values));
      }
    }
  }
}

RunCurves run_of(std::string name, std::vector<double> losses,
                 std::vector<ScoreRecord> records = {}) {
  return {std::move(name), std::move(losses), std::move(records)};
}

TEST(Smoothed, IsTheMeanOfWhatIsAround) {
  const std::vector<double> numbers{1, 2, 4, 8, 16};
  EXPECT_EQ(smoothed(numbers, 1), numbers);
  const std::vector<double> means = smoothed(numbers, 3);
  const std::vector<double> expected{1.5, 7.0 / 3, 14.0 / 3, 28.0 / 3, 12};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_DOUBLE_EQ(means[i], expected[i]);
  }
  EXPECT_EQ(smoothed(numbers, 99), std::vector<double>(5, 31.0 / 5));
  EXPECT_TRUE(smoothed({}, 3).empty());
}

TEST(Smoothed, PassesOverWhatIsNotFinite) {
  const std::vector<double> numbers{2, 4, std::numeric_limits<double>::infinity(), not_a_number,
                                    not_a_number};
  const std::vector<double> means = smoothed(numbers, 3);
  EXPECT_EQ(means[1], 3);
  EXPECT_EQ(means[2], 4);
  EXPECT_TRUE(std::isnan(means[3]));
}

TEST(LossFigure, HasTheNoiseBeneathTheMean) {
  std::vector<double> losses(10'000);
  for (std::size_t i = 0; i < losses.size(); ++i) {
    losses[i] = i % 2 == 0 ? 1 : 3;
  }
  losses[4711] = 9;
  const Figure figure = *loss_figure(std::array{run_of("a", losses)});
  read_texts(figure);
  ASSERT_EQ(figure.series.size(), 2U);
  const Series& trace = figure.series[0];
  EXPECT_EQ(trace.kind, SeriesKind::trace);
  EXPECT_LE(trace.x.size(), 2000U);
  EXPECT_TRUE(std::is_sorted(trace.x.begin(), trace.x.end()));
  for (std::size_t i = 0; i < trace.x.size(); ++i) {
    EXPECT_EQ(trace.y[i], losses[static_cast<std::size_t>(trace.x[i])]);
  }
  // Thinned out, but what stands out is still there.
  EXPECT_EQ(*std::max_element(trace.y.begin(), trace.y.end()), 9);
  EXPECT_EQ(*std::min_element(trace.y.begin(), trace.y.end()), 1);
  const Series& line = figure.series[1];
  EXPECT_EQ(line.kind, SeriesKind::line);
  EXPECT_EQ(std::get<double>(line.values.at(0).value), 201);
  EXPECT_EQ(line.x.back(), 9999);
  for (const double mean : line.y) {
    EXPECT_NEAR(mean, 2, 0.05);  // 201 numbers, or 101 at the ends, and the one that stands out
  }
}

TEST(LossFigure, ShowsEachRunByItsNameWhenThereAreSeveral) {
  const std::array runs{run_of("a", std::vector<double>(50, 2)), run_of("none", {}),
                        run_of("b", std::vector<double>(80, 1))};
  const Figure figure = *loss_figure(runs);
  read_texts(figure);
  ASSERT_EQ(figure.series.size(), 2U);
  EXPECT_EQ(std::get<std::string>(figure.series[1].values.at(0).value), "b");
  EXPECT_EQ(figure.series[1].x.size(), 80U);
  EXPECT_FALSE(figure.y.is_log);
}

TEST(LossFigure, HasALogarithmicAxisForRunsFarApart) {
  EXPECT_TRUE(loss_figure(std::array{run_of("a", {40, 50}), run_of("b", {0.1, 0.2})})->y.is_log);
  EXPECT_FALSE(loss_figure(std::array{run_of("a", {40, 50}), run_of("b", {-0.1, 0})})->y.is_log);
}

TEST(LossFigure, IsNoneWithoutALossToShow) {
  EXPECT_FALSE(loss_figure(std::array{run_of("a", {})}));
  EXPECT_FALSE(loss_figure(std::array{run_of("a", {not_a_number})}));
  const Figure one = *loss_figure(std::array{run_of("a", {2.5})});
  EXPECT_EQ(one.series.at(0).kind, SeriesKind::points);
  read_texts(one);
}

TEST(AccuracyFigure, HasWhatWasMeasured) {
  const std::vector<ScoreRecord> records{{0, 0, 0.1, 0.2, 0.3, 2.0}, {600, 1, 0.8, 0.7, 0.6, 1.0}};
  const Figure one = *score_figure(std::array{run_of("a", {}, records)});
  read_texts(one);
  ASSERT_EQ(one.series.size(), 3U);
  EXPECT_EQ(one.series[0].x, (std::vector<double>{0, 600}));
  EXPECT_EQ(one.series[0].y, (std::vector<double>{0.1, 0.8}));
  EXPECT_EQ(one.series[1].y, (std::vector<double>{0.2, 0.7}));
  EXPECT_EQ(one.series[2].y, (std::vector<double>{0.3, 0.6}));
  const Figure two = *score_figure(
      std::array{run_of("a", {}, records), run_of("b", {}, {{5, 1, 0.5, 0.4, {}, {}}})});
  read_texts(two);
  ASSERT_EQ(two.series.size(), 2U);
  EXPECT_EQ(two.series[0].y, (std::vector<double>{0.2, 0.7}));
  EXPECT_EQ(two.series[1].kind, SeriesKind::points);
  EXPECT_FALSE(score_figure(std::array{run_of("a", {1, 2})}));
}

Model<double> model_of(std::size_t num_units, Shape shape) {
  Model<double> model;
  model.network.layer_sizes = {4, num_units, 2};
  model.sample_shape = std::move(shape);
  model.parameters.resize(4 * num_units + num_units + 2 * num_units + 2);
  for (std::size_t i = 0; i < model.parameters.size(); ++i) {
    model.parameters[i] = static_cast<double>(i);
  }
  return model;
}

TEST(WeightsFigure, LaysTheWeightsOfAUnitOutAsThePixelsAre) {
  const Figure figure = *weights_figure(model_of(3, Shape{2, 2}));
  read_texts(figure);
  const Series& image = figure.series.at(0);
  EXPECT_EQ(image.x.size(), 8U);  // three pictures of two pixels, and a line between
  EXPECT_EQ(image.y.size(), 2U);
  // W1 is (4, 3): pixel 2, the left one of the second row, of unit 1 is W1[2, 1] = 7.
  EXPECT_EQ(image.z.at(3 * 2 + 1), 7);
  EXPECT_TRUE(std::isnan(image.z.at(2 * 2)));
}

TEST(WeightsFigure, ShowsNoMoreUnitsThanCanBeSeen) {
  const Figure figure = *weights_figure(model_of(60, Shape{2, 2}));
  read_texts(figure);
  EXPECT_EQ(std::get<double>(figure.values.at(0).value), 50);
  EXPECT_EQ(figure.series.at(0).y.size(), 14U);
}

TEST(WeightsFigure, IsNoneOfSamplesThatAreNoPictures) {
  EXPECT_FALSE(weights_figure(model_of(3, Shape{4})));
  EXPECT_FALSE(weights_figure(model_of(3, Shape{1, 4})));
}

TEST(ConfusionFigure, HasThePercentOfEachTrueClass) {
  Evaluation evaluation;
  evaluation.confusion = Array<std::uint64_t>(Shape{2, 2}, std::vector<std::uint64_t>{2, 1, 0, 8});
  const Figure figure = confusion_figure(evaluation, {});
  read_texts(figure);
  const Series& image = figure.series.at(0);
  EXPECT_EQ(image.z.at(0 * 2 + 0), 66.7);  // predicted 0, true 0
  EXPECT_EQ(image.z.at(1 * 2 + 0), 33.3);  // predicted 1, true 0
  EXPECT_TRUE(std::isnan(image.z.at(0 * 2 + 1)));
  EXPECT_EQ(image.z.at(1 * 2 + 1), 100);
  EXPECT_EQ(figure.y.names, (std::vector<std::string>{"0", "1"}));
  const std::vector<std::string> names{"cat", "dog"};
  EXPECT_EQ(confusion_figure(evaluation, names).x.names, names);
}

TEST(ScoreFigure, OfNumbersIsOfR2) {
  RunCurves run = run_of("a", {}, {{0, 0, 0.1, 0.2, {}, {}}, {600, 1, 0.8, 0.7, {}, {}}});
  run.task = Task::regression;
  const Figure one = *score_figure(std::array{run});
  read_texts(one);
  EXPECT_EQ(one.y.label, "r2");
  EXPECT_EQ(one.series.at(1).y, (std::vector<double>{0.2, 0.7}));
  const Figure two = *score_figure(std::array{run, run});
  read_texts(two);
  EXPECT_EQ(two.title, "r2s_figure");
}

TEST(PredictionsFigure, HasTheAnswersOfItsTarget) {
  const std::vector<Miss> misses{{7, 0, 1, 5, 4}, {2, 1, 100, 103, 3}, {3, 0, 2, 1, 1}};
  const Figure predictions = predictions_figure(misses, 0, "price");
  read_texts(predictions);
  EXPECT_EQ(predictions.series.at(0).x, (std::vector<double>{1, 2}));
  EXPECT_EQ(predictions.series.at(0).y, (std::vector<double>{1, 2}));
  EXPECT_EQ(predictions.series.at(1).x, (std::vector<double>{1, 2}));
  EXPECT_EQ(predictions.series.at(1).y, (std::vector<double>{5, 1}));
  const Figure residuals = residuals_figure(misses, 0, "price");
  read_texts(residuals);
  EXPECT_EQ(residuals.series.at(0).y, (std::vector<double>{0, 0}));
  EXPECT_EQ(residuals.series.at(1).x, (std::vector<double>{5, 1}));
  EXPECT_EQ(residuals.series.at(1).y, (std::vector<double>{4, -1}));
}

}  // namespace
}  // namespace gradus
