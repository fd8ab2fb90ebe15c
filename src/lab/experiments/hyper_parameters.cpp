// SPDX-License-Identifier: MIT
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "every_experiment.hpp"
#include "gradus/core/numbers_below.hpp"
#include "gradus/data/digits.hpp"
#include "seed_parameter.hpp"
#include "watched_training.hpp"

namespace gradus {
namespace hyper_parameters_lab {
namespace {

constexpr std::array<std::string_view, 2> rate_lists{"0.001,0.01,0.1", "0.1,1,10"};
constexpr std::array<std::string_view, 1> batch_lists{"20,200"};
constexpr std::array<std::string_view, 1> epoch_counts{"1"};
constexpr std::array<std::string_view, 1> image_counts{"400"};
constexpr std::array parameters{
    Parameter{.id = "rates",
              .kind = ParameterKind::numbers,
              .initial = "0.01,0.03,0.1,0.3,1",
              .tries = rate_lists,
              .minimum = 1e-6,
              .maximum = 100,
              .min_count = 1,
              .max_count = 8},
    Parameter{.id = "batches",
              .kind = ParameterKind::numbers,
              .initial = "5,20,80,320",
              .tries = batch_lists,
              .minimum = 1,
              .maximum = 1000,
              .min_count = 1,
              .max_count = 8},
    Parameter{.id = "epochs",
              .kind = ParameterKind::integer,
              .initial = "3",
              .tries = epoch_counts,
              .minimum = 1,
              .maximum = 50},
    Parameter{.id = "images",
              .kind = ParameterKind::integer,
              .initial = "600",
              .tries = image_counts,
              .minimum = 10,
              .maximum = 5000},
    seed_parameter,
};

constexpr std::size_t num_validation_images = 300;
constexpr std::size_t num_test_images = 500;
constexpr std::size_t num_hidden = 20;

struct Run {
  double rate;
  std::size_t batch_size;
  TrainingResult result;

  [[nodiscard]] bool has_diverged() const { return result.stop_reason == StopReason::diverged; }

