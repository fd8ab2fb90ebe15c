// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "every_experiment.hpp"
#include "gradus/core/numbers_below.hpp"
#include "gradus/diff/numerical.hpp"
#include "gradus/math/sigmoid.hpp"
#include "gradus/math/softmax.hpp"

namespace gradus {
namespace softmax_sigmoid_lab {
namespace {

constexpr double largest = 1e4;
constexpr std::array<std::string_view, 2> score_tries{"0.3,2.9,4", "1010,1000,990"};
constexpr std::array<std::string_view, 2> shifts{"1000", "-1000"};
constexpr std::array<std::string_view, 3> places{"2", "-1000", "1000"};
constexpr std::array parameters{
    Parameter{.id = "scores",
              .kind = ParameterKind::numbers,
              .initial = "1.054148091,0.630716529,1.132807401",
              .tries = score_tries,
              .minimum = -largest,
              .maximum = largest,
              .min_count = 2,
              .max_count = 10},
    Parameter{.id = "shift",
              .kind = ParameterKind::real,
              .initial = "100",
              .tries = shifts,
              .minimum = -largest,
              .maximum = largest},
    Parameter{.id = "x",
              .kind = ParameterKind::real,
              .initial = "0",
              .tries = places,
              .minimum = -largest,
              .maximum = largest},
};

constexpr double curve_end = 8;            // of the picture; beyond it sigmoid is flat
constexpr double saturated_slope = 0.001;  // 1/250 of the largest

std::vector<double> softmax(std::span<const double> scores) {
  std::vector<double> p(scores.size());
  softmax_into<double>(scores, p);
  return p;
}

std::vector<double> exponentials(std::span<const double> scores) {
  std::vector<double> result;
  for (const double score : scores) {
    result.push_back(std::exp(score));
  }
  return result;
}

double sum_of(std::span<const double> numbers) {
  return std::accumulate(numbers.begin(), numbers.end(), 0.0);
}

double slope_of_sigmoid(double x) {
  const double s = sigmoid(x);
  return s * (1 - s);
}

/// Row i of the derivatives of softmax: those of p_i with respect to each score.
std::vector<double> softmax_slopes(const std::vector<double>& p, std::size_t i) {
  std::vector<double> slopes(p.size());
  slopes[i] = 1;
  const MatrixView<double> row(slopes.data(), 1, slopes.size());
  softmax_backward_into<double>({p.data(), 1, p.size()}, row, row);
  return slopes;
}

Table sigmoid_table(double x) {
  Table table{"sigmoid_table",
              {{"x"}, {"exp_of_minus_x"}, {"naive"}, {"other_way"}, {"stable"}, {"slope"}},
              {}};
  for (const double place : std::set<double>{-1000, -710, -1, 0, 1, 710, 1000, x}) {
    table.rows.push_back({place, std::exp(-place), 1 / (1 + std::exp(-place)),
                          std::exp(place) / (1 + std::exp(place)), sigmoid(place),
                          slope_of_sigmoid(place)});
  }
  return table;
}

Table slopes_table(const std::vector<double>& scores, const std::vector<double>& p,
                   std::size_t best) {
  const std::vector<double> exact = softmax_slopes(p, best);
  std::vector<double> point = scores;
  const std::vector<double> numerical = numerical_gradient(
      [best](std::span<const double> moved) { return softmax(moved)[best]; }, std::span(point));
  Table table{"slopes_table",
              {{"class"}, {"formula", all_digits}, {"numerical", all_digits}, {"error", 2}},
              {}};
  for (std::size_t j = 0; j < exact.size(); ++j) {
    table.rows.push_back({j, exact[j], numerical[j], std::abs(numerical[j] - exact[j])});
  }
  return table;
}

/// dp_i / dscore_j: p_i in row i, score_j in column j.
Figure slopes_figure(const std::vector<double>& p) {
  Series image{.kind = SeriesKind::image,
               .x = numbers_below<double>(p.size()),
               .y = numbers_below<double>(p.size())};
  std::vector<std::string> names;
  for (std::size_t i = 0; i < p.size(); ++i) {
    names.push_back(std::to_string(i));
    const std::vector<double> slopes = softmax_slopes(p, i);  // symmetric: a column as well
    image.z.insert(image.z.end(), slopes.begin(), slopes.end());
  }
  return {.title = "slopes_figure",
          .x = {.label = "class_of_score", .names = names},
          .y = {.label = "class_of_p", .names = names},
          .z = Axis{"slope_of_p"},
          .series = {std::move(image)}};
}

Figure sigmoid_figure(double x) {
  Series values{.kind = SeriesKind::line, .label = "sigmoid"};
  Series slopes{.kind = SeriesKind::line, .label = "slope"};
  for (int i = -100; i <= 100; ++i) {
    const double place = curve_end * i / 100;
    values.x.push_back(place);
    values.y.push_back(sigmoid(place));
    slopes.y.push_back(slope_of_sigmoid(place));
  }
  slopes.x = values.x;
  Series points{.kind = SeriesKind::points, .label = "your_x"};
  if (std::abs(x) <= curve_end) {
    points.x = {x, x};
    points.y = {sigmoid(x), slope_of_sigmoid(x)};
  }
  return {.title = "sigmoid_figure",
          .x = {"x"},
          .y = {"value"},
          .series = {std::move(values), std::move(slopes), std::move(points)}};
}

Figure softmax_figure(std::span<const double> scores, const std::vector<double>& p) {
  const std::vector<double> classes = numbers_below<double>(p.size());
  const Series together{.kind = SeriesKind::bars, .label = "softmax", .x = classes, .y = p};
  Series alone{.kind = SeriesKind::bars, .label = "sigmoid_alone", .x = classes};
  for (const double score : scores) {
    alone.y.push_back(sigmoid(score));
  }
  return {.title = "softmax_figure", .x = {"class"}, .y = {"value"}, .series = {together, alone}};
}

void explain_shift(Result& result, double shift, double largest_score, double sum_of_exp,
                   double change) {
  result.find("shift_changes_nothing", {{"shift", shift}, {"change", change}});
  result.find(std::isinf(sum_of_exp) ? "naive_overflows"
              : sum_of_exp == 0      ? "naive_underflows"
                                     : "naive_does",
              {{"largest", largest_score}, {"sum", sum_of_exp}});
}

Result run(const Settings& given) {
  const std::vector<double>& scores = given.numbers("scores");
  const double shift = given.real("shift");
  const double x = given.real("x");
  const std::vector<double> p = softmax(scores);
  std::vector<double> shifted = scores;
  for (double& score : shifted) {
    score += shift;
  }
  const std::vector<double> p_shifted = softmax(shifted);
  const std::vector<double> exp_shifted = exponentials(shifted);
  const double sum_of_exp = sum_of(exp_shifted);
  const auto best = static_cast<std::size_t>(std::max_element(p.begin(), p.end()) - p.begin());

  Result result;
  std::vector<double> point{x};
  result.scalars = {
      {"sigmoid", sigmoid(x)},
      {"slope", slope_of_sigmoid(x)},
      {"numerical_slope",
       numerical_gradient([](std::span<const double> place) { return sigmoid(place.front()); },
                          std::span(point))
           .front()},
      {"sum_of_p", sum_of(p)}};
  Table softmax_table{"softmax_table",
                      {{"class"},
                       {"score", 10},
                       {"softmax", all_digits},
                       {"shifted", 10},
                       {"naive_shifted"},
                       {"stable_shifted"}},
                      {}};
  double change = 0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    softmax_table.rows.push_back(
        {i, scores[i], p[i], shifted[i], exp_shifted[i] / sum_of_exp, p_shifted[i]});
    change = std::max(change, std::abs(p_shifted[i] - p[i]));
  }
  result.tables = {std::move(softmax_table), slopes_table(scores, p, best), sigmoid_table(x)};
  result.figures = {softmax_figure(scores, p), slopes_figure(p), sigmoid_figure(x)};

