// SPDX-License-Identifier: MIT
#include "gradus/train/evaluate_model.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <variant>
#include <vector>

#include "gradus/core/counted.hpp"
#include "gradus/core/error.hpp"
#include "gradus/data/input_source.hpp"
#include "gradus/loss/loss.hpp"
#include "gradus/train/predictor.hpp"

namespace gradus {
namespace {

template <Real T>
Evaluation evaluate_as(const Model<T>& model, const Samples& samples, Team& team) {
  const Network<T> network(model.network);
  const auto loss = losses<T>(model.task()).find(model.loss).make();
  InputSource<T> source(samples, model.scaling,
                        choose_input_form(samples, model.scaling.is_standardized()), model.targets);
  std::vector<std::uint32_t> indices(samples.num_samples());
  std::iota(indices.begin(), indices.end(), 0U);
  return evaluate<T>(network, model.parameters, *loss, source, indices, team);
}

template <Real T, class Feature>
void check_answers(const Model<T>& model, const std::vector<Feature>& features,
                   std::size_t num_features, const std::string& name, std::string_view part) {
  Predictor<T> predictor(model);
  for (std::size_t i = 0; i < features.size() / num_features; ++i) {
    const auto sample = std::span(features).subspan(i * num_features, num_features);
    if (!is_finite<T>(predictor.scores(sample))) {
      throw DataError(
          name, std::nullopt,
          fmt::format("sample {} of the {}: {}", i, part,
                      no_finite_answer(largest_size(sample), largest_size<T>(model.parameters))));
    }
  }
}

}  // namespace

void check_fit(const std::string& name, const AnyModel& model, const Dataset& dataset) {
  const auto& sizes = std::visit(
      [](const auto& typed) -> const auto& { return typed.network.layer_sizes; }, model);
  const Task task = std::visit([](const auto& typed) { return typed.task(); }, model);
  const auto outputs = [](Task of, std::size_t count) {
    return of == Task::classification ? counted(count, "class", "classes")
                                      : counted(count, "number");
  };
  const bool fits = task == Task::classification ? sizes.back() >= dataset.num_classes
                                                 : sizes.back() == dataset.train.num_targets;
  if (task != dataset.task() || sizes.front() != dataset.train.num_features || !fits) {
    throw ShapeError(fmt::format(
        "{} takes {} and {} {}{}, but {} has {} and {}{}", name, counted(sizes.front(), "feature"),
        task == Task::classification ? "tells" : "predicts", outputs(task, sizes.back()),
        task == Task::classification ? " apart" : "", dataset.name,
        counted(dataset.train.num_features, "feature"),
        outputs(dataset.task(), dataset.num_outputs()),
        dataset.task() == Task::classification ? "" : " to predict"));
  }
}

void check_fit(const std::string& name, const AnyModel& model, const Samples& samples,
               const std::string& data) {
  const std::size_t num_inputs =
      std::visit([](const auto& typed) { return typed.network.layer_sizes.front(); }, model);
  if (samples.num_features != num_inputs) {
    throw ShapeError(fmt::format("{} takes {}, but {} has {}", name, counted(num_inputs, "feature"),
                                 data, counted(samples.num_features, "feature")));
  }
}

Evaluation evaluate_model(const AnyModel& model, const Samples& samples, Team& team) {
  return std::visit([&](const auto& typed) { return evaluate_as(typed, samples, team); }, model);
}

void check_finite(const Evaluation& evaluation, const AnyModel& model, const Samples& samples,
                  const std::string& name, std::string_view part) {
  if (std::isfinite(evaluation.loss)) {
    return;
  }
  std::visit(
      [&](const auto& typed) {
        check_answers(typed, samples.bytes, samples.num_features, name, part);
        check_answers(typed, samples.values, samples.num_features, name, part);
      },
      model);
  throw DataError(name, std::nullopt,
                  fmt::format("the loss of the {} is not finite, though every answer is: "
                              "the network's scores are too far apart",
                              part));
}

template <Real T>
bool is_finite(std::span<const T> probabilities) {
  return std::all_of(probabilities.begin(), probabilities.end(),
                     [](T probability) { return std::isfinite(probability); });
}

template <class Number>
double largest_size(std::span<const Number> numbers) {
  double largest = 0;
  for (const Number number : numbers) {
    largest = std::max(largest, std::abs(static_cast<double>(number)));
  }
  return largest;
}

std::string no_finite_answer(double largest_input, double largest_parameter) {
  return fmt::format(
      "the network's answer is not finite; its inputs are up to {:.3g}, its parameters up to "
      "{:.3g}",
      largest_input, largest_parameter);
}

template bool is_finite<float>(std::span<const float>);
template bool is_finite<double>(std::span<const double>);
template double largest_size<float>(std::span<const float>);
template double largest_size<double>(std::span<const double>);
template double largest_size<std::uint8_t>(std::span<const std::uint8_t>);

}  // namespace gradus
