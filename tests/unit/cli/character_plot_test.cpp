// SPDX-License-Identifier: MIT
#include "terminal/character_plot.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "gradus/runs/option_values.hpp"  // split
#include "terminal/text_layout.hpp"

namespace gradus::cli {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t label_columns = 11;
constexpr std::size_t plot_columns = 60;

Figure figure_of(std::vector<Series> series) {
  return {.title = "loss_figure",
          .x = {.label = "iteration"},
          .y = {.label = "loss"},
          .series = std::move(series)};
}

/// The lines of a plot; none when there is no plot.
std::vector<std::string> lines_of(const Figure& figure, Language language = Language::english) {
  const std::string plot = character_plot(figure, language, "run");
  std::vector<std::string> lines = split(plot, '\n');
  EXPECT_EQ(lines.back(), "") << "it does not end in a line end";
  lines.pop_back();
  return lines;
}

/// The braille characters of a plot as columns of rows: whether there is ink.
std::vector<std::vector<bool>> ink_of(const Figure& figure) {
  const std::vector<std::string> lines = lines_of(figure);
  std::vector<std::vector<bool>> ink;
  for (std::size_t i = 1; i + 1 < lines.size(); ++i) {
    ink.emplace_back();
    for (std::size_t at = label_columns; at < lines[i].size(); at += 3) {
      ink.back().push_back(lines[i].substr(at, 3) != "⠀");
    }
  }
  return ink;
}

std::size_t amount(const std::vector<std::vector<bool>>& ink) {
  std::size_t count = 0;
  for (const std::vector<bool>& row : ink) {
    count += static_cast<std::size_t>(std::count(row.begin(), row.end(), true));
  }
  return count;
}

TEST(CharacterPlot, HasATitleTheRangesAndTheNamesOfTheAxes) {
  const std::vector<std::string> lines =
      lines_of(figure_of({{.kind = SeriesKind::line, .x = {0, 400}, .y = {2.25, 0.125}}}));
  ASSERT_EQ(lines.size(), 14U);
  EXPECT_EQ(lines[0], "The loss while learning  (loss)");
  EXPECT_TRUE(lines[1].starts_with("      2.25 ")) << lines[1];
  EXPECT_TRUE(lines[12].starts_with("     0.125 ")) << lines[12];
  EXPECT_EQ(lines[13], std::string(label_columns, ' ') + "0" + std::string(plot_columns - 4, ' ') +
                           "400  iteration");
  for (std::size_t i = 1; i <= 12; ++i) {
    EXPECT_EQ(display_width(lines[i]), label_columns + plot_columns);
  }
}

TEST(CharacterPlot, HasItsCornersWhereTheNumbersAre) {
  const auto points = [](std::vector<double> x, std::vector<double> y) {
    return ink_of(figure_of({{.kind = SeriesKind::points, .x = std::move(x), .y = std::move(y)}}));
  };
  const auto rising = points({0, 1}, {0, 1});
  EXPECT_EQ(amount(rising), 2U);
  EXPECT_TRUE(rising.back().front() && rising.front().back());
  const auto falling = points({0, 1}, {1, 0});
  EXPECT_EQ(amount(falling), 2U);
  EXPECT_TRUE(falling.front().front() && falling.back().back());
}

TEST(CharacterPlot, ConnectsTheNumbersOfALineAndNotThePoints) {
  const auto line = ink_of(figure_of({{.kind = SeriesKind::line, .x = {0, 1}, .y = {0, 1}}}));
  for (std::size_t column = 0; column < plot_columns; ++column) {
    EXPECT_TRUE(std::any_of(line.begin(), line.end(), [column](const std::vector<bool>& row) {
      return row[column];
    })) << column;
  }
}

TEST(CharacterPlot, LeavesAGapWhereANumberIsNotFinite) {
  const auto ink =
      ink_of(figure_of({{.kind = SeriesKind::line, .x = {0, 1, 2}, .y = {0, nan, 1}}}));
  EXPECT_EQ(amount(ink), 2U);
  const auto level =
      ink_of(figure_of({{.kind = SeriesKind::points, .x = {0, 1, 2}, .y = {5, nan, 5}}}));
  EXPECT_EQ(amount(level), 2U) << "of equal numbers";
}

TEST(CharacterPlot, OfEqualNumbersIsALevelLine) {
  const auto ink = ink_of(figure_of({{.kind = SeriesKind::line, .x = {0, 1, 2}, .y = {5, 5, 5}}}));
  EXPECT_EQ(amount(ink), plot_columns);
  EXPECT_TRUE(std::any_of(ink.begin(), ink.end(), [](const std::vector<bool>& row) {
    return std::all_of(row.begin(), row.end(), [](bool is_ink) { return is_ink; });
  }));
}

TEST(CharacterPlot, OfALogarithmicAxisHasEqualStepsForEqualFactors) {
  Figure curved =
      figure_of({{.kind = SeriesKind::line, .x = {0, 1, 2, 3}, .y = {1, 10, 100, 1000}}});
  curved.y.is_log = true;
  const Figure straight =
      figure_of({{.kind = SeriesKind::line, .x = {0, 1, 2, 3}, .y = {0, 1, 2, 3}}});
  EXPECT_EQ(ink_of(curved), ink_of(straight));
  EXPECT_TRUE(lines_of(curved)[1].starts_with("      1000 ") ||
              lines_of(curved)[1].starts_with("     1e+03 "))
      << lines_of(curved)[1];
  curved.series[0].y[0] = 0;  // has no logarithm
  EXPECT_LT(amount(ink_of(curved)), amount(ink_of(straight)));
}

TEST(CharacterPlot, KeepsToTheRangeOfAnAxis) {
  Figure figure = figure_of({{.kind = SeriesKind::points, .x = {0, 1, 2}, .y = {0.5, 7, 1}}});
  figure.y.range = {{0, 1}};
  EXPECT_EQ(amount(ink_of(figure)), 2U);
  EXPECT_TRUE(lines_of(figure)[1].starts_with("         1 "));
}

TEST(CharacterPlot, IsEmptyWithoutANumberToDraw) {
  EXPECT_EQ(character_plot(figure_of({}), Language::english, "run"), "");
  for (const SeriesKind kind : {SeriesKind::bars, SeriesKind::image, SeriesKind::guide}) {
    EXPECT_EQ(character_plot(figure_of({{.kind = kind, .x = {1}, .y = {1}, .z = {1}}}),
                             Language::english, "run"),
              "");
  }
  EXPECT_EQ(character_plot(figure_of({{.kind = SeriesKind::line, .x = {0, 1}, .y = {nan, nan}}}),
                           Language::english, "run"),
            "");
}

TEST(CharacterPlot, SpeaksBothLanguages) {
  const Figure figure = figure_of({{.kind = SeriesKind::line, .x = {0, 1}, .y = {0, 1}}});
  EXPECT_EQ(lines_of(figure, Language::korean)[0], text(Language::korean, "run", "loss_figure") +
                                                       "  (" +
                                                       text(Language::korean, "run", "loss") + ")");
}

}  // namespace
}  // namespace gradus::cli
