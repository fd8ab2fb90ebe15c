// SPDX-License-Identifier: MIT
#include <fmt/core.h>

#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "every_experiment.hpp"
#include "lab/curve.hpp"

namespace gradus {
namespace entropy_lab {
namespace {

constexpr std::array<std::string_view, 2> truths{"1,0,0", "0.4,0.3,0.3"};
constexpr std::array<std::string_view, 2> models{"1/3,1/3,1/3", "0.5,0.5,0"};
std::vector<std::string_view> units() {
  return {"nats", "bits"};
}

constexpr std::array parameters{
    Parameter{.id = "truth",
              .kind = ParameterKind::numbers,
              .initial = "0.5,0.25,0.25",
              .tries = truths,
              .minimum = 0,
              .maximum = 1,
              .min_count = 2,
              .max_count = 20},
    Parameter{.id = "model",
              .kind = ParameterKind::numbers,
              .initial = "0.7,0.2,0.1",
              .tries = models,
              .minimum = 0,
              .maximum = 1,
              .min_count = 2,
              .max_count = 20},
    Parameter{.id = "unit", .kind = ParameterKind::choice, .initial = "nats", .choices = units},
};

/// -sum p log q, where what never happens (p = 0) counts nothing.
double cross_entropy(const std::vector<double>& p, const std::vector<double>& q, double unit) {
  double sum = 0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    sum -= p[i] == 0 ? 0 : p[i] * std::log(q[i]) / unit;
  }
  return sum;
}

void check_sum(Result& result, std::string_view which, const std::vector<double>& p) {
  const double sum = std::accumulate(p.begin(), p.end(), 0.0);
  if (std::abs(sum - 1) > 1e-9) {
    result.warn("no_distribution",
                {{"which", TextId{fmt::format("parameter.{}", which)}}, {"sum", sum}});
  }
}

Figure surprise_figure(const std::vector<double>& truth, double unit) {
  Figure figure{.title = "surprise_figure", .x = {"probability"}, .y = {"surprise"}};
  Series line{.kind = SeriesKind::line, .label = "minus_log"};
  for (int i = 1; i <= 200; ++i) {
    line.x.push_back(i / 200.0);
    line.y.push_back(-std::log(line.x.back()) / unit);
  }
  Series points{.kind = SeriesKind::points, .label = "truth"};
  for (const double p : truth) {
    if (p > 0) {
      points.x.push_back(p);
      points.y.push_back(-std::log(p) / unit);
    }
  }
  figure.series = {line, points};
  return figure;
}

Result run(const Settings& given) {
  const std::vector<double>& truth = given.numbers("truth");
  const std::vector<double>& model = given.numbers("model");
  if (truth.size() != model.size()) {
    given.refuse("model", "as many numbers as truth has");
  }
  const double unit = given.choice("unit") == "bits" ? std::log(2.0) : 1;
  Result result;
  check_sum(result, "truth", truth);
  check_sum(result, "model", model);

  Table table{
      "outcomes",
      {{"outcome"}, {"truth"}, {"surprise_of_truth"}, {"model"}, {"surprise_of_model"}, {"share"}},
      {}};
  Series truth_bars{.kind = SeriesKind::bars, .label = "truth"};
  Series model_bars{.kind = SeriesKind::bars, .label = "model"};
  for (std::size_t i = 0; i < truth.size(); ++i) {
    const double place = static_cast<double>(i);
    const double surprise = -std::log(model[i]) / unit;
    table.rows.push_back({place, truth[i], 0 - std::log(truth[i]) / unit, model[i], 0 + surprise,
                          truth[i] == 0 ? 0 : truth[i] * surprise});
    truth_bars.x.push_back(place);
    truth_bars.y.push_back(truth[i]);
    model_bars.x.push_back(place);
    model_bars.y.push_back(model[i]);
  }
  const double entropy = cross_entropy(truth, truth, unit);
  const double expected = cross_entropy(truth, model, unit);
  const double swapped = cross_entropy(model, truth, unit);
  result.scalars = {{"entropy", entropy},
                    {"cross_entropy", expected},
                    {"divergence", expected - entropy},
                    {"swapped", swapped}};
  result.tables.push_back(std::move(table));
  result.figures.push_back({.title = "bars_figure",
                            .x = {"outcome"},
                            .y = {"probability"},
                            .series = {truth_bars, model_bars}});
  result.figures.push_back(surprise_figure(truth, unit));

  result.find("entropy_is_expected_surprise", {{"entropy", entropy}});
  if (std::isinf(expected)) {
    result.find("impossible_happened");
  } else if (truth == model) {
    result.find("model_is_right", {{"entropy", entropy}});
  } else {
    result.find(
        "model_costs",
        {{"cross_entropy", expected}, {"divergence", expected - entropy}, {"entropy", entropy}});
  }
  result.mistake("who_is_who", {{"cross_entropy", expected}, {"swapped", swapped}});
  result.mistake("least_is_not_zero", {{"entropy", entropy}});
  return result;
}

}  // namespace
}  // namespace entropy_lab

constinit const Experiment entropy_experiment{"entropy", "4.2", entropy_lab::parameters,
                                              entropy_lab::run};

}  // namespace gradus
