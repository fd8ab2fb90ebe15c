// SPDX-License-Identifier: MIT
#include "evaluation.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <numeric>
#include <variant>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/data/input.hpp"
#include "gradus/loss/loss.hpp"

namespace gradus::cli {
namespace {

template <Real T>
Evaluation evaluate_as(const Model<T>& model, const Samples& samples, Team& team) {
  const Network<T> network(model.network);
  const auto loss = losses<T>().find(model.loss).make();
  InputSource<T> source(samples, model.input_scale, choose_input_form(samples));
  std::vector<std::uint32_t> indices(samples.num_samples());
  std::iota(indices.begin(), indices.end(), 0U);
  return evaluate<T>(network, model.parameters, *loss, source, indices, team);
}

}  // namespace

void check_fit(const std::string& name, const AnyModel& model, const Dataset& dataset) {
  const auto& sizes = std::visit(
      [](const auto& typed) -> const auto& { return typed.network.layer_sizes; }, model);
  if (sizes.front() != dataset.train.num_features || sizes.back() < dataset.num_classes) {
    throw ShapeError(
        fmt::format("{} takes {} features and tells {} classes apart, but {} has {} features and "
                    "{} classes",
                    name, sizes.front(), sizes.back(), dataset.name, dataset.train.num_features,
                    dataset.num_classes));
  }
}

Evaluation evaluate_model(const AnyModel& model, const Samples& samples, Team& team) {
  return std::visit([&](const auto& typed) { return evaluate_as(typed, samples, team); }, model);
}

}  // namespace gradus::cli
