// SPDX-License-Identifier: MIT
#include "gradus/nn/affine.hpp"

#include <fmt/core.h>

#include "gradus/core/error.hpp"
#include "gradus/math/matmul.hpp"

namespace gradus {

template <Real T>
Affine<T>::Affine(std::size_t num_inputs, std::size_t num_outputs)
    : num_inputs_(num_inputs), num_outputs_(num_outputs) {
  if (num_inputs == 0 || num_outputs == 0) {
    throw ValueError(fmt::format("Affine: got {} inputs and {} outputs, expected at least 1 each",
                                 num_inputs, num_outputs));
  }
}

template <Real T>
void Affine<T>::forward(std::span<const T> parameters, MatrixView<const T> x, MatrixView<T> y,
                        Team& team) const {
  affine_into<T>(x, weights(parameters), bias(parameters), y, team);
}

template <Real T>
void Affine<T>::backward(std::span<const T> parameters, const typename Layer<T>::Backward& batch,
                         const GradientTarget<T>& d_parameters, Team& team) const {
  if (!batch.d_x.empty()) {
    matmul_transposed_b_into<T>(batch.d_y, weights(parameters), batch.d_x, team);
  }
  matmul_transposed_a_into<T>(batch.x, batch.d_y, weights(d_parameters.values), team,
                              d_parameters.weights);
  sum_rows_into<T>(batch.d_y, bias(d_parameters.values), d_parameters.biases);
}

template class Affine<float>;
template class Affine<double>;

}  // namespace gradus
