// SPDX-License-Identifier: MIT
#include "gradus/nn/affine.hpp"

#include <fmt/format.h>

#include <variant>

#include "gradus/core/error.hpp"
#include "gradus/math/matmul.hpp"
#include "gradus/math/sparse_products.hpp"

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
  matmul_transposed_b_into<T>(batch.d_y, weights(parameters), batch.d_x, team);
  backward_parameters(batch.x, batch.d_y, d_parameters, team);
}

template <Real T>
void Affine<T>::backward_parameters(MatrixView<const T> x, MatrixView<const T> d_y,
                                    const GradientTarget<T>& d_parameters, Team& team) const {
  matmul_transposed_a_into<T>(x, d_y, weights(d_parameters.values), team, d_parameters.weights);
  sum_rows_into<T>(d_y, bias(d_parameters.values), d_parameters.biases);
}

template <Real T>
void Affine<T>::forward_input(std::span<const T> parameters, const Input<T>& x, MatrixView<T> y,
                              Passes passes, SparseMemory& memory, Team& team) const {
  if (const auto* sparse = std::get_if<SparseBatch<T>>(&x)) {
    ColumnLists* lists = passes == Passes::forward ? nullptr : &memory.lists;
    sparse_affine_into<T>(*sparse, weights(parameters), bias(parameters), y, memory.panels, lists,
                          team);
  } else {
    forward(parameters, std::get<MatrixView<const T>>(x), y, team);
  }
}

template <Real T>
void Affine<T>::backward_input(const Input<T>& x, MatrixView<const T> d_y,
                               std::span<T> d_parameters, SparseMemory& memory, Team& team) const {
  if (const auto* sparse = std::get_if<SparseBatch<T>>(&x)) {
    sparse_transposed_product_into<T>(memory.lists, *sparse->byte_values, d_y,
                                      weights(d_parameters), memory.panels, team);
    sum_rows_into<T>(d_y, bias(d_parameters));
  } else {
    backward_parameters(std::get<MatrixView<const T>>(x), d_y, {d_parameters}, team);
  }
}

template class Affine<float>;
template class Affine<double>;

}  // namespace gradus
