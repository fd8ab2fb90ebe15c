// SPDX-License-Identifier: MIT
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "every_experiment.hpp"
#include "gradus/core/numbers_below.hpp"
#include "gradus/data/batches.hpp"
#include "gradus/data/digits.hpp"
#include "gradus/loss/softmax_cross_entropy.hpp"
#include "gradus/math/norm.hpp"
#include "gradus/nn/initialize.hpp"
#include "gradus/train/trainer.hpp"
#include "lab/pictures.hpp"
#include "seed_parameter.hpp"

namespace gradus {
namespace one_iteration_lab {
namespace {

constexpr std::array<std::string_view, 2> batch_tries{"1", "100"};
constexpr std::array<std::string_view, 3> rate_tries{"1", "0.001", "50"};
constexpr std::array<std::string_view, 1> width_tries{"10"};
constexpr std::array<std::string_view, 2> iteration_tries{"1", "500"};
constexpr std::array parameters{
    Parameter{.id = "batch",
              .kind = ParameterKind::integer,
              .initial = "10",
              .tries = batch_tries,
              .minimum = 1,
              .maximum = 100},
    Parameter{.id = "lr",
              .kind = ParameterKind::real,
              .initial = "0.1",
              .tries = rate_tries,
              .minimum = 1e-9,
              .maximum = 1e3},
    Parameter{.id = "hidden",
              .kind = ParameterKind::integer,
              .initial = "50",
              .tries = width_tries,
              .minimum = 1,
              .maximum = 200},
    Parameter{.id = "iteration",
              .kind = ParameterKind::integer,
              .initial = "0",
              .tries = iteration_tries,
              .minimum = 0,
              .maximum = 2000},
    seed_parameter,
};

constexpr std::size_t num_digits = 1000;
constexpr std::size_t num_shown_samples = 10;
constexpr std::size_t num_watched = 20;  // iterations in the picture
constexpr std::size_t pictures_in_a_row = 5;

using Indices = std::vector<std::uint32_t>;

TrainingStepOptions step_options(std::size_t batch_size) {
  TrainingStepOptions options;
  options.batch_size = batch_size;
  options.input_form = InputForm::sparse;
  return options;
}

/// A net in training, to be stopped and looked at.
class Training {
 public:
  explicit Training(const Settings& given)
      : digits_(make_digits({.num_train = num_digits, .num_test = 1}, team_)),
        network_({.layer_sizes = {num_digit_pixels, given.integer("hidden"), num_digit_classes}}),
        source_(digits_.train, input_scale(digits_.train), InputForm::sparse),
        batches_({.num_samples = num_digits,
                  .batch_size = given.integer("batch"),
                  .seed = given.integer("seed")}),
        workspace_(network_, num_digits),
        step_(make_training_step(network_, loss_, step_options(given.integer("batch")))),
        learning_rate_(given.real("lr")) {
    std::vector<double> first(network_.num_parameters());
    initialize<double>(network_, {}, given.integer("seed"), first);
    set_parameters(first);
    for (std::size_t i = 0; i < given.integer("iteration"); ++i) {
      learn(batch(i));
    }
  }

  [[nodiscard]] const Network<double>& network() const { return network_; }
  [[nodiscard]] const Samples& digits() const { return digits_.train; }

  [[nodiscard]] Indices batch(std::size_t iteration) {
    const auto picked = batches_.at(iteration);
    return {picked.begin(), picked.end()};
  }

  [[nodiscard]] std::vector<double> copy_of_parameters() {
    return {step_->parameters().begin(), step_->parameters().end()};
  }

  void set_parameters(std::span<const double> values) { step_->set_parameters(values); }

  /// Updates; returns the loss before.
  double learn(const Indices& indices) {
    return step_->run(source_.rows(indices), source_.labels(indices), learning_rate_, team_);
  }

