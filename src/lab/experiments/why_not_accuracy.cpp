// SPDX-License-Identifier: MIT
#include <array>
#include <cmath>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "every_experiment.hpp"
#include "gradus/data/digits.hpp"
#include "gradus/loss/softmax_cross_entropy.hpp"
#include "gradus/math/norm.hpp"
#include "gradus/math/sigmoid.hpp"
#include "gradus/train/metrics.hpp"
#include "gradus/train/trainer.hpp"
#include "nn/later_layers.hpp"

namespace gradus {
namespace why_not_accuracy_lab {
namespace {

constexpr std::array<std::string_view, 2> sample_tries{"10", "1000"};
constexpr std::array<std::string_view, 2> iteration_tries{"0", "1000"};
constexpr std::array<std::string_view, 2> class_tries{"0", "3"};
constexpr std::array<std::string_view, 2> reach_tries{"0.001", "50"};
constexpr std::array<std::string_view, 1> steps{"1"};
constexpr std::array parameters{
    Parameter{.id = "samples",
              .kind = ParameterKind::integer,
              .initial = "100",
              .tries = sample_tries,
              .minimum = 1,
              .maximum = 1000},
    Parameter{.id = "iterations",
              .kind = ParameterKind::integer,
              .initial = "300",
              .tries = iteration_tries,
              .minimum = 0,
              .maximum = 2000},
    Parameter{.id = "class",
              .kind = ParameterKind::integer,
              .initial = "8",
              .tries = class_tries,
              .minimum = 0,
              .maximum = num_digit_classes - 1},
    Parameter{.id = "reach",
              .kind = ParameterKind::real,
              .initial = "5",
              .tries = reach_tries,
              .minimum = 1e-6,
              .maximum = 1e3},
    Parameter{.id = "h",
              .kind = ParameterKind::real,
              .initial = "1e-4",
              .tries = steps,
              .minimum = 1e-9,
              .maximum = 10},
};

constexpr std::size_t num_digits = 1000;  // to learn from, and the first of them to judge by
constexpr int num_places = 200;           // to either side

struct Score {
  double loss;
  double num_correct;
};

/// A net on some digits, as a function of its first weight to one class.
class OneWeight {
 public:
  OneWeight(const Network<double>& network, std::vector<double> learned, const Input<double>& x,
            std::span<const Label> labels, std::size_t label)
      : network_(network),
        parameters_(std::move(learned)),
        x_(x),
        labels_(labels),
        place_(network.weights(1).offset + label),  // of W2: row 0 is the first hidden unit
        initial_(parameters_[place_]),
        workspace_(network, labels.size()),
        later_(network, workspace_) {
    network_.forward(parameters_, x_, workspace_, team_);
  }

  [[nodiscard]] double initial() const { return initial_; }

  /// Only the second layer changes.
  Score at(double weight) {
    parameters_[place_] = weight;
    later_.forward(std::span<const double>(parameters_).subspan(network_.weights(1).offset),
                   later_.all_rows(), team_);
    const MatrixView<const double> scores = workspace_.scores();
    Score score{loss_.value(scores, labels_), 0};
    for (std::size_t n = 0; n < labels_.size(); ++n) {
      score.num_correct += predicted_class(scores.row(n)) == labels_[n] ? 1 : 0;
    }
    return score;
  }

  /// dL/dparameters where the weight is what it was.
  [[nodiscard]] std::vector<double> gradient() {
    parameters_[place_] = initial_;
    const MatrixView<const double> scores = network_.forward(parameters_, x_, workspace_, team_);
    loss_.value_and_gradient(scores, labels_, workspace_.d_scores());
    std::vector<double> gradient(parameters_.size());
    network_.backward(parameters_, x_, workspace_, gradient, team_);
    return gradient;
  }

  [[nodiscard]] double slope() { return gradient()[place_]; }

