// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "gradus/lab/run_figures.hpp"
#include "gradus/texts/texts.hpp"

namespace gradus {
namespace {

std::string words(Language language, const Axis& axis) {
  return text(language, "run", axis.label, axis.values);
}

std::string words(Language language, const Series& series) {
  return text(language, "run", series.label, series.values);
}

/// Class 1 where x > y.
AnyModel some_classes() {
  Model<float> model{.network = {.layer_sizes = {2, 2}},
                     .sample_shape = Shape{2},
                     .parameters = {0, 1, 0, -1, 0, 0}};
  model.layout.features = {{.name = "width", .place = 0, .words = {}, .fill = {}},
                           {.name = "", .place = 4, .words = {}, .fill = {}}};
  return model;
}

Dataset some_points() {
  return {.name = "some",
          .sample_shape = {2},
          .num_classes = 2,
          .class_names = {"low", "high"},
          .train = {.num_features = 2,
                    .bytes = {},
                    .values = {0, 5, 10, -5, 9, 9},
                    .labels = {0, 1, 1}},
          .test = {.num_features = 2, .bytes = {}, .values = {2, 15}, .labels = {0}}};
}

TEST(RegionsFigure, HasTheAnswerOfEveryPlaceAroundThePoints) {
  const Figure figure = regions_figure(some_classes(), some_points());
  EXPECT_EQ(figure.x.range, std::pair(-0.5, 10.5)) << "5 % of the width beyond the points";
  EXPECT_EQ(figure.y.range, std::pair(-6.0, 16.0));
  const Series& regions = figure.series.at(0);
  EXPECT_EQ(regions.kind, SeriesKind::regions);
  EXPECT_EQ(regions.x.front(), -0.5);
  EXPECT_EQ(regions.x.back(), 10.5);
  ASSERT_EQ(regions.z.size(), regions.x.size() * regions.y.size());
  for (std::size_t i = 0; i < regions.x.size(); ++i) {
    for (std::size_t j = 0; j < regions.y.size(); ++j) {
      if (std::abs(regions.x[i] - regions.y[j]) > 1e-5) {
        EXPECT_EQ(regions.z[i * regions.y.size() + j], regions.x[i] > regions.y[j] ? 1 : 0);
      }
    }
  }
}

TEST(RegionsFigure, HasEdgesWhereTheAnswerChangesAlone) {
  const Figure figure = regions_figure(some_classes(), some_points());
  const Series& regions = figure.series.at(0);
  const Series& edges = figure.series.at(1);
  const double cell = std::max(regions.x[1] - regions.x[0], regions.y[1] - regions.y[0]);
  EXPECT_EQ(edges.kind, SeriesKind::trace);
  EXPECT_GE(edges.x.size(), 3 * regions.x.size()) << "one for each column of cells at least";
  for (std::size_t i = 0; i < edges.x.size(); ++i) {
    EXPECT_EQ(std::isnan(edges.x[i]), i % 3 == 2) << "a gap after each piece";
    if (i % 3 != 2) {
      EXPECT_LE(std::abs(edges.x[i] - edges.y[i]), 2 * cell) << "the answer changes at x = y";
    }
  }
}

TEST(RegionsFigure, HasThePointsOfEachClass) {
  const Figure figure = regions_figure(some_classes(), some_points());
  ASSERT_EQ(figure.series.size(), 6U);
  const Series& train_low = figure.series[2];
  const Series& test_low = figure.series[3];
  const Series& train_high = figure.series[4];
  EXPECT_EQ(train_low.kind, SeriesKind::hollow_points);
  EXPECT_EQ(train_low.x, std::vector<double>{0});
  EXPECT_EQ(train_low.y, std::vector<double>{5});
  EXPECT_EQ(test_low.kind, SeriesKind::points);
  EXPECT_EQ(test_low.y, std::vector<double>{15});
  EXPECT_EQ(train_high.x, (std::vector<double>{10, 9}));
  EXPECT_EQ(figure.series[5].x.size(), 0U);
  EXPECT_EQ(train_low.group, test_low.group);
  EXPECT_NE(train_low.group, train_high.group);
  EXPECT_EQ(words(Language::english, train_high), "class high, training");
  EXPECT_EQ(words(Language::korean, test_low), "클래스 low, 시험");
}

TEST(RegionsFigure, CallsItsAxesAsTheColumnsAreCalled) {
  const Figure figure = regions_figure(some_classes(), some_points());
  EXPECT_EQ(words(Language::english, figure.x), "width");
  EXPECT_EQ(words(Language::english, figure.y), "column 5");
  EXPECT_EQ(words(Language::korean, figure.y), "5번째 열");
}

TEST(RegionsFigure, DrawsAMillionSamplesByAThousand) {
  Dataset many = some_points();
  many.train.values.assign(400'000, 1);
  many.train.labels.assign(200'000, 0);
  EXPECT_EQ(regions_figure(some_classes(), many).series[2].x.size(), 1000U);
}

TEST(CurveFigure, HasTheAnswersInTheUnitsOfTheDataOverThePoints) {
  // y = 1000 + 20 * 3 * (x - 50) / 10, as columns are standardized and put back.
  Model<double> model{.network = {.layer_sizes = {1, 1}},
                      .loss = "mean_squared_error",
                      .scaling = InputScaling(Standardization{{50}, {10}}),
                      .sample_shape = Shape{1},
                      .parameters = {3, 0},
                      .targets = {{1000}, {20}},
                      .target_names = {"price"}};
  Dataset data = some_points();
  data.train = {
      .num_features = 1, .bytes = {}, .values = {40, 60}, .num_targets = 1, .targets = {900, 1100}};
  data.test = {.num_features = 1, .bytes = {}, .values = {50}, .num_targets = 1, .targets = {1010}};
  const Figure figure = curve_figure(model, data, 0);
  ASSERT_EQ(figure.series.size(), 3U);
  EXPECT_EQ(figure.series[0].x, (std::vector<double>{40, 60}));
  EXPECT_EQ(figure.series[0].y, (std::vector<double>{900, 1100}));
  EXPECT_EQ(figure.series[1].y, std::vector<double>{1010});
  const Series& curve = figure.series[2];
  EXPECT_EQ(curve.kind, SeriesKind::line);
  EXPECT_EQ(curve.x.front(), 39);
  EXPECT_EQ(curve.x.back(), 61);
  for (std::size_t i = 0; i < curve.x.size(); ++i) {
    // x becomes a float on its way, half of 2^-18 off at most, and the slope is 6
    EXPECT_NEAR(curve.y[i], 1000 + 6 * (curve.x[i] - 50), 6 * 0x1p-19 + 1e-9);
  }
  EXPECT_EQ(words(Language::english, figure.x), "column 1");
  EXPECT_EQ(words(Language::english, figure.y), "price");
  EXPECT_EQ(words(Language::english, curve), "the network's answer");
}

}  // namespace
}  // namespace gradus