  [[nodiscard]] double loss(const Indices& indices) {
    return loss_.value(scores(indices), source_.labels(indices));
  }

  /// -ln p of the right class, of each sample.
  [[nodiscard]] std::vector<double> losses(const Indices& indices) {
    std::vector<double> each;
    for (const std::uint32_t index : indices) {
      each.push_back(loss({index}));
    }
    return each;
  }

  [[nodiscard]] std::vector<double> gradient(const Indices& indices) {
    const MatrixView<const double> found = scores(indices);
    loss_.value_and_gradient(found, source_.labels(indices), workspace_.d_scores());
    std::vector<double> gradient(network_.num_parameters());
    network_.backward(step_->parameters(), source_.rows(indices), workspace_, gradient, team_);
    return gradient;
  }

 private:
  [[nodiscard]] MatrixView<const double> scores(const Indices& indices) {
    return network_.forward(step_->parameters(), source_.rows(indices), workspace_, team_);
  }

  Team team_;
  Dataset digits_;
  Network<double> network_;
  SoftmaxCrossEntropy<double> loss_;
  InputSource<double> source_;
  Batches batches_;
  Workspace<double> workspace_;
  std::unique_ptr<TrainingStep<double>> step_;
  double learning_rate_;
};

struct BeforeAndAfter {
  double before = 0;
  double after = 0;
};

/// One number of each array: the one with the largest derivative.
Table updates_table(const Network<double>& network, const std::vector<double>& before,
                    const std::vector<double>& gradient, const std::vector<double>& after,
                    double learning_rate) {
  Table table{
      "updates",
      {{"number"}, {"before"}, {"derivative", 4}, {"rate_times", 4}, {"after"}, {"length", 4}},
      {}};
  for (const ParameterBlock& block : network.blocks()) {
    const std::span<const double> slopes = block.of(std::span<const double>(gradient));
    const auto steepest = static_cast<std::size_t>(
        std::max_element(slopes.begin(), slopes.end(),
                         [](double a, double b) { return std::abs(a) < std::abs(b); }) -
        slopes.begin());
    const std::size_t i = block.offset + steepest;
    const std::string place = block.is_weight() ? fmt::format("[{}, {}]", steepest / block.shape[1],
                                                              steepest % block.shape[1])
                                                : fmt::format("[{}]", steepest);
    table.rows.push_back({block.name + place, before[i], gradient[i], learning_rate * gradient[i],
                          after[i], euclidean_norm(slopes)});
  }
  return table;
}

Figure batch_figure(const Samples& digits, const Indices& batch) {
  std::vector<double> pixels;
  for (std::size_t n = 0; n < std::min(batch.size(), num_shown_samples); ++n) {
    for (std::size_t i = 0; i < num_digit_pixels; ++i) {
      pixels.push_back(digits.bytes[batch[n] * num_digit_pixels + i] / 255.0);
    }
  }
  return {.title = "batch_figure",
          .x = {},
          .y = {},
          .series = {pictures(pixels, digit_side, pictures_in_a_row)},
          .has_equal_scales = true};
}

/// Goes on from here, and watches the loss of each batch.
Figure watch(Training& training, std::size_t iteration, BeforeAndAfter& mean) {
  Series before{.kind = SeriesKind::line, .label = "loss_before"};
  Series after{.kind = SeriesKind::line, .label = "loss_after"};
  for (std::size_t i = iteration; i < iteration + num_watched; ++i) {
    const Indices batch = training.batch(i);
    before.x.push_back(static_cast<double>(i));
    before.y.push_back(training.learn(batch));
    after.y.push_back(training.loss(batch));
    mean.before += before.y.back() / num_watched;
    mean.after += after.y.back() / num_watched;
  }
  after.x = before.x;
  return {.title = "watch_figure",
          .x = {"iteration"},
          .y = {"loss"},
          .series = {std::move(before), std::move(after)}};
}

Table samples_table(const Samples& digits, const Indices& batch, const std::vector<double>& before,
                    const std::vector<double>& after) {
  Table table{"samples", {{"sample"}, {"label"}, {"loss_before"}, {"loss_after"}}, {}};
  for (std::size_t i = 0; i < std::min(batch.size(), num_shown_samples); ++i) {
    table.rows.push_back({batch[i], digits.labels[batch[i]], before[i], after[i]});
  }
  return table;
}

/// On this batch, on the next one, on all digits.
using Losses = std::array<double, 3>;

Table losses_table(const Losses& before, const Losses& after) {
  Table table{
      "losses", {{"measured_on"}, {"loss_before", 8}, {"loss_after", 8}, {"change", 3}}, {}};
  constexpr std::array names{"this_batch", "next_batch", "all_digits"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    table.rows.push_back(
        {TextId{names.at(i)}, before.at(i), after.at(i), after.at(i) - before.at(i)});
  }
  return table;
}

Result run(const Settings& given) {
  const auto iteration = static_cast<double>(given.integer("iteration"));
  const double learning_rate = given.real("lr");
  Training training(given);
  const Indices all = numbers_below<std::uint32_t>(num_digits);
  const Indices batch = training.batch(given.integer("iteration"));
  const Indices next = training.batch(given.integer("iteration") + 1);
  const auto measure = [&] {
    return Losses{training.loss(batch), training.loss(next), training.loss(all)};
  };

  const Losses before = measure();
  const std::vector<double> parameters_before = training.copy_of_parameters();
  const std::vector<double> each_before = training.losses(batch);
  const std::vector<double> gradient = training.gradient(batch);
  training.learn(batch);
  const Losses after = measure();
  const Table updates = updates_table(training.network(), parameters_before, gradient,
                                      training.copy_of_parameters(), learning_rate);
  const double length = euclidean_norm(std::span(gradient));

  Result result;
  result.scalars = {{"loss_before", before[0]},
                    {"loss_after", after[0]},
                    {"length", length},
                    {"largest_step", learning_rate * length}};
  result.tables = {samples_table(training.digits(), batch, each_before, training.losses(batch)),
                   updates, losses_table(before, after)};
  training.set_parameters(parameters_before);
  BeforeAndAfter mean;
  result.figures = {batch_figure(training.digits(), batch),
                    watch(training, given.integer("iteration"), mean)};

  result.find("picked", {{"iteration", iteration},
                         {"batch", batch.size()},
                         {"first", batch.front()},
                         {"samples", num_digits}});
  result.find("differentiated",
              {{"loss", before[0]}, {"count", gradient.size()}, {"length", length}});
  const auto number = [&](std::size_t row, std::size_t column) {
    return updates.rows[row][column];
  };
  result.find("updated", {{"weight", number(2, 0)},
                          {"before", number(2, 1)},
                          {"slope", number(2, 2)},
                          {"after", number(2, 4)},
                          {"bias", number(3, 0)},
                          {"lr", learning_rate}});
  result.find(after[0] < before[0] ? "loss_fell" : "loss_rose",
              {{"before", before[0]},
               {"after", after[0]},
               {"expected", learning_rate * length * length},
               {"change", after[0] - before[0]},
               {"lr", learning_rate}});
  result.find(after[2] < before[2] ? "others_gain" : "others_lose",
              {{"all_before", before[2]}, {"all_after", after[2]}});
  result.find("repeated", {{"next", iteration + 1}, {"first", next.front()}, {"loss", after[1]}});
  result.mistake("loss_after_update",
                 {{"before", mean.before}, {"after", mean.after}, {"count", num_watched}});
  result.mistake("plus_sign");
  return result;
}

}  // namespace
}  // namespace one_iteration_lab

constinit const Experiment one_iteration_experiment{
    "one-iteration", "4.5", one_iteration_lab::parameters, one_iteration_lab::run};

}  // namespace gradus
