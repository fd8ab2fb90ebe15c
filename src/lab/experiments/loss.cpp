// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "every_experiment.hpp"
#include "gradus/core/numbers_below.hpp"
#include "gradus/loss/cross_entropy_error.hpp"
#include "gradus/loss/mean_squared_error.hpp"
#include "gradus/loss/sum_squares_error.hpp"

namespace gradus {
namespace loss_lab {
namespace {

constexpr std::array<std::string_view, 2> guesses{"0.1,0.05,0.1,0,0.05,0.1,0,0.6,0,0",
                                                  "0,0,1,0,0,0,0,0,0,0"};
constexpr std::array<std::string_view, 2> answers{"0,0,0,0,0,0,0,1,0,0", "0,0,0.8,0,0,0,0,0.2,0,0"};
constexpr std::array parameters{
    Parameter{.id = "y",
              .kind = ParameterKind::numbers,
              .initial = "0.1,0.05,0.6,0,0.05,0.1,0,0.1,0,0",
              .tries = guesses,
              .minimum = 0,
              .maximum = 1,
              .min_count = 2,
              .max_count = 50},
    Parameter{.id = "t",
              .kind = ParameterKind::numbers,
              .initial = "0,0,1,0,0,0,0,0,0,0",
              .tries = answers,
              .minimum = 0,
              .maximum = 1,
              .min_count = 2,
              .max_count = 50},
};

/// What a network might say of a picture of a 2.
struct Guess {
  std::string_view name;
  std::array<double, 10> y;
};
constexpr std::array<Guess, 4> examples{{{"A", {.1, .05, .6, 0, .05, .1, 0, .1, 0, 0}},
                                         {"B", {.1, .05, .1, 0, .7, .3, 0, 0, 0, 0}},
                                         {"C", {.1, .05, .1, 0, .05, .1, 0, .6, 0, 0}},
                                         {"D", {.1, .05, .3, 0, .25, .6, 0, .1, 0, 0}}}};

double sum_of(std::span<const double> y) {
  return std::accumulate(y.begin(), y.end(), 0.0);
}

bool is_distribution(std::span<const double> y) {
  return std::abs(sum_of(y) - 1) <= 1e-9;
}

/// The class that has most.
std::size_t best(std::span<const double> y) {
  return static_cast<std::size_t>(std::max_element(y.begin(), y.end()) - y.begin());
}

std::vector<Value> row(Value name, std::span<const double> y, std::span<const double> t) {
  return {std::move(name),
          best(y),
          sum_of(y),
          y[best(t)],
          sum_squares_error(y, t),
          mean_squared_error(y, t),
          cross_entropy_error(y, t)};
}

Table edges() {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const std::array perfect{1.0, 0.0};
  const std::array hopeless{0.0, 1.0};
  const std::array right{1.0, 0.0};
  return {"edges",
          {{"case"}, {"with_delta", all_digits}, {"without_delta"}, {"all_terms"}},
          {{TextId{"perfect"}, cross_entropy_error(perfect, right), 0.0,
            std::numeric_limits<double>::quiet_NaN()},
           {TextId{"hopeless"}, cross_entropy_error(hopeless, right), infinity, infinity}}};
}

Figure curve_figure(std::span<const double> y, std::span<const double> t) {
  Figure figure{.title = "curve_figure", .x = {"right_probability"}, .y = {"loss_in_nats"}};
  Series line{.kind = SeriesKind::line, .label = "minus_log"};
  Series squares{.kind = SeriesKind::line, .label = "half_square"};
  for (int i = 1; i <= 200; ++i) {
    const double p = i / 200.0;
    line.x.push_back(p);
    line.y.push_back(-std::log(p));
    squares.x.push_back(p);
    squares.y.push_back((1 - p) * (1 - p) / 2);
  }
  const double right = y[best(t)];
  Series yours{.kind = SeriesKind::points, .label = "yours"};
  if (right > 0) {
    yours.x = {right};
    yours.y = {-std::log(right)};
  }
  figure.series = {line, squares, yours};
  return figure;
}

Figure bars_figure(std::span<const double> y, std::span<const double> t) {
  const std::vector<double> classes = numbers_below<double>(y.size());
  return {
      .title = "bars_figure",
      .x = {"class"},
      .y = {"probability"},
      .series = {
          {.kind = SeriesKind::bars, .label = "t_label", .x = classes, .y = {t.begin(), t.end()}},
          {.kind = SeriesKind::bars, .label = "y_label", .x = classes, .y = {y.begin(), y.end()}}}};
}

Result run(const Settings& given) {
  const std::vector<double>& y = given.numbers("y");
  const std::vector<double>& t = given.numbers("t");
  if (y.size() != t.size()) {
    given.refuse("t", "as many numbers as y has");
  }
  Result result;
  const double right = y[best(t)];
  const double squares = sum_squares_error(y, t);
  const double loss = cross_entropy_error(y, t);
  result.scalars = {{"sum_squares_error", squares},
                    {"mean_squared_error", mean_squared_error(y, t)},
                    {"cross_entropy_error", loss},
                    {"minus_log_right", 0 - std::log(right)}};
  Table table{"guesses",
              {{"guess"},
               {"best_class"},
               {"sum_of_y"},
               {"right_probability"},
               {"sum_squares_error"},
               {"mean_squared_error"},
               {"cross_entropy_error"}},
              {row(TextId{"yours"}, y, t)}};
  for (const Guess& example : examples) {
    if (t.size() == example.y.size()) {
      table.rows.push_back(row(std::string(example.name), example.y, t));
    }
  }
  result.tables = {std::move(table), edges()};
  result.figures = {bars_figure(y, t), curve_figure(y, t)};

  if (!is_distribution(y)) {
    result.warn("y_no_distribution", {{"sum", sum_of(y)}});
  }
  if (!is_distribution(t)) {
    result.warn("t_no_distribution", {{"sum", sum_of(t)}});
  }
  const bool is_one_hot =
      is_distribution(t) && std::count(t.begin(), t.end(), 0.0) + 1 == std::ssize(t);
  if (is_one_hot) {
    result.find("only_the_right_class", {{"class", best(t)}, {"right", right}, {"loss", loss}});
  } else {
    result.find("soft_answer", {{"loss", loss}, {"least", cross_entropy_error(t, t)}});
  }
  result.find(best(y) == best(t) ? "guess_is_right" : "guess_is_wrong",
              {{"guess", best(y)}, {"class", best(t)}, {"right", right}});
  result.find("delta_bounds", {{"most", -std::log(cross_entropy_delta)},
                               {"least", -std::log(1 + cross_entropy_delta)}});
  result.mistake("not_a_mean",
                 {{"half", squares}, {"mean", mean_squared_error(y, t)}, {"count", y.size()}});
  result.mistake("other_classes_do_not_count");
  result.mistake("why_delta");
  result.mistake("y_and_t_swapped");
  if (t.size() == examples[0].y.size()) {
    result.mistake("sums_of_b_and_d");
    result.mistake("last_digit");
  }
  return result;
}

}  // namespace
}  // namespace loss_lab

constinit const Experiment loss_experiment{"loss", "4.2", loss_lab::parameters, loss_lab::run};

}  // namespace gradus
