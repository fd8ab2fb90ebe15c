// SPDX-License-Identifier: MIT
#include "later_layers.hpp"

namespace gradus {

template <Real T>
void LaterLayers<T>::forward(std::span<const T> parameters, RowRange rows, Team& team) const {
  const auto& layers = network_.rest_;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    layers[i]->forward(parameters.subspan(network_.rest_offsets_[i], layers[i]->num_parameters()),
                       output(i, rows), output(i + 1, rows), team);
  }
}

template <Real T>
void LaterLayers<T>::backward(std::span<const T> parameters, RowRange rows,
                              const GradientTarget<T>& d_parameters, Team& team) const {
  const auto& layers = network_.rest_;
  for (std::size_t i = layers.size(); i-- > 0;) {
    const std::size_t offset = network_.rest_offsets_[i];
    const std::size_t count = layers[i]->num_parameters();
    layers[i]->backward(parameters.subspan(offset, count),
                        {.x = output(i, rows),
                         .y = output(i + 1, rows),
                         .d_y = d_output(i + 1, rows),
                         .d_x = d_output(i, rows)},
                        d_parameters.part(offset, count), team);
  }
}

template class LaterLayers<float>;
template class LaterLayers<double>;

}  // namespace gradus