  /// Of the images held out; not a number when it diverged.
  [[nodiscard]] double score() const {
    return has_diverged() ? std::numeric_limits<double>::quiet_NaN()
                          : result.validation->accuracy();
  }
};

std::vector<std::size_t> batch_sizes_of(const Settings& given) {
  std::vector<std::size_t> sizes;
  for (const double size : given.numbers("batches")) {
    sizes.push_back(static_cast<std::size_t>(size));
    if (static_cast<double>(sizes.back()) != size || sizes.back() > given.integer("images")) {
      given.refuse("batches", "whole numbers, none above the number of images");
    }
  }
  return sizes;
}

/// Rate by rate, and for each all batch sizes.
std::vector<Run> train_all(const Settings& given, const std::vector<std::size_t>& batch_sizes) {
  Team team(1);
  const Dataset digits = make_digits(
      {.num_train = given.integer("images") + num_validation_images, .num_test = num_test_images},
      team);
  std::vector<Run> runs;
  for (const double rate : given.numbers("rates")) {
    for (const std::size_t batch_size : batch_sizes) {
      TrainingOptions options;
      options.network = {.layer_sizes = {num_digit_pixels, num_hidden, num_digit_classes},
                         .activation = "relu"};
      options.initializer.id = "he";
      options.schedule.learning_rate = rate;
      options.batch_size = batch_size;
      options.sampling = Sampling::shuffle;
      options.num_epochs = given.integer("epochs");
      options.num_validation = num_validation_images;
      options.evaluate_every = 0;
      options.seed = given.integer("seed");
      runs.push_back({rate, batch_size, train_and_watch(digits, options).result});
    }
  }
  return runs;
}

Table runs_table(const std::vector<Run>& runs) {
  Table table{
      "runs",
      {{"rate"}, {"batch_size"}, {"updates"}, {"validation_accuracy", 4}, {"validation_loss", 4}},
      {}};
  for (const Run& run : runs) {
    const double loss =
        run.has_diverged() ? std::numeric_limits<double>::quiet_NaN() : run.result.validation->loss;
    table.rows.push_back({run.rate, run.batch_size, run.result.num_iterations, run.score(), loss});
  }
  return table;
}

Figure score_figure(const std::vector<Run>& runs, const std::vector<double>& rates,
                    const std::vector<std::size_t>& batch_sizes) {
  Series scores{.kind = SeriesKind::image,
                .x = numbers_below<double>(rates.size()),
                .y = numbers_below<double>(batch_sizes.size())};
  Figure figure{.title = "score_figure",
                .x = {.label = "rate"},
                .y = {.label = "batch_size"},
                .z = Axis{.label = "score"}};
  for (const double rate : rates) {
    figure.x.names.push_back(fmt::format("{}", rate));
  }
  for (const std::size_t batch_size : batch_sizes) {
    figure.y.names.push_back(fmt::format("{}", batch_size));
  }
  for (const Run& run : runs) {
    scores.z.push_back(100 * run.score());
  }
  figure.series = {scores};
  return figure;
}

/// The first of those with the highest score; a run without one is never chosen over others.
const Run& best_of(std::span<const Run> runs) {
  return *std::max_element(runs.begin(), runs.end(), [](const Run& a, const Run& b) {
    return a.score() < b.score() || (std::isnan(a.score()) && !std::isnan(b.score()));
  });
}

/// The learning rate that did best with this batch size.
double best_rate(const std::vector<Run>& runs, std::size_t batch_size) {
  std::vector<Run> of_size;
  std::copy_if(runs.begin(), runs.end(), std::back_inserter(of_size),
               [batch_size](const Run& run) { return run.batch_size == batch_size; });
  return best_of(of_size).rate;
}

std::size_t num_updates(const std::vector<Run>& runs, std::size_t batch_size) {
  const auto run = std::find_if(runs.begin(), runs.end(), [batch_size](const Run& candidate) {
    return candidate.batch_size == batch_size;
  });
  return static_cast<std::size_t>(run->result.num_iterations);
}

void explain_batches(Result& result, const std::vector<Run>& runs,
                     const std::vector<std::size_t>& batch_sizes) {
  const auto [small, large] = std::minmax_element(batch_sizes.begin(), batch_sizes.end());
  const double small_rate = best_rate(runs, *small);
  const double large_rate = best_rate(runs, *large);
  if (large_rate > small_rate) {
    result.find("larger_batches_want_larger_rates", {{"small", *small},
                                                     {"small_rate", small_rate},
                                                     {"small_updates", num_updates(runs, *small)},
                                                     {"large", *large},
                                                     {"large_rate", large_rate},
                                                     {"large_updates", num_updates(runs, *large)}});
  }
}

void explain_best(Result& result, const std::vector<Run>& runs, const Run& best,
                  const std::vector<double>& rates) {
  result.find("best", {{"count", runs.size()},
                       {"rate", best.rate},
                       {"batch", best.batch_size},
                       {"score", 100 * best.score()},
                       {"test", 100 * best.result.test.accuracy()}});
  const double error =
      best.has_diverged() ? 0 : half_width(best.result.validation->accuracy_interval()) / 2;
  const auto num_close = std::count_if(runs.begin(), runs.end(), [&](const Run& run) {
    return run.score() >= best.score() - error;
  });
  result.find("luck", {{"error", 100 * error}, {"count", runs.size()}, {"close", num_close}});
  const auto [low, high] = std::minmax_element(rates.begin(), rates.end());
  if (best.rate == *low || best.rate == *high) {
    result.find("at_the_edge", {{"rate", best.rate}});
  }
}

Result run(const Settings& given) {
  const std::vector<std::size_t> batch_sizes = batch_sizes_of(given);
  const std::vector<double>& rates = given.numbers("rates");
  const std::vector<Run> runs = train_all(given, batch_sizes);
  const Run& best = best_of(runs);
  Result result;
  result.scalars = {{"rate", best.rate},
                    {"batch_size", best.batch_size},
                    {"validation_accuracy", best.score()},
                    {"test_accuracy", best.result.test.accuracy()}};
  result.tables = {runs_table(runs)};
  result.figures = {score_figure(runs, rates, batch_sizes)};
  explain_best(result, runs, best, rates);
  explain_batches(result, runs, batch_sizes);
  result.mistake("test_must_not_choose");
  result.mistake("no_value_for_all");
  result.mistake("not_found_by_the_gradient");
  return result;
}

}  // namespace
}  // namespace hyper_parameters_lab

constinit const Experiment hyper_parameters_experiment{
    "hyper-parameters", "4.5", hyper_parameters_lab::parameters, hyper_parameters_lab::run};

}  // namespace gradus
