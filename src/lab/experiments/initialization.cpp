// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "every_experiment.hpp"
#include "gradus/core/numbers_below.hpp"
#include "gradus/data/digits.hpp"
#include "gradus/loss/softmax_cross_entropy.hpp"
#include "gradus/math/norm.hpp"
#include "gradus/nn/initialize.hpp"
#include "gradus/train/layer_health.hpp"
#include "gradus/train/trainer.hpp"
#include "seed_parameter.hpp"

namespace gradus {
namespace initialization_lab {
namespace {

constexpr std::array<std::string_view, 2> deviation_tries{"1", "0.1"};
constexpr std::array<std::string_view, 2> depth_tries{"2", "10"};
constexpr std::array<std::string_view, 1> width_tries{"20"};

/// Those that a hidden layer learns with.
std::vector<std::string_view> hidden_activations() {
  return {"sigmoid", "tanh", "relu"};
}

constexpr std::array parameters{
    Parameter{.id = "activation",
              .kind = ParameterKind::choice,
              .initial = "tanh",
              .choices = hidden_activations},
    Parameter{.id = "initializer",
              .kind = ParameterKind::choice,
              .initial = "normal",
              .choices = [] { return initializers().ids(); }},
    Parameter{.id = "std",
              .kind = ParameterKind::real,
              .initial = "0.01",
              .tries = deviation_tries,
              .minimum = 1e-6,
              .maximum = 10},
    Parameter{.id = "depth",
              .kind = ParameterKind::integer,
              .initial = "5",
              .tries = depth_tries,
              .minimum = 2,
              .maximum = 10},
    Parameter{.id = "width",
              .kind = ParameterKind::integer,
              .initial = "100",
              .tries = width_tries,
              .minimum = 2,
              .maximum = 200},
    seed_parameter,
};

constexpr std::size_t num_samples = 100;
constexpr std::size_t num_bins = 31;  // odd: one of them is around 0
// What is called "vanished" and "exploded": so many times from one end of the net to the other.
constexpr double large_ratio = 20;

double root_mean_square(std::span<const double> numbers) {
  return euclidean_norm(numbers) / std::sqrt(static_cast<double>(numbers.size()));
}

double mean_of(std::span<const double> numbers) {
  return std::accumulate(numbers.begin(), numbers.end(), 0.0) / static_cast<double>(numbers.size());
}

/// How much a unit's output differs from image to image: its standard deviation, as the root mean
/// square over the units. What is the same for every image says nothing about it.
double spread_of(MatrixView<const double> outputs) {
  std::vector<double> deviations(outputs.elements().begin(), outputs.elements().end());
  const auto rows = static_cast<double>(outputs.num_rows());
  for (std::size_t unit = 0; unit < outputs.num_cols(); ++unit) {
    double mean = 0;
    for (std::size_t n = 0; n < outputs.num_rows(); ++n) {
      mean += outputs(n, unit) / rows;
    }
    for (std::size_t n = 0; n < outputs.num_rows(); ++n) {
      deviations[n * outputs.num_cols() + unit] -= mean;
    }
  }
  return root_mean_square(deviations);
}

/// A net with its first weights, and what goes through it, forward and back.
struct Start {
  std::vector<double> means;              // of each hidden layer's outputs
  std::vector<double> spreads;            // of the same
  std::vector<double> weight_deviations;  // root mean square of each affine layer's weights
  std::vector<double> gradients;          // root mean square of dL/d of each affine layer's output
  std::vector<LayerHealth> health;
  std::vector<std::vector<double>> outputs;  // of each hidden layer
};

Start start(const Network<double>& network, const InitializerOptions& initializer,
            std::uint64_t seed, InputSource<double>& source) {
  Team team;
  const std::vector<std::uint32_t> indices = numbers_below<std::uint32_t>(num_samples);
  std::vector<double> weights(network.num_parameters());
  initialize<double>(network, initializer, seed, weights);
  Start found;
  found.health = examine_layers<double>(network, weights, source, indices, team);

  Workspace<double> workspace(network, num_samples);
  const SoftmaxCrossEntropy<double> loss;
  const Input<double> x = source.rows(indices);
  const MatrixView<const double> scores = network.forward(weights, x, workspace, team);
  for (std::size_t layer = 0; layer + 1 < network.num_layers(); ++layer) {
    const MatrixView<const double> outputs = workspace.hidden_output(layer);
    found.means.push_back(mean_of(outputs.elements()));
    found.spreads.push_back(spread_of(outputs));
    found.outputs.emplace_back(outputs.elements().begin(), outputs.elements().end());
  }
  loss.value_and_gradient(scores, source.labels(indices), workspace.d_scores());
  std::vector<double> gradient(weights.size());
  network.backward(weights, x, workspace, gradient, team);
  for (std::size_t layer = 0; layer < network.num_layers(); ++layer) {
    found.weight_deviations.push_back(
        root_mean_square(network.weights(layer).of(std::span<const double>(weights))));
    found.gradients.push_back(root_mean_square(workspace.d_pre_activation(layer).elements()));
  }
  return found;
}

/// One row for each layer, one column for each initializer.
Table by_layer(std::string id, const std::vector<Start>& starts,
               std::vector<double> Start::*numbers) {
  Table table{std::move(id), {{"layer"}}, {}};
  for (const InitializerEntry& entry : initializers()) {
    table.columns.push_back({std::string(entry.id), 3});
  }
  for (std::size_t layer = 0; layer < (starts.front().*numbers).size(); ++layer) {
    std::vector<Value> row{Value(layer + 1)};
    for (const Start& start : starts) {
      row.emplace_back((start.*numbers)[layer]);
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// The same as lines. What is 0 has no place on a logarithmic axis.
Figure lines_by_layer(std::string title, std::string label, const std::vector<Start>& starts,
                      std::vector<double> Start::*numbers) {
  Figure figure{
      .title = std::move(title), .x = {"layer"}, .y = {.label = std::move(label), .is_log = true}};
  std::size_t i = 0;
  for (const InitializerEntry& entry : initializers()) {
    Series series{.kind = SeriesKind::line, .label = std::string(entry.id)};
    for (const double number : starts[i++].*numbers) {
      series.x.push_back(static_cast<double>(series.x.size() + 1));
      series.y.push_back(number > 0 ? number : std::numeric_limits<double>::quiet_NaN());
    }
    figure.series.push_back(std::move(series));
  }
  return figure;
}

/// relu has units that are dead, the others have outputs that are saturated.
Table layers_table(const Start& start, bool is_relu) {
  Table table{
      "layers",
      {{"layer"}, {"weights", 3}, {"mean", 3}, {"spread", 3}, {is_relu ? "dead" : "saturated", 3}},
      {}};
  for (std::size_t layer = 0; layer < start.spreads.size(); ++layer) {
    const LayerHealth& health = start.health[layer];
    table.rows.push_back({layer + 1, start.weight_deviations[layer], start.means[layer],
                          start.spreads[layer],
                          is_relu ? Value(health.num_dead) : Value(100 * health.saturated_share)});
  }
  return table;
}

/// A histogram of the outputs of each layer, one below the other.
Figure outputs_figure(const Start& start, std::string_view activation) {
  double highest = 1;
  if (activation == "relu") {
    highest = 0;
    for (const std::vector<double>& outputs : start.outputs) {
      highest = std::max(highest, *std::max_element(outputs.begin(), outputs.end()));
    }
  }
  const double lowest = activation == "tanh" ? -1 : 0;
  const double width = (highest - lowest) / num_bins;
  Series image{.kind = SeriesKind::image};
  for (std::size_t bin = 0; bin < num_bins; ++bin) {
    image.x.push_back(lowest + width * (static_cast<double>(bin) + 0.5));
  }
  image.y = numbers_below<double>(start.outputs.size());
  std::vector<std::string> names;
  for (std::size_t layer = 0; layer < start.outputs.size(); ++layer) {
    names.push_back(std::to_string(layer + 1));
  }
  image.z.resize(num_bins * start.outputs.size());
  for (std::size_t layer = 0; layer < start.outputs.size(); ++layer) {
    for (const double output : start.outputs[layer]) {
      const auto bin = static_cast<std::size_t>(
          std::clamp((output - lowest) / width, 0.0, static_cast<double>(num_bins - 1)));
      image.z[bin * start.outputs.size() + layer] +=
          1 / static_cast<double>(start.outputs[layer].size());
    }
  }
  return {.title = "outputs_figure",
          .x = {.label = "output", .range = std::pair{lowest, highest}},
          .y = {.label = "layer", .names = std::move(names)},
          .series = {std::move(image)}};
}

void explain(Result& result, const Start& start) {
  const double signal = start.spreads.back() / start.spreads.front();
  const double saturated = start.health.back().saturated_share;
  result.find(saturated > 0.5            ? "signal_saturates"
              : signal < 1 / large_ratio ? "signal_vanishes"
              : signal > large_ratio     ? "signal_explodes"
                                         : "signal_stays",
              {{"first", start.spreads.front()},
               {"last", start.spreads.back()},
               {"layers", start.spreads.size()},
               {"saturated", 100 * saturated}});
  // The output layer is left out: its units are few, and have no activation.
  const double last = start.gradients[start.gradients.size() - 2];
  const double way_back = start.gradients.front() / last;
  result.find(way_back < 1 / large_ratio ? "gradient_vanishes"
              : way_back > large_ratio   ? "gradient_explodes"
                                         : "gradient_stays",
              {{"first", start.gradients.front()}, {"last", last}, {"ratio", way_back}});
}

Result run(const Settings& given) {
  const std::string& activation = given.choice("activation");
  const std::string& initializer = given.choice("initializer");
  const double width = static_cast<double>(given.integer("width"));
  NetworkOptions options{.layer_sizes = {num_digit_pixels}, .activation = activation};
  options.layer_sizes.resize(1 + given.integer("depth"), given.integer("width"));
  options.layer_sizes.push_back(num_digit_classes);
  const Network<double> network(options);
  Team team;
  const Dataset digits = make_digits({.num_train = num_samples, .num_test = 1}, team);
  InputSource<double> source(digits.train, input_scale(digits.train), InputForm::sparse);

  std::vector<Start> starts;
  std::size_t chosen = 0;
  for (const InitializerEntry& entry : initializers()) {
    chosen = entry.id == initializer ? starts.size() : chosen;
    starts.push_back(start(network,
                           {.id = std::string(entry.id), .standard_deviation = given.real("std")},
                           given.integer("seed"), source));
  }

  Result result;
  result.scalars = {{"spread_first", starts[chosen].spreads.front()},
                    {"spread_last", starts[chosen].spreads.back()},
                    {"gradient_first", starts[chosen].gradients.front()},
                    {"gradient_last", starts[chosen].gradients.at(given.integer("depth") - 1)}};
  result.tables = {layers_table(starts[chosen], activation == "relu"),
                   by_layer("spreads", starts, &Start::spreads),
                   by_layer("gradients", starts, &Start::gradients)};
  result.figures = {outputs_figure(starts[chosen], activation),
                    lines_by_layer("spreads_figure", "spread", starts, &Start::spreads),
                    lines_by_layer("gradients_figure", "gradient", starts, &Start::gradients)};
  explain(result, starts[chosen]);
  result.find("suits_" + activation, {{"width", width},
                                      {"xavier", std::sqrt(1 / width)},
                                      {"he", std::sqrt(2 / width)},
                                      {"four", 4 * std::sqrt(1 / width)}});
  result.mistake("zero_is_no_start");
  result.mistake("one_size_for_all", {{"std", given.real("std")}});
  result.mistake("two_xaviers");
  return result;
}

}  // namespace
}  // namespace initialization_lab

constinit const Experiment initialization_experiment{
    "initialization", "4.5", initialization_lab::parameters, initialization_lab::run};

}  // namespace gradus