 private:
  const Network<double>& network_;
  std::vector<double> parameters_;
  const Input<double>& x_;
  std::span<const Label> labels_;
  std::size_t place_;
  double initial_;
  SoftmaxCrossEntropy<double> loss_;
  Team team_;
  Workspace<double> workspace_;
  LaterLayers<double> later_;
};

/// Loss and accuracy while the weight moves.
struct Way {
  Series loss{.kind = SeriesKind::line, .label = "loss"};
  Series accuracy{.kind = SeriesKind::line, .label = "accuracy"};
  std::set<double> accuracies;
  double num_jumps = 0;
};

Way walk(OneWeight& net, double reach, double num_samples) {
  Way way;
  for (int i = -num_places; i <= num_places; ++i) {
    const double weight = net.initial() + reach * i / num_places;
    const Score score = net.at(weight);
    const double accuracy = score.num_correct / num_samples;
    if (!way.accuracy.y.empty() && accuracy != way.accuracy.y.back()) {
      way.num_jumps += 1;
      way.accuracy.x.push_back(weight);  // up or down like a stair, not aslant
      way.accuracy.y.push_back(way.accuracy.y.back());
    }
    way.loss.x.push_back(weight);
    way.loss.y.push_back(score.loss);
    way.accuracy.x.push_back(weight);
    way.accuracy.y.push_back(accuracy);
    way.accuracies.insert(accuracy);
  }
  return way;
}

/// (f(w + h) - f(w - h)) / 2h of the loss and of the number of right answers.
Score central_difference(OneWeight& net, double h) {
  const Score above = net.at(net.initial() + h);
  const Score below = net.at(net.initial() - h);
  return {(above.loss - below.loss) / (2 * h), (above.num_correct - below.num_correct) / (2 * h)};
}

Table quotients_table(OneWeight& net, double num_samples) {
  Table table{
      "quotients", {{"step"}, {"loss_quotient"}, {"samples_changed"}, {"accuracy_quotient"}}, {}};
  for (const double h : {1.0, 0.1, 0.01, 1e-3, 1e-4, 1e-5}) {
    const Score slope = central_difference(net, h);
    table.rows.push_back(
        {h, slope.loss, std::round(slope.num_correct * 2 * h), slope.num_correct / num_samples});
  }
  return table;
}

/// The step function beside the sigmoid: their values, or their slopes.
Figure activations_figure(bool draws_slopes) {
  Series smooth{.kind = SeriesKind::line, .label = "sigmoid"};
  for (int i = -100; i <= 100; ++i) {
    const double x = 6 * i / 100.0;
    const double s = sigmoid(x);
    smooth.x.push_back(x);
    smooth.y.push_back(draws_slopes ? s * (1 - s) : s);
  }
  Series step{
      .kind = SeriesKind::line, .label = "step_function", .x = {-6, 0, 0, 6}, .y = {0, 0, 1, 1}};
  if (draws_slopes) {
    step.x = {-6, 6};
    step.y = {0, 0};
  }
  return {.title = draws_slopes ? "slopes_figure" : "activations_figure",
          .x = {"x"},
          .y = draws_slopes ? Axis{.label = "slope", .range = std::pair{-0.02, 0.27}}
                            : Axis{.label = "value", .range = std::pair{-0.1, 1.1}},
          .series = {std::move(smooth), std::move(step)}};
}

std::vector<Value> norms_of(std::string activation, std::span<const ParameterBlock> blocks,
                            const std::vector<double>& gradient) {
  std::vector<Value> row{TextId{std::move(activation)}};
  for (const ParameterBlock& block : blocks) {
    row.emplace_back(euclidean_norm(block.of(std::span<const double>(gradient))));
  }
  return row;
}

Result run(const Settings& given) {
  const std::size_t num_samples = given.integer("samples");
  const auto count = static_cast<double>(num_samples);
  Team team;
  const Dataset digits = make_digits({.num_train = num_digits, .num_test = 1}, team);
  TrainingOptions options;
  options.num_iterations = given.integer("iterations");
  options.evaluate_every = 0;
  Trainer<double> trainer(digits, options, team);
  trainer.run();
  const std::vector<double> learned(trainer.parameters().begin(), trainer.parameters().end());

  InputSource<double> source(digits.train, input_scale(digits.train), InputForm::sparse);
  std::vector<std::uint32_t> indices;
  for (std::uint32_t n = 0; n < num_samples; ++n) {
    indices.push_back(n);
  }
  const Input<double> x = source.rows(indices);
  const std::span<const Label> labels = std::span(digits.train.labels).first(num_samples);
  const std::size_t label = given.integer("class");
  OneWeight net(trainer.network(), learned, x, labels, label);
  const Network<double> step_network(
      {.layer_sizes = options.network.layer_sizes, .activation = "step"});
  OneWeight step_net(step_network, learned, x, labels, label);

  const Score here = net.at(net.initial());
  const double accuracy = here.num_correct / count;
  Way way = walk(net, given.real("reach"), count);
  const double h = given.real("h");
  const double quotient = central_difference(net, h).num_correct / count;
  const double slope = net.slope();
  const auto blocks = trainer.network().blocks();
  Table norms{"norms", {{"activation"}, {"W1"}, {"b1"}, {"W2"}, {"b2"}}, {}};
  norms.rows = {norms_of("sigmoid", blocks, net.gradient()),
                norms_of("step_function", blocks, step_net.gradient())};
  const double first_norm = std::get<double>(norms.rows[0][1]);

  Result result;
  result.scalars = {{"loss", here.loss},
                    {"accuracy", accuracy},
                    {"correct", here.num_correct},
                    {"slope_of_loss", slope},
                    {"slope_of_accuracy", quotient}};
  result.tables = {quotients_table(net, count), std::move(norms)};
  const Series loss_here{
      .kind = SeriesKind::points, .label = "here", .x = {net.initial()}, .y = {here.loss}};
  const Series accuracy_here{
      .kind = SeriesKind::points, .label = "here", .x = {net.initial()}, .y = {accuracy}};
  const std::vector<NamedValue> facts{
      {"samples", count},          {"correct", here.num_correct},
      {"percent", 100 * accuracy}, {"values", way.accuracies.size()},
      {"jumps", way.num_jumps},    {"one", 100 / count}};
  result.find(way.num_jumps > 0 ? "accuracy_is_a_staircase" : "accuracy_stands_still", facts);
  result.figures = {{.title = "loss_figure",
                     .x = {"weight"},
                     .y = {"loss"},
                     .series = {std::move(way.loss), loss_here}},
                    {.title = "accuracy_figure",
                     .values = {{"samples", count}},
                     .x = {"weight"},
                     .y = {"accuracy"},
                     .series = {std::move(way.accuracy), accuracy_here}},
                    activations_figure(false),
                    activations_figure(true)};
  result.find(
      "loss_answers",
      {{"slope", slope}, {"h", 0.01}, {"change", net.at(net.initial() + 0.01).loss - here.loss}});
  result.find(quotient == 0 ? "no_slope" : "jump_nearby", {{"h", h}, {"slope", quotient}});
  result.find("step_function_is_the_same", {{"sigmoid", first_norm}});
  result.mistake("finer_is_not_smooth", {{"samples", count}, {"one", 100 / count}});
  result.mistake("accuracy_is_still_the_aim");
  return result;
}

}  // namespace
}  // namespace why_not_accuracy_lab

constinit const Experiment why_not_accuracy_experiment{
    "why-not-accuracy", "4.2", why_not_accuracy_lab::parameters, why_not_accuracy_lab::run};

}  // namespace gradus
