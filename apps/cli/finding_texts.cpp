// SPDX-License-Identifier: MIT
#include "finding_texts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "console.hpp"

namespace gradus::cli {
namespace {

using Options = std::optional<TrainingOptions>;

std::string count(double number) {
  return with_commas(static_cast<std::uint64_t>(number));
}

std::string percent(double share) {
  return fmt::format("{:.4g} %", 100 * share);
}

constexpr std::string_view usual_decay = "--weight-decay 0.0001";

/// The learning rate that people begin with.
double usual_rate(const TrainingOptions& options) {
  const std::string& optimizer = options.optimizer.id;
  const bool takes_whole_gradient = optimizer == "sgd" || optimizer == "adagrad";
  const bool adds_up_gradients = optimizer == "momentum" || optimizer == "nesterov";
  return takes_whole_gradient ? 0.1 : adds_up_gradients ? 0.01 : 0.001;
}

bool is_rate_large(const TrainingOptions& options) {
  return options.schedule.learning_rate > 2 * usual_rate(options);
}

std::string smaller_rate(const TrainingOptions& options) {
  return fmt::format("--lr {:.3g}",
                     std::min(usual_rate(options), options.schedule.learning_rate / 10));
}

/// For a loss that stands still: too small and too large a rate look the same.
std::string other_rate(const TrainingOptions& options) {
  const double rate = options.schedule.learning_rate;
  const std::string larger = fmt::format("--lr {:.3g}", 10 * rate);
  return is_rate_large(options)           ? smaller_rate(options)
         : rate < usual_rate(options) / 2 ? larger
                                          : larger + " or " + smaller_rate(options);
}

std::string suitable_start(const TrainingOptions& options) {
  return options.network.activation == "relu" ? "--init he" : "--init xavier";
}

/// How the run began, when its weights are not of the size that fits the layers' widths.
std::string other_start(const TrainingOptions& options) {
  return options.initializer.id == "normal" ? " or " + suitable_start(options) : "";
}

Explanation input_scale(const Finding& f, const Options& /*options*/) {
  return {fmt::format("feature {} of the inputs (from 0) reaches {:.4g}, with a root mean square "
                      "of {:.4g}: so far from 0 it drowns the others and makes steps too long",
                      count(f.number("feature")), f.number("largest"), f.number("typical")),
          "standardize the columns (minus the mean, divided by the standard deviation), or scale "
          "them to 0 ... 1"};
}

Explanation test_in_training(const Finding& f, const Options& /*options*/) {
  return {fmt::format("{} of the {} test samples are training samples too: the test accuracy "
                      "counts them, though they may be known by heart",
                      count(f.number("copies")), count(f.number("test_samples"))),
          "take the copies out of one of the two halves"};
}

Explanation loss_exploding(const Finding& f, const Options& options) {
  return {
      fmt::format("the loss grew to {:.4g}, far above the {:.4g} it began with or a blind guess "
                  "has: the steps overshoot",
                  f.number("loss"), f.number("reference")),
      options ? smaller_rate(*options) : "a smaller learning rate"};
}

Explanation loss_not_moving(const Finding& f, const Options& options) {
  constexpr double large_decay = 0.1;
  constexpr double small_deviation = 0.1;
  const bool may_be_silent = options && options->initializer.id == "normal" &&
                             options->initializer.standard_deviation <= small_deviation &&
                             options->network.layer_sizes.size() > 2;
  const std::string advice =
      !options ? "another learning rate"
      : options->weight_decay >= large_decay
          ? fmt::format("{}: decay keeps the weights near 0", usual_decay)
      : may_be_silent
          ? fmt::format("{}; or {}: through layers of small first weights little comes out",
                        other_rate(*options), suitable_start(*options))
          : other_rate(*options);
  return {fmt::format("the loss is not moving: {:.4f}, where {:.4f} is what a guess has that never "
                      "looks at the inputs",
                      f.number("loss"), f.number("guess")),
          advice};
}

Explanation dead_units(const Finding& f, const Options& options) {
  return {
      fmt::format("hidden layer {}: {} of {} units are dead: their output has slope 0 for all of "
                  "{} training samples, so no gradient reaches their weights",
                  count(f.number("layer")), count(f.number("dead")), count(f.number("units")),
                  count(f.number("samples"))),
      options ? smaller_rate(*options) + other_start(*options) : "a smaller learning rate"};
}

Explanation saturated_units(const Finding& f, const Options& options) {
  return {fmt::format("hidden layer {}: {} of its outputs are saturated: at a flat end of the "
                      "activation, where hardly any gradient comes through",
                      count(f.number("layer")), percent(f.number("share"))),
          options && is_rate_large(*options) ? smaller_rate(*options)
          : options && options->initializer.id == "normal"
              ? "--init xavier, whose first weights are smaller the more inputs a unit has"
              : "a smaller learning rate, or inputs nearer to 0"};
}

Explanation one_class(const Finding& f, const Options& options) {
  return {
      fmt::format("class {} is the answer to {} of the {}samples: the accuracy of {} says no more "
                  "than how frequent that class is",
                  count(f.number("class")), percent(f.number("share")), options ? "test " : "",
                  percent(f.number("accuracy"))),
      "more iterations, another learning rate or other first weights; for data of which one "
      "class is nearly all, judge by the recall of each class (gradus evaluate)"};
}

Explanation labels_unrelated(const Finding& f, const Options& /*options*/) {
  return {fmt::format("the labels seem to have nothing to do with the inputs: this network names "
                      "the test samples no better than chance, and neither does the nearest "
                      "training sample, which needs no training ({} of {} right, {} by chance)",
                      percent(f.number("agreement")), count(f.number("samples")),
                      percent(f.number("chance"))),
          "look at some samples with their labels (gradus data info): were the two put in another "
          "order, or is the label another column?"};
}

/// Of the numbers of a finding, those that are whole.
bool is_count(std::string_view name) {
  constexpr std::array<std::string_view, 8> names{"feature", "copies", "test_samples", "layer",
                                                  "dead",    "units",  "samples",      "class"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

struct Text {
  std::string_view id;
  Explanation (*explain)(const Finding&, const Options&);
};

constexpr std::array<Text, 8> texts{{
    {"input_scale", input_scale},
    {"test_in_training", test_in_training},
    {"loss_exploding", loss_exploding},
    {"loss_not_moving", loss_not_moving},
    {"dead_units", dead_units},
    {"saturated_units", saturated_units},
    {"one_class", one_class},
    {"labels_unrelated", labels_unrelated},
}};

/// "the weights W2", "the output of hidden layer 1".
std::string place(const std::string& where) {
  if (where == "input" || where == "scores" || where == "loss") {
    return "the " + where;
  }
  return where.front() == 'W'   ? "the weights " + where
         : where.front() == 'b' ? "the biases " + where
                                : "the output of " + where;
}

}  // namespace

Explanation explain(const Finding& finding, const Options& options) {
  const auto text = std::find_if(texts.begin(), texts.end(),
                                 [&](const Text& entry) { return entry.id == finding.id; });
  return text->explain(finding, options);
}

Explanation explain(const Divergence& divergence, const TrainingOptions& options) {
  const std::string seen =
      divergence.num_numbers == 1
          ? fmt::format("{} was not a finite number", place(divergence.where))
          : fmt::format(
                "from the inputs on, {} {} the first not to be finite ({} of {} numbers)",
                place(divergence.where),
                divergence.where == "input" || divergence.where.starts_with("hidden") ? "was"
                                                                                      : "were",
                with_commas(divergence.num_not_finite), with_commas(divergence.num_numbers));
  switch (divergence.cause) {
    case DivergenceCause::start:
      return {seen + ", before any update: the first weights or the inputs are too large",
              fmt::format("{}; the largest weight is {:.3g}, the largest input {:.3g}",
                          suitable_start(options), divergence.largest_parameter,
                          divergence.largest_input)};
    case DivergenceCause::input_scale:
      return {fmt::format("{}; the inputs are large, {:.3g} at most, and make every step too long",
                          seen, divergence.largest_input),
              "standardize the columns (minus the mean, divided by the standard deviation), or " +
                  smaller_rate(options)};
    case DivergenceCause::weight_decay:
      return {fmt::format("{}; with --weight-decay {:.3g} and --lr {:.3g} each step multiplies the "
                          "weights by {:.3g}",
                          seen, options.weight_decay, options.schedule.learning_rate,
                          1 - options.schedule.learning_rate * options.weight_decay),
              std::string(usual_decay)};
    case DivergenceCause::learning_rate:
      break;
  }
  return {fmt::format("{}; a learning rate of {:.3g} seems too large for {}", seen,
                      options.schedule.learning_rate, options.optimizer.id),
          smaller_rate(options) + other_start(options)};
}

void warn(const Finding& finding, const Options& options) {
  const Explanation explanation = explain(finding, options);
  const std::string when =
      finding.iteration == 0 ? ""
                             : fmt::format(" after {} iterations", with_commas(finding.iteration));
  print_error("gradus: warning{}: {} [{}]\n        try: {}\n", when, explanation.seen, finding.id,
              explanation.advice);
}

nlohmann::ordered_json to_json(std::span<const Finding> findings, const Options& options) {
  auto list = nlohmann::ordered_json::array();
  for (const Finding& finding : findings) {
    const Explanation explanation = explain(finding, options);
    nlohmann::ordered_json json{{"id", finding.id}, {"iteration", finding.iteration}};
    for (const auto& [name, number] : finding.numbers) {
      if (is_count(name)) {
        json[std::string(name)] = static_cast<std::uint64_t>(number);
      } else {
        json[std::string(name)] = number;
      }
    }
    json["seen"] = explanation.seen;
    json["try"] = explanation.advice;
    list.push_back(std::move(json));
  }
  return list;
}

nlohmann::ordered_json to_json(const Divergence& divergence, const TrainingOptions& options) {
  const Explanation explanation = explain(divergence, options);
  return {{"where", divergence.where},
          {"not_finite", divergence.num_not_finite},
          {"numbers", divergence.num_numbers},
          {"largest_input", divergence.largest_input},
          {"largest_parameter", divergence.largest_parameter},
          {"cause", to_string(divergence.cause)},
          {"seen", explanation.seen},
          {"try", explanation.advice}};
}

}  // namespace gradus::cli
