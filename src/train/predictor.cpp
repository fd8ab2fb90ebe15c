// SPDX-License-Identifier: MIT
#include "gradus/train/predictor.hpp"

#include <fmt/core.h>

#include <utility>

#include "gradus/core/error.hpp"

namespace gradus {

template <Real T>
Predictor<T>::Predictor(Model<T> model)
    : model_(std::move(model)),
      network_(model_.network),
      workspace_(network_, 1, Passes::forward),
      input_(network_.num_inputs()) {
  if (model_.parameters.size() != network_.num_parameters()) {
    throw ShapeError(fmt::format("Predictor: the model has {} parameters, its layers need {}",
                                 model_.parameters.size(), network_.num_parameters()));
  }
}

template <Real T>
template <class Feature>
std::span<const T> Predictor<T>::scores_of(std::span<const Feature> features) {
  if (features.size() != input_.size()) {
    throw ShapeError(fmt::format("Predictor: got {} features, the network expects {}",
                                 features.size(), input_.size()));
  }
  for (std::size_t i = 0; i < features.size(); ++i) {
    input_[i] = static_cast<T>(model_.scaling.apply(static_cast<double>(features[i]), i));
  }
  const MatrixView<const T> x(input_.data(), 1, input_.size());
  return network_.forward(model_.parameters, x, workspace_, team_).row(0);
}

template <Real T>
std::span<const T> Predictor<T>::scores(std::span<const std::uint8_t> features) {
  return scores_of(features);
}

template <Real T>
std::span<const T> Predictor<T>::scores(std::span<const float> features) {
  return scores_of(features);
}

template <Real T>
std::span<const T> Predictor<T>::scores(const Samples& samples, std::size_t index) {
  const std::size_t size = samples.num_features;
  return samples.bytes.empty() ? scores_of(std::span(samples.values).subspan(index * size, size))
                               : scores_of(std::span(samples.bytes).subspan(index * size, size));
}

template class Predictor<float>;
template class Predictor<double>;

}  // namespace gradus
