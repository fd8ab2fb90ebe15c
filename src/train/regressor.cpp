// SPDX-License-Identifier: MIT
#include "gradus/train/regressor.hpp"

#include <utility>

#include "gradus/core/error.hpp"

namespace gradus {

template <Real T>
Regressor<T>::Regressor(Model<T> model) : predictor_(std::move(model)) {
  if (predictor_.model().targets.num_columns() != num_targets()) {
    throw ShapeError("Regressor: the model is not one of numbers");
  }
}

template <Real T>
std::vector<double> Regressor<T>::in_units(std::span<const T> scores) const {
  std::vector<double> values(scores.size());
  for (std::size_t k = 0; k < scores.size(); ++k) {
    values[k] = predictor_.model().targets.undo(static_cast<double>(scores[k]), k);
  }
  return values;
}

template <Real T>
std::vector<double> Regressor<T>::values(std::span<const std::uint8_t> features) {
  return in_units(predictor_.scores(features));
}

template <Real T>
std::vector<double> Regressor<T>::values(std::span<const float> features) {
  return in_units(predictor_.scores(features));
}

template <Real T>
std::vector<double> Regressor<T>::values(const Samples& samples, std::size_t index) {
  return in_units(predictor_.scores(samples, index));
}

template class Regressor<float>;
template class Regressor<double>;

}  // namespace gradus
