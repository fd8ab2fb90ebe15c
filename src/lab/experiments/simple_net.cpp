// SPDX-License-Identifier: MIT
#include "gradus/nn/simple_net.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "every_experiment.hpp"
#include "gradus/core/numbers_below.hpp"
#include "gradus/loss/cross_entropy_error.hpp"
#include "gradus/math/softmax.hpp"

namespace gradus {
namespace simple_net_lab {
namespace {

constexpr std::size_t num_inputs = 2;
constexpr std::size_t num_classes = 3;
constexpr double largest = 100;
constexpr double tried_step = 0.01;  // of w11, to see what its derivative means

constexpr std::array<std::string_view, 2> input_tries{"1,-2", "0,1"};
constexpr std::array<std::string_view, 2> weight_tries{"0,0,0,0,0,0", "1,-1,0.5,0,0.3,-2"};
constexpr std::array<std::string_view, 2> class_tries{"0", "1"};
constexpr std::array<std::string_view, 2> rates{"1", "100"};
constexpr std::array parameters{
    Parameter{.id = "x",
              .kind = ParameterKind::numbers,
              .initial = "0.6,0.9",
              .tries = input_tries,
              .minimum = -largest,
              .maximum = largest,
              .min_count = num_inputs,
              .max_count = num_inputs},
    Parameter{.id = "W",
              .kind = ParameterKind::numbers,
              .initial = "0.47355232,0.9977393,0.84668094,0.85557411,0.03563661,0.69422093",
              .tries = weight_tries,
              .minimum = -largest,
              .maximum = largest,
              .min_count = num_inputs * num_classes,
              .max_count = num_inputs * num_classes},
    Parameter{.id = "t",
              .kind = ParameterKind::integer,
              .initial = "2",
              .tries = class_tries,
              .minimum = 0,
              .maximum = num_classes - 1},
    Parameter{.id = "lr",
              .kind = ParameterKind::real,
              .initial = "0.1",
              .tries = rates,
              .minimum = 1e-9,
              .maximum = 1e6},
};

using Weights = std::vector<double>;

/// The question and all that is asked about it.
struct Question {
  const std::vector<double>& x;
  const Weights& weights;
  std::size_t right;  // class

