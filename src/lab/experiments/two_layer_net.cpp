// SPDX-License-Identifier: MIT
#include "gradus/nn/two_layer_net.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "every_experiment.hpp"
#include "gradus/core/numbers_below.hpp"
#include "gradus/data/digits.hpp"
#include "gradus/loss/softmax_cross_entropy.hpp"
#include "gradus/nn/numerical_gradient.hpp"
#include "gradus/train/trainer.hpp"
#include "lab/pictures.hpp"
#include "seed_parameter.hpp"

namespace gradus {
namespace two_layer_net_lab {
namespace {

constexpr std::array<std::string_view, 2> widths{"10", "100"};
constexpr std::array<std::string_view, 2> batch_sizes{"1", "100"};
constexpr std::array<std::string_view, 2> deviations{"1", "0"};
constexpr std::array parameters{
    Parameter{.id = "hidden",
              .kind = ParameterKind::integer,
              .initial = "50",
              .tries = widths,
              .minimum = 1,
              .maximum = 200},
    Parameter{.id = "batch",
              .kind = ParameterKind::integer,
              .initial = "10",
              .tries = batch_sizes,
              .minimum = 1,
              .maximum = 100},
    Parameter{.id = "std",
              .kind = ParameterKind::real,
              .initial = "0.01",
              .tries = deviations,
              .minimum = 0,
              .maximum = 10},
    seed_parameter,
};

constexpr std::size_t num_judged = 500;          // digits for the first loss and accuracy
constexpr double num_training_steps = 10000;     // of the textbook's run
constexpr double losses_of_backpropagation = 3;  // about: forward once, and backward twice as much

/// Gradients of the same batch, by three ways.
struct Gradients {
  std::vector<double> numerical;  // of the loss without delta
  std::vector<double> backprop;   // of the same loss
  std::vector<double> delta;      // by backpropagation, of the loss with delta
};

Gradients differentiate(const TwoLayerNet& net, const NetworkOptions& options,
                        const Input<double>& x, std::span<const Label> labels) {
  Team team;
  const Network<double> network(options);
  const SoftmaxCrossEntropy<double> loss;
  const auto rows = std::get<MatrixView<const double>>(x);
  Gradients gradients{std::vector<double>(network.num_parameters()),
                      std::vector<double>(network.num_parameters()), net.gradient(rows, labels)};
  Workspace<double> workspace(network, labels.size());
  const MatrixView<const double> scores = network.forward(net.parameters(), x, workspace, team);
  loss.value_and_gradient(scores, labels, workspace.d_scores());
  network.backward(net.parameters(), x, workspace, gradients.backprop, team);
  NetworkNumericalGradient(network, loss, labels.size())
      .run(net.parameters(), x, labels, gradients.numerical, team);
  return gradients;
}

double largest(std::span<const double> numbers) {
  double most = 0;
  for (const double number : numbers) {
    most = std::max(most, std::abs(number));
  }
  return most;
}

struct Gap {
  double largest = 0;
  double mean = 0;
};

Gap gap_between(std::span<const double> a, std::span<const double> b) {
  Gap gap;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double difference = std::abs(a[i] - b[i]);
    gap.largest = std::max(gap.largest, difference);
    gap.mean += difference / static_cast<double>(a.size());
  }
  return gap;
}

/// Of the inputs, those that are 0 in every row.
double share_of_blank_columns(MatrixView<const double> x) {
  double num_blank = 0;
  for (std::size_t i = 0; i < x.num_cols(); ++i) {
    std::size_t row = 0;
    while (row < x.num_rows() && x(row, i) == 0) {
      ++row;
    }
    num_blank += row == x.num_rows() ? 1 : 0;
  }
  return num_blank / static_cast<double>(x.num_cols());
}

/// The part of one array: W1 b1 W2 b2.
std::span<const double> part(const ParameterBlock& block, const std::vector<double>& all) {
  return block.of(std::span<const double>(all));
}

Table blocks_table(std::span<const ParameterBlock> blocks, const Gradients& gradients) {
  Table table{"blocks",
              {{"array"},
               {"shape"},
               {"numbers"},
               {"largest_gradient", 3},
               {"largest_gap", 2},
               {"mean_gap", 2},
               {"delta_gap", 2}},
              {}};
  for (const ParameterBlock& block : blocks) {
    const Gap gap = gap_between(part(block, gradients.numerical), part(block, gradients.backprop));
    const Gap delta = gap_between(part(block, gradients.delta), part(block, gradients.backprop));
    table.rows.push_back({block.name, block.shape.to_string(), block.size(),
                          largest(part(block, gradients.backprop)), gap.largest, gap.mean,
                          delta.mean});
  }
  return table;
}

Table costs_table(double num_parameters) {
  Table table{"costs", {{"method"}, {"one_gradient", 12}, {"whole_run", 12}}, {}};
  for (const auto& [method, losses] :
       {std::pair{"by_differences", 2 * num_parameters},
        std::pair{"by_backpropagation", losses_of_backpropagation}}) {
    table.rows.push_back({TextId{method}, losses, num_training_steps * losses});
  }
  return table;
}

Figure slopes_figure(const ParameterBlock& weights, const std::vector<double>& gradient) {
  const std::size_t width = weights.shape[1];
  std::vector<double> into_first_unit;
  for (std::size_t pixel = 0; pixel < num_digit_pixels; ++pixel) {
    into_first_unit.push_back(part(weights, gradient)[pixel * width]);
  }
  return {.title = "unit_figure",
          .x = {},
          .y = {},
          .series = {pictures(into_first_unit, digit_side, 1)},
          .has_equal_scales = true};
}

Figure agreement_figure(const ParameterBlock& weights, const Gradients& gradients) {
  const auto exact = part(weights, gradients.backprop);
  const auto numerical = part(weights, gradients.numerical);
  const double edge = largest(exact);
  return {.title = "agreement_figure",
          .x = {"by_backpropagation"},
          .y = {"by_differences"},
          .series = {
              {.kind = SeriesKind::guide, .label = "equal", .x = {-edge, edge}, .y = {-edge, edge}},
              {.kind = SeriesKind::points,
               .label = "weights_of_W2",
               .x = {exact.begin(), exact.end()},
               .y = {numerical.begin(), numerical.end()}}}};
}

Figure guess_figure(std::span<const double> p) {
  return {.title = "guess_figure",
          .x = {"class"},
          .y = {"probability"},
          .series = {{.kind = SeriesKind::bars,
                      .x = numbers_below<double>(p.size()),
                      .y = {p.begin(), p.end()}}}};
}

Result run(const Settings& given) {
  const std::size_t width = given.integer("hidden");
  const std::size_t batch = given.integer("batch");
  const double deviation = given.real("std");
  Team team;
  const Dataset digits = make_digits({.num_train = num_judged, .num_test = 1}, team);
  InputSource<double> source(digits.train, input_scale(digits.train), InputForm::dense);
  const std::vector<std::uint32_t> indices = numbers_below<std::uint32_t>(num_judged);

  const TwoLayerNet net(
      {.hidden_size = width, .weight_init_std = deviation, .seed = given.integer("seed")});
  const auto judged = std::get<MatrixView<const double>>(source.rows(indices));
  const double loss = net.loss(judged, digits.train.labels);
  const double accuracy = net.accuracy(judged, digits.train.labels);
  const Array<double> guess = net.predict({judged.data(), 1, judged.num_cols()});
  const std::span<const double> first_image = judged.row(0);
  const std::vector<double> image(first_image.begin(), first_image.end());

  const MatrixView<const double> x(judged.data(), batch, judged.num_cols());
  const Gradients gradients =
      differentiate(net, {.layer_sizes = {num_digit_pixels, width, num_digit_classes}}, x,
                    std::span(digits.train.labels).first(batch));
  const std::span<const ParameterBlock> blocks = net.blocks();
  const auto count = static_cast<double>(net.parameters().size());
  const double uniform = std::log(static_cast<double>(num_digit_classes));

  Result result;
  result.scalars = {
      {"parameters", count}, {"loss", loss}, {"uniform_loss", uniform}, {"accuracy", accuracy}};
  result.tables = {blocks_table(blocks, gradients), costs_table(count)};
  result.figures = {{.title = "image_figure",
                     .values = {{"label", digits.train.labels[0]}},
                     .x = {},
                     .y = {},
                     .series = {pictures(image, digit_side, 1)},
                     .has_equal_scales = true},
                    guess_figure(guess.elements()),
                    slopes_figure(blocks[0], gradients.backprop),
                    agreement_figure(blocks[2], gradients)};

  result.find("counted", {{"hidden", width}, {"count", count}});
  result.find(
      std::abs(loss - uniform) < 0.1 ? "starts_as_a_guess" : "starts_far_off",
      {{"loss", loss}, {"uniform", uniform}, {"accuracy", 100 * accuracy}, {"std", deviation}});
  const Gap gap = gap_between(gradients.numerical, gradients.backprop);
  result.find("two_ways_agree", {{"gap", gap.largest}, {"largest", largest(gradients.backprop)}});
  if (deviation == 0) {
    result.find("nothing_comes_back");
  } else {
    result.find("blank_pixels", {{"share", 100 * share_of_blank_columns(x)}});
  }
  result.find("cost",
              {{"count", count}, {"losses", 2 * count}, {"run", 2 * count * num_training_steps}});

  const auto delta_gap = [&](std::size_t block) {
    return gap_between(part(blocks[block], gradients.delta),
                       part(blocks[block], gradients.backprop))
        .mean;
  };
  result.mistake("delta_forgotten", {{"W1", delta_gap(0)},
                                     {"b1", delta_gap(1)},
                                     {"W2", delta_gap(2)},
                                     {"b2", delta_gap(3)},
                                     {"gap", gap.mean}});
  result.mistake("labels_broadcast");
  result.mistake("argmax_of_labels");
  result.mistake("gradient_of_one_axis");
  result.mistake("parts_are_missing");
  result.mistake("names_are_swapped");
  return result;
}

}  // namespace
}  // namespace two_layer_net_lab

constinit const Experiment two_layer_net_experiment{
    "two-layer-net", "4.5", two_layer_net_lab::parameters, two_layer_net_lab::run};

}  // namespace gradus
