// SPDX-License-Identifier: MIT
#include "pictures/gnuplot_script.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <limits>
#include <string>
#include <vector>

#include "gradus/formats/file.hpp"
#include "gradus/runs/option_values.hpp"  // split
#include "unit/formats/temporary_folder.hpp"

namespace gradus::cli {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

std::string script_of(const std::vector<Figure>& figures, std::string_view terminal = "svg",
                      std::string_view output = "out.svg") {
  return gnuplot_script(figures, Language::english, "run", terminal, output);
}

Figure figure_of(std::vector<Series> series) {
  return {.title = "loss_figure",
          .x = {.label = "iteration"},
          .y = {.label = "loss"},
          .series = std::move(series)};
}

/// The numbers of a block of data, line by line; a line without any ends a row of a grid.
std::vector<std::vector<std::string>> block(const std::string& script, const std::string& name) {
  const std::string begin = "\n$" + name + " << END\n";
  const std::size_t at = script.find(begin);
  EXPECT_NE(at, std::string::npos) << name;
  const std::size_t first = at + begin.size();
  std::vector<std::vector<std::string>> rows;
  for (const std::string& row :
       split(script.substr(first, script.find("END\n", first) - first), '\n')) {
    rows.push_back(split(row, ' '));
  }
  rows.pop_back();  // what is behind the last line end
  return rows;
}

bool has_line(const std::string& script, const std::string& line) {
  return script.find("\n" + line + "\n") != std::string::npos;
}

TEST(GnuplotScript, HasTheNumbersOfEachSeries) {
  const std::string script = script_of(
      {figure_of({{.kind = SeriesKind::line, .x = {0, 1}, .y = {2.5, -1e-7}},
                  {.kind = SeriesKind::points, .x = {3}, .y = {infinity}},
                  {.kind = SeriesKind::arrows, .x = {1}, .y = {2}, .dx = {0.5}, .dy = {-0.25}}})});
  using Rows = std::vector<std::vector<std::string>>;
  EXPECT_EQ(block(script, "data_0_0"), (Rows{{"0", "2.5"}, {"1", "-1e-07"}}));
  EXPECT_EQ(block(script, "data_0_1"), (Rows{{"3", "NaN"}})) << "a gap";
  EXPECT_EQ(block(script, "data_0_2"), (Rows{{"1", "2", "0.5", "-0.25"}}));
}

TEST(GnuplotScript, HasAPaleColourOfItsGroupForEachPlaceOfARegion) {
  const std::string script =
      script_of({figure_of({{.kind = SeriesKind::regions, .x = {0, 1}, .y = {5}, .z = {0, 1}}})});
  using Rows = std::vector<std::vector<std::string>>;
  // #0072B2 and #D55E00, each a quarter of the way from white
  EXPECT_EQ(block(script, "data_0_0"),
            (Rows{{"0", "5", "191", "219", "235"}, {"1", "5", "244", "214", "191"}}));
}

TEST(GnuplotScript, GivesPointsOfAGroupOneColourAndFilledAndHollowMarkersOfOneShape) {
  const auto points = [](SeriesKind kind, std::size_t group) {
    return Series{.kind = kind, .x = {0}, .y = {0}, .group = group};
  };
  const std::string script =
      script_of({figure_of({points(SeriesKind::hollow_points, 0), points(SeriesKind::points, 0),
                            points(SeriesKind::hollow_points, 1), points(SeriesKind::points, 1)})});
  for (const char* expected :
       {"$data_0_0 using 1:2 with points pointtype 6 pointsize 0.9 linecolor \"#0072B2\"",
        "$data_0_1 using 1:2 with points pointtype 7 pointsize 0.9 linecolor \"#0072B2\"",
        "$data_0_2 using 1:2 with points pointtype 8 pointsize 0.9 linecolor \"#D55E00\"",
        "$data_0_3 using 1:2 with points pointtype 9 pointsize 0.9 linecolor \"#D55E00\""}) {
    EXPECT_NE(script.find(expected), std::string::npos) << expected;
  }
}

TEST(GnuplotScript, HasANumberOfAGridForEachPairInTheOrderOfTheFigure) {
  const std::string script = script_of({figure_of(
      {{.kind = SeriesKind::image, .x = {0, 1}, .y = {7, 8, 9}, .z = {1, 2, 3, 4, 5, 6}}})});
  using Rows = std::vector<std::vector<std::string>>;
  EXPECT_EQ(block(script, "data_0_0"), (Rows{{"0", "7", "1"},
                                             {"0", "8", "2"},
                                             {"0", "9", "3"},
                                             {""},
                                             {"1", "7", "4"},
                                             {"1", "8", "5"},
                                             {"1", "9", "6"},
                                             {""}}));
}

TEST(GnuplotScript, LeavesOutASeriesWithoutNumbers) {
  const std::string script =
      script_of({figure_of({{.kind = SeriesKind::line, .x = {}, .y = {}},
                            {.kind = SeriesKind::line, .x = {1}, .y = {2}}})});
  EXPECT_NE(script.find("\nplot $data_0_1 "), std::string::npos) << script;
  EXPECT_EQ(script.find("$data_0_0 using"), std::string::npos);
}

TEST(GnuplotScript, PutsFiguresSideBySideTwoInARow) {
  const Figure figure = figure_of({{.kind = SeriesKind::line, .x = {1}, .y = {2}}});
  for (const auto& [count, layout, size] :
       std::vector<std::tuple<std::size_t, std::string, std::string>>{
           {1, "1,1", "800,640"}, {2, "1,2", "1600,640"}, {3, "2,2", "1600,1280"}}) {
    const std::string script = script_of(std::vector<Figure>(count, figure));
    EXPECT_TRUE(has_line(script, "set multiplot layout " + layout)) << count;
    EXPECT_NE(script.find(" size " + size + "\n"), std::string::npos) << count;
  }
  EXPECT_NE(script_of({figure}, "pdf").find("pdfcairo"), std::string::npos);
  EXPECT_NE(script_of({figure}, "pdf").find(" size 8.00in,6.40in\n"), std::string::npos);
}

TEST(GnuplotScript, SaysOfEachAxisWhatTheFigureSays) {
  Figure figure = figure_of({{.kind = SeriesKind::line, .x = {1}, .y = {2}}});
  figure.x.names = {"it's", "b"};
  figure.y.is_log = true;
  figure.y.range = {{0.5, 8}};
  const std::string script = script_of({figure});
  EXPECT_TRUE(has_line(script, R"(set xtics ('it'."'".'s' 0, 'b' 1))")) << script;
  EXPECT_TRUE(has_line(script, "set logscale y; set format y \"%.0e\""));
  EXPECT_TRUE(has_line(script, "set yrange [0.5:8]"));
  EXPECT_TRUE(has_line(script, "set xrange [*:*] noreverse"));
  EXPECT_TRUE(has_line(script, "unset logscale x; set format x \"%g\""));
  EXPECT_TRUE(has_line(script, "set size noratio"));
  figure.has_equal_scales = true;
  EXPECT_TRUE(has_line(script_of({figure}), "set size ratio -1"));
}

TEST(GnuplotScript, BeginsBarsAtZeroAndSetsThemBesideEachOther) {
  const Series bars{.kind = SeriesKind::bars, .x = {0, 1}, .y = {5, 6}};
  const std::string script = script_of({figure_of({bars, bars})});
  EXPECT_TRUE(has_line(script, "set yrange [*<0:0<*]"));
  EXPECT_NE(script.find("$data_0_0 using ($1+(-0.2)):2:(0.4) with boxes"), std::string::npos);
  const std::string second = "$data_0_1 using ($1+(";
  const std::size_t at = script.find(second);
  ASSERT_NE(at, std::string::npos);
  EXPECT_NEAR(std::stod(script.substr(at + second.size())), 0.2, 1e-12);
}

/// A figure with one series of each kind that goes with others, and a name that wants to be obeyed.
std::vector<Figure> hostile_figures(const std::string& name) {
  Figure flat =
      figure_of({{.kind = SeriesKind::line,
                  .label = "run_name",
                  .values = {{"run", name}},
                  .x = {0, 1, 2},
                  .y = {1, infinity, 2}},
                 {.kind = SeriesKind::trace, .x = {0, 1}, .y = {0, 1}},
                 {.kind = SeriesKind::guide, .x = {0, 1}, .y = {1, 1}},
                 {.kind = SeriesKind::points, .x = {0, 1}, .y = {1, 1}},
                 {.kind = SeriesKind::arrows, .x = {0}, .y = {0}, .dx = {1}, .dy = {1}},
                 {.kind = SeriesKind::contour, .x = {0, 1}, .y = {0, 1}, .z = {0, 1, 2, 3}}});
  Figure image =
      figure_of({{.kind = SeriesKind::image, .x = {0, 1}, .y = {0, 1}, .z = {0, -1, 2, 3}}});
  image.z = Axis{.label = "loss"};
  image.x.names = {name, "b"};
  Figure surface =
      figure_of({{.kind = SeriesKind::surface, .x = {0, 1}, .y = {0, 1}, .z = {0, 1, 2, 3}}});
  surface.z = Axis{.label = "loss"};
  return {flat, image, surface, figure_of({{.kind = SeriesKind::bars, .x = {0, 1}, .y = {1, 2}}})};
}

TEST(GnuplotScript, DrawsEveryKindOfSeriesAndObeysNoName) {
  if (std::system("gnuplot --version > /dev/null 2>&1") != 0) {
    GTEST_SKIP() << "gnuplot is not installed";
  }
  const TemporaryFolder folder;
  const std::filesystem::path obeyed = folder.path() / "obeyed";
  const std::filesystem::path picture = folder.path() / "it's a \"picture\".svg";
  const std::string command = "touch " + obeyed.string();
  const std::string name = "'''; system('" + command + "'); # `" + command + "` \"\n!" + command +
                           "\n\\ %s {/Bold x} @x $data ''";
  write_text_file(folder.path() / "script",
                  script_of(hostile_figures(name), "svg", picture.string()));
  const std::string draw = "gnuplot " + (folder.path() / "script").string() + " 2> /dev/null";
  EXPECT_EQ(std::system(draw.c_str()), 0);
  EXPECT_FALSE(std::filesystem::exists(obeyed));
  const std::string svg = read_text_file(picture);
  EXPECT_NE(svg.find("{/Bold x} @x $data"), std::string::npos) << "the name as it is";
}

}  // namespace
}  // namespace gradus::cli