  explain_shift(result, shift, *std::max_element(shifted.begin(), shifted.end()), sum_of_exp,
                change);
  result.find("slopes_sum_to_zero",
              {{"class", best}, {"p", p[best]}, {"slope", p[best] * (1 - p[best])}});
  const std::vector<NamedValue> at_x{{"x", x}, {"s", sigmoid(x)}, {"slope", slope_of_sigmoid(x)}};
  result.find(x == 0                                  ? "steepest_here"
              : slope_of_sigmoid(x) < saturated_slope ? "saturated_here"
                                                      : "slope_here",
              at_x);
  result.find("softmax_of_two", {{"x", x}, {"s", softmax(std::array{x, 0.0}).front()}});
  double sum_of_sigmoids = 0;
  for (const double score : scores) {
    sum_of_sigmoids += sigmoid(score);
  }
  result.mistake("softmax_not_sigmoid", {{"sum", sum_of_sigmoids}});
  result.mistake("sigmoid_overflows");
  result.mistake("power_in_print");
  return result;
}

}  // namespace
}  // namespace softmax_sigmoid_lab

constinit const Experiment softmax_sigmoid_experiment{
    "softmax-sigmoid", "4.4", softmax_sigmoid_lab::parameters, softmax_sigmoid_lab::run};

}  // namespace gradus
