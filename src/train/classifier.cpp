// SPDX-License-Identifier: MIT
#include "gradus/train/classifier.hpp"

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
Classifier<T>::Classifier(Model<T> model) : predictor_(std::move(model)) {
  if (predictor_.model().task() != Task::classification) {
    throw ShapeError("Classifier: the model is not one of classes");
  }
}

template <Real T>
Label Classifier<T>::classify(std::span<const std::uint8_t> features) {
  return predicted_class(predictor_.scores(features));
}

template <Real T>
Label Classifier<T>::classify(std::span<const float> features) {
  return predicted_class(predictor_.scores(features));
}

template <Real T>
std::vector<T> Classifier<T>::probabilities(std::span<const std::uint8_t> features) {
  return softmax_of(predictor_.scores(features));
}

template <Real T>
std::vector<T> Classifier<T>::probabilities(std::span<const float> features) {
  return softmax_of(predictor_.scores(features));
}

template <Real T>
std::vector<T> Classifier<T>::probabilities(const Samples& samples, std::size_t index) {
  return softmax_of(predictor_.scores(samples, index));
}

template class Classifier<float>;
template class Classifier<double>;

}  // namespace gradus