  [[nodiscard]] static SimpleNet net(const Weights& weights) {
    return SimpleNet(Array<double>(Shape{num_inputs, num_classes}, weights));
  }
  [[nodiscard]] static std::array<double, num_classes> one_hot(std::size_t label) {
    std::array<double, num_classes> t{};
    t.at(label) = 1;
    return t;
  }
  [[nodiscard]] double loss(const Weights& other) const {
    return net(other).loss(x, one_hot(right));
  }
  [[nodiscard]] double loss_if(std::size_t label) const {
    return net(weights).loss(x, one_hot(label));
  }
  [[nodiscard]] double loss_with(std::size_t i, double weight) const {
    Weights moved = weights;
    moved[i] = weight;
    return loss(moved);
  }
};

/// w11, w12, ...: row = input, column = class, from 1.
std::string name_of(std::size_t i) {
  return fmt::format("w{}{}", i / num_classes + 1, i % num_classes + 1);
}

/// x^T (p - t): what the chain rule gives, when the loss has no delta.
Weights by_hand(const Question& question, std::span<const double> p) {
  Weights slopes;
  const auto t = Question::one_hot(question.right);
  for (const double input : question.x) {
    for (std::size_t k = 0; k < num_classes; ++k) {
      slopes.push_back(0 + input * (p[k] - t.at(k)));  // 0 + -0 is 0
    }
  }
  return slopes;
}

double largest_difference(std::span<const double> a, std::span<const double> b) {
  double difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference = std::max(difference, std::abs(a[i] - b[i]));
  }
  return difference;
}

std::size_t place_of_largest(std::span<const double> numbers) {
  return static_cast<std::size_t>(std::max_element(numbers.begin(), numbers.end()) -
                                  numbers.begin());
}

Figure answer_figure(const std::vector<double>& p, std::size_t right) {
  const auto t = Question::one_hot(right);
  const std::vector<double> classes{0, 1, 2};
  return {.title = "answer_figure",
          .x = {"class"},
          .y = {"probability"},
          .series = {{.kind = SeriesKind::bars,
                      .label = "right_answer",
                      .x = classes,
                      .y = {t.begin(), t.end()}},
                     {.kind = SeriesKind::bars, .label = "p", .x = classes, .y = p}}};
}

Figure slopes_figure(const Weights& slopes) {
  Series bars{.kind = SeriesKind::bars, .x = numbers_below<double>(slopes.size()), .y = slopes};
  Axis weights{.label = "weight", .range = std::pair{-0.6, 5.6}};
  for (std::size_t i = 0; i < slopes.size(); ++i) {
    weights.names.push_back(name_of(i));
  }
  return {.title = "slopes_figure", .x = weights, .y = {"slope"}, .series = {std::move(bars)}};
}

Figure one_weight_figure(const Question& question, double slope) {
  constexpr double reach = 4;
  const double w = question.weights[0];
  const double loss = question.loss(question.weights);
  Series line{.kind = SeriesKind::line, .label = "loss"};
  Series tangent{.kind = SeriesKind::guide, .label = "tangent"};
  for (int i = -100; i <= 100; ++i) {
    const double move = reach * i / 100;
    line.x.push_back(w + move);
    line.y.push_back(question.loss_with(0, w + move));
    tangent.y.push_back(loss + slope * move);
  }
  tangent.x = line.x;
  return {.title = "one_weight_figure",
          .x = {"w11"},
          .y = {"loss"},
          .series = {std::move(line),
                     std::move(tangent),
                     {.kind = SeriesKind::points, .label = "here", .x = {w}, .y = {loss}}}};
}

void explain_slopes(Result& result, const Question& question, const Weights& slopes, double lr) {
  const double w11 = question.weights[0];
  const std::vector<NamedValue> tried{
      {"h", tried_step},
      {"change", question.loss_with(0, w11 + tried_step) - question.loss(question.weights)},
      {"slope", slopes[0]}};
  result.find(slopes[0] > 0   ? "raising_w11_raises"
              : slopes[0] < 0 ? "raising_w11_lowers"
                              : "w11_does_nothing",
              tried);
  Weights sizes;
  for (const double slope : slopes) {
    sizes.push_back(std::abs(slope));
  }
  const std::size_t steepest = place_of_largest(sizes);
  if (slopes[steepest] != 0) {
    result.find(slopes[steepest] < 0 ? "largest_is_raised" : "largest_is_lowered",
                {{"name", name_of(steepest)},
                 {"slope", slopes[steepest]},
                 {"lr", lr},
                 {"step", lr * sizes[steepest]},
                 {"w11_step", lr * sizes[0]}});
  }
  if (question.x[0] == 0 || question.x[1] == 0) {
    result.find("silent_input", {{"row", question.x[0] == 0 ? 1.0 : 2.0}});
  } else {
    result.find("rows_are_alike", {{"ratio", question.x[1] / question.x[0]}});
  }
}

Result run(const Settings& given) {
  const Question question{given.numbers("x"), given.numbers("W"), given.integer("t")};
  const double lr = given.real("lr");
  const SimpleNet net = Question::net(question.weights);
  const auto t = Question::one_hot(question.right);
  const std::vector<double> scores = net.predict(question.x);
  std::vector<double> p = scores;
  softmax_into<double>(p, p);
  const std::size_t predicted = place_of_largest(p);
  const Array<double> numerical_array = net.numerical_gradient(question.x, t);
  const Weights numerical(numerical_array.elements().begin(), numerical_array.elements().end());
  const Weights hand = by_hand(question, p);
  const double loss = question.loss(question.weights);

  Table answer{"answer",
               {{"class"}, {"score", 10}, {"p", 10}, {"right_answer"}, {"loss_if", all_digits}},
               {}};
  for (std::size_t k = 0; k < num_classes; ++k) {
    answer.rows.push_back({k, scores[k], p[k], t.at(k), question.loss_if(k)});
  }
  Table table{"slopes",
              {{"weight"},
               {"before", 10},
               {"numerical", 10},
               {"by_hand", 10},
               {"difference", 2},
               {"after"}},
              {}};
  Weights stepped = question.weights;
  for (std::size_t i = 0; i < numerical.size(); ++i) {
    stepped[i] -= lr * numerical[i];
    table.rows.push_back({name_of(i), question.weights[i], numerical[i], hand[i],
                          std::abs(numerical[i] - hand[i]), stepped[i]});
  }
  const double next_loss = question.loss(stepped);

  Result result;
  result.scalars = {{"predicted", predicted}, {"loss", loss}, {"next_loss", next_loss}};
  result.tables = {std::move(answer), std::move(table)};
  result.figures = {answer_figure(p, question.right), slopes_figure(numerical),
                    one_weight_figure(question, numerical[0])};

  result.find(predicted == question.right ? "predicted_right" : "predicted_wrong",
              {{"predicted", predicted},
               {"right", question.right},
               {"p", p[question.right]},
               {"loss", loss}});
  result.find("other_labels", {{"loss0", question.loss_if(0)},
                               {"loss1", question.loss_if(1)},
                               {"loss2", question.loss_if(2)},
                               {"predicted", predicted}});
  explain_slopes(result, question, numerical, lr);
  result.find(next_loss < loss ? "step_lowers" : "step_does_nothing",
              {{"lr", lr}, {"from", loss}, {"to", next_loss}});
  if (p[question.right] < cross_entropy_delta) {
    const Weights none(numerical.size());
    result.find("delta_hides_the_way",
                {{"p", p[question.right]}, {"largest", largest_difference(numerical, none)}});
  } else {
    const Array<double> exact = net.gradient(question.x, t);
    result.find("two_ways_agree",
                {{"difference", largest_difference(numerical, hand)},
                 {"with_delta", largest_difference(numerical, exact.elements())}});
  }

  result.mistake("slopes_of_a_picture", {{"slope11", numerical[0]}, {"slope13", numerical[2]}});
  result.mistake("one_dimensional_loop");
  Weights small = question.weights;
  for (double& weight : small) {
    weight /= 100;
  }
  result.mistake("factor_forgotten", {{"loss", question.loss(small)}});
  result.mistake("label_is_fixed");
  result.mistake("f_ignores_w");
  result.mistake("rows_and_columns");
  return result;
}

}  // namespace
}  // namespace simple_net_lab

constinit const Experiment simple_net_experiment{"simple-net", "4.4", simple_net_lab::parameters,
                                                 simple_net_lab::run};

}  // namespace gradus
