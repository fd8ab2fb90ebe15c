// SPDX-License-Identifier: MIT
#include "gradus/train/classifier.hpp"

#include <fmt/core.h>

#include <utility>

#include "gradus/core/error.hpp"
#include "gradus/math/softmax.hpp"
#include "gradus/train/metrics.hpp"

namespace gradus {
namespace {

template <Real T>
std::vector<T> softmax_of(std::span<const T> scores) {
  std::vector<T> probabilities(scores.size());
  softmax_into<T>(scores, probabilities);
  return probabilities;
}

}  // namespace

template <Real T>
Classifier<T>::Classifier(Model<T> model)
    : model_(std::move(model)),
      network_(model_.network),
      workspace_(network_, 1, Passes::forward),
      input_(network_.num_inputs()) {
  if (model_.parameters.size() != network_.num_parameters()) {
    throw ShapeError(fmt::format("Classifier: the model has {} parameters, its layers need {}",
                                 model_.parameters.size(), network_.num_parameters()));
  }
}

template <Real T>
template <class Feature>
std::span<const T> Classifier<T>::scores(std::span<const Feature> features) {
  if (features.size() != input_.size()) {
    throw ShapeError(fmt::format("Classifier: got {} features, the network expects {}",
                                 features.size(), input_.size()));
  }
  for (std::size_t i = 0; i < features.size(); ++i) {
    input_[i] = static_cast<T>(model_.scaling.apply(static_cast<double>(features[i]), i));
  }
  const MatrixView<const T> x(input_.data(), 1, input_.size());
  return network_.forward(model_.parameters, x, workspace_, team_).row(0);
}

template <Real T>
Label Classifier<T>::classify(std::span<const std::uint8_t> features) {
  return predicted_class(scores(features));
}

template <Real T>
Label Classifier<T>::classify(std::span<const float> features) {
  return predicted_class(scores(features));
}

template <Real T>
std::vector<T> Classifier<T>::probabilities(std::span<const std::uint8_t> features) {
  return softmax_of(scores(features));
}

template <Real T>
std::vector<T> Classifier<T>::probabilities(std::span<const float> features) {
  return softmax_of(scores(features));
}

template class Classifier<float>;
template class Classifier<double>;

}  // namespace gradus
