// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <set>
#include <vector>

#include "gradus/data/digits.hpp"
#include "gradus/nn/initialize.hpp"
#include "gradus/nn/network.hpp"
#include "unit/lab/result_of.hpp"

namespace gradus {
namespace {

/// A pixel of one of four pictures side by side.
double pixel_of(const Series& sheet, std::size_t picture, std::size_t row, std::size_t col) {
  return sheet.z.at((picture * 29 + col) * 28 + row);
}

TEST(LabWeights, AreColumnsOfTheFirstLayer) {
  const Series sheet =
      result_of("weights", {"hidden=4", "iterations=0"}).figures.at(0).series.at(0);
  ASSERT_EQ(sheet.x.size(), 4U * 28 + 3);
  ASSERT_EQ(sheet.y.size(), 28U);
  const Network<float> network({.layer_sizes = {784, 4, 10}});
  std::vector<float> first(network.num_parameters());
  initialize<float>(network, {}, 1, first);
  for (std::size_t unit = 0; unit < 4; ++unit) {
    for (std::size_t pixel = 0; pixel < 784; ++pixel) {
      EXPECT_EQ(pixel_of(sheet, unit, pixel / 28, pixel % 28), first[pixel * 4 + unit]);
    }
  }
  EXPECT_TRUE(std::isnan(sheet.z.at(28 * 28)));  // between two pictures
}

TEST(LabWeights, StayWhereNoImageHasInk) {
  const Series before = result_of("weights", {"hidden=4", "iterations=0"}).figures.at(0).series[0];
  const Result result = result_of("weights", {"hidden=4", "iterations=50"});
  const Series after = result.figures.at(0).series.at(0);
  std::set<std::size_t> inked;
  std::array<std::uint8_t, num_digit_pixels> image{};
  for (std::uint64_t i = 0; i < 1000; ++i) {
    draw_digit(default_digits_seed, i, image);
    for (std::size_t pixel = 0; pixel < 784; ++pixel) {
      if (image[pixel] > 0) {
        inked.insert(pixel);
      }
    }
  }
  EXPECT_EQ(said(result, "margin_stays", "pixels"), 784.0 - static_cast<double>(inked.size()));
  for (std::size_t pixel = 0; pixel < 784; ++pixel) {
    const bool stayed =
        pixel_of(before, 0, pixel / 28, pixel % 28) == pixel_of(after, 0, pixel / 28, pixel % 28);
    EXPECT_EQ(stayed, !inked.contains(pixel)) << pixel;
  }
}

TEST(LabWeights, ShowsTheSurestMistakesFirst) {
  const Result result = result_of("weights");
  EXPECT_DOUBLE_EQ(scalar(result, "misread_count"), 500 * (1 - scalar(result, "test_accuracy")));
  const Table& misread = result.tables.at(1);
  ASSERT_EQ(misread.rows.size(), 12U);
  for (std::size_t row = 0; row < 12; ++row) {
    EXPECT_NE(cell(misread, row, "truth"), cell(misread, row, "guess"));
    EXPECT_LE(cell(misread, row, "right"), cell(misread, row, "sure"));
    EXPECT_LE(cell(misread, row, "sure"), cell(misread, row == 0 ? 0 : row - 1, "sure"));
  }
  // The first picture is a test image of that digit.
  const Series& sheet = result.figures.at(1).series.at(0);
  std::array<std::uint8_t, num_digit_pixels> image{};
  const auto is_first = [&] {
    for (std::size_t pixel = 0; pixel < 784; ++pixel) {
      if (sheet.z.at(pixel % 28 * sheet.y.size() + pixel / 28) != image[pixel] / 255.0) {
        return false;
      }
    }
    return true;
  };
  std::size_t num_same = 0;
  for (std::uint64_t i = 0; i < 500; ++i) {
    const Label label = draw_digit(default_digits_seed, first_digit_test_index + i, image);
    if (is_first()) {
      EXPECT_EQ(label, cell(misread, 0, "truth"));
      ++num_same;
    }
  }
  EXPECT_EQ(num_same, 1U);
}

TEST(LabWeights, SaysWhenTheFirstWeightsHideWhatWasLearned) {
  EXPECT_TRUE(says(result_of("weights"), "margin_stays"));
  EXPECT_TRUE(says(result_of("weights", {"std=0.3"}), "first_weights_hide"));
}

TEST(LabWeights, NamesTheStrongestVoice) {
  const Result result = result_of("weights");
  const Table& units = result.tables.at(0);
  ASSERT_EQ(units.rows.size(), 12U);
  double most = 0;
  for (std::size_t row = 0; row < 12; ++row) {
    most = std::max(most, cell(units, row, "weight_for"));
  }
  const auto unit = static_cast<std::size_t>(said(result, "strongest_unit", "unit"));
  EXPECT_EQ(cell(units, unit - 1, "weight_for"), most);
  EXPECT_EQ(cell(units, unit - 1, "most_for"), said(result, "strongest_unit", "digit"));
}

}  // namespace
}  // namespace gradus
