// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

#include "gradus/data/digits.hpp"
#include "unit/lab/result_of.hpp"

namespace gradus {
namespace {

std::array<std::uint8_t, num_digit_pixels> test_image(std::uint64_t i) {
  std::array<std::uint8_t, num_digit_pixels> image{};
  draw_digit(default_digits_seed, first_digit_test_index + i, image);
  return image;
}

TEST(LabParadigms, ShowsTheImageThatIsAskedFor) {
  const Result result = result_of("paradigms", {"image=4"});
  const Series& picture = result.figures.at(0).series.at(0);
  const auto image = test_image(4);
  for (std::size_t pixel = 0; pixel < num_digit_pixels; ++pixel) {
    EXPECT_EQ(picture.z.at(pixel % 28 * 28 + pixel / 28), image[pixel] / 255.0);
  }
}

TEST(LabParadigms, CountsTheSameByRulesByDigitsAndByImages) {
  const Result result = result_of("paradigms");
  const Table& rules = result.tables.at(1);
  double used = 0;
  double right = 0;
  for (std::size_t row = 0; row < rules.rows.size(); ++row) {
    used += cell(rules, row, "used");
    right +=
        cell(rules, row, "used") == 0 ? 0 : cell(rules, row, "used") * cell(rules, row, "right");
  }
  EXPECT_EQ(used, 300);
  EXPECT_NEAR(right / 300, scalar(result, "rules"), 1e-12);

  std::array<double, 10> count{};
  for (std::uint64_t i = 0; i < 300; ++i) {
    std::array<std::uint8_t, num_digit_pixels> image{};
    count.at(draw_digit(default_digits_seed, first_digit_test_index + i, image)) += 1;
  }
  const Figure& digits = result.figures.at(2);
  double all_right = 0;
  for (std::size_t way = 0; way < 3; ++way) {
    double of_way = 0;
    for (std::size_t digit = 0; digit < 10; ++digit) {
      of_way += count.at(digit) * digits.series.at(way).y.at(digit);
    }
    EXPECT_NEAR(of_way / 300, scalar(result, digits.series[way].label), 1e-12);
    all_right += of_way;
  }
  EXPECT_NEAR(said(result, "agreement", "one") + 2 * said(result, "agreement", "two") +
                  3 * said(result, "agreement", "all"),
              all_right, 1e-9);
}

TEST(LabParadigms, ListsImagesOfWhichNotAllSayTheSame) {
  const Result result = result_of("paradigms");
  const Table& disputed = result.tables.at(2);
  for (std::size_t row = 0; row < disputed.rows.size(); ++row) {
    EXPECT_FALSE(cell(disputed, row, "rules") == cell(disputed, row, "net") &&
                 cell(disputed, row, "net") == cell(disputed, row, "neighbour"));
  }
}

TEST(LabParadigms, LearnsFromMoreImagesUnlessItIsRules) {
  const Result few = result_of("paradigms", {"images=50"});
  const Result many = result_of("paradigms", {"images=1000"});
  EXPECT_EQ(scalar(few, "rules"), scalar(many, "rules"));
  EXPECT_LT(scalar(few, "neighbour"), scalar(many, "neighbour"));
  EXPECT_LT(scalar(few, "net"), scalar(many, "net"));
}

// With two directions a slope at the angle a counts |1 - 2a/pi| for level slopes and the rest for
// upright ones.
TEST(LabParadigms, DrawsHowTheEdgesRun) {
  const Result result = result_of("paradigms", {"cell=14", "directions=2"});
  const auto image = test_image(0);
  const auto ink = [&](std::size_t row, std::size_t col) {
    return image.at(row * 28 + col) / 255.0;
  };
  std::array<double, 8> votes{};
  for (std::size_t row = 0; row < 28; ++row) {
    for (std::size_t col = 0; col < 28; ++col) {
      const double across = ink(row, std::min<std::size_t>(col + 1, 27)) -
                            ink(row, col - std::min<std::size_t>(col, 1));
      const double down = ink(std::min<std::size_t>(row + 1, 27), col) -
                          ink(row - std::min<std::size_t>(row, 1), col);
      double angle = std::atan2(down, across);
      angle = angle < 0 ? angle + std::numbers::pi : angle;
      const double level = std::abs(1 - 2 * angle / std::numbers::pi) * std::hypot(across, down);
      const std::size_t cell_at = row / 14 * 2 + col / 14;
      votes.at(cell_at * 2) += level;
      votes.at(cell_at * 2 + 1) += std::hypot(across, down) - level;
    }
  }
  const double most = *std::max_element(votes.begin(), votes.end());
  const Series& lines = result.figures.at(1).series.at(0);
  ASSERT_EQ(lines.x.size(), 8U * 3);
  for (std::size_t line = 0; line < 8; ++line) {
    const double width = std::abs(lines.x[line * 3 + 1] - lines.x[line * 3]);
    const double height = std::abs(lines.y[line * 3 + 1] - lines.y[line * 3]);
    // The edge runs across the slope: up where the slope is level.
    EXPECT_NEAR(line % 2 == 0 ? height : width, votes.at(line) / most, 1e-12) << line;
    EXPECT_NEAR(line % 2 == 0 ? width : height, 0, 1e-12) << line;
  }
}

}  // namespace
}  // namespace gradus
