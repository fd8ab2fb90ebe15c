// SPDX-License-Identifier: MIT
#include "gradus/train/plane_answers.hpp"

#include <algorithm>
#include <array>
#include <variant>

#include "gradus/train/classifier.hpp"
#include "gradus/train/regressor.hpp"

namespace gradus {
namespace {

/// Whether it takes so many numbers, none of which stands for a word.
bool takes_numbers(const AnyModel& model, std::size_t count) {
  return std::visit(
      [count](const auto& typed) {
        const std::vector<FeatureColumn>& columns = typed.layout.features;
        return typed.network.layer_sizes.front() == count &&
               std::all_of(columns.begin(), columns.end(),
                           [](const FeatureColumn& column) { return column.words.empty(); });
      },
      model);
}

Task task_of(const AnyModel& model) {
  return std::visit([](const auto& typed) { return typed.task(); }, model);
}

}  // namespace

bool has_regions(const AnyModel& model) {
  return task_of(model) == Task::classification && takes_numbers(model, 2);
}

bool has_curves(const AnyModel& model) {
  return task_of(model) == Task::regression && takes_numbers(model, 1);
}

std::vector<Label> classes_over_grid(const AnyModel& model, std::span<const double> x,
                                     std::span<const double> y) {
  std::vector<Label> classes;
  classes.reserve(x.size() * y.size());
  std::visit(
      [&](const auto& typed) {
        Classifier classifier(typed);
        for (const double across : x) {
          for (const double up : y) {
            const std::array<float, 2> features{static_cast<float>(across), static_cast<float>(up)};
            classes.push_back(classifier.classify(features));
          }
        }
      },
      model);
  return classes;
}

std::vector<double> answers_along(const AnyModel& model, std::span<const double> x,
                                  std::size_t target) {
  std::vector<double> answers;
  answers.reserve(x.size());
  std::visit(
      [&](const auto& typed) {
        Regressor regressor(typed);
        for (const double across : x) {
          const std::array<float, 1> features{static_cast<float>(across)};
          answers.push_back(regressor.values(features)[target]);
        }
      },
      model);
  return answers;
}

}  // namespace gradus
