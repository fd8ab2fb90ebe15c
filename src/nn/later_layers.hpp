// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "gradus/core/matrix_view.hpp"
#include "gradus/core/parallel.hpp"
#include "gradus/nn/layer.hpp"
#include "gradus/nn/network.hpp"

namespace gradus {

/// Some neighbouring rows of a batch.
struct RowRange {
  std::size_t first;
  std::size_t count;
};

/// All layers of a network but the first, for callers that compute the first layer in their own way
/// or know its output already. They may go over a batch in parts: different rows at the same time,
/// each by one thread with a team of its own.
///
///   later.begin(num_rows);
///   ... write the first layer's output to later.input(rows)
///   later.forward(parameters, rows, team);
///   ... write dL/dscores to later.d_scores(rows)
///   later.backward(parameters, rows, {d_parameters}, team);
///   ... take the gradient of the first layer from later.d_input(rows)
///
/// Parameters and gradients are those of these layers alone.
template <Real T>
class LaterLayers {
 public:
  /// @param network    must outlive this
  /// @param workspace  made for the network; must outlive this
  LaterLayers(const Network<T>& network, Workspace<T>& workspace)
      : network_(network), workspace_(workspace) {}

  /// Makes ready for a batch.
  /// @param num_rows  at most the workspace's
  void begin(std::size_t num_rows) { workspace_.num_rows_ = num_rows; }

  [[nodiscard]] RowRange all_rows() const { return {0, workspace_.num_rows_}; }

  [[nodiscard]] MatrixView<T> input(RowRange rows) const { return output(0, rows); }
  [[nodiscard]] MatrixView<const T> scores(RowRange rows) const { return output(last(), rows); }
  [[nodiscard]] MatrixView<T> d_scores(RowRange rows) const { return d_output(last(), rows); }
  [[nodiscard]] MatrixView<const T> d_input(RowRange rows) const { return d_output(0, rows); }

  void forward(std::span<const T> parameters, RowRange rows, Team& team) const;
  void backward(std::span<const T> parameters, RowRange rows, const GradientTarget<T>& d_parameters,
                Team& team) const;

 private:
  [[nodiscard]] std::size_t last() const { return workspace_.widths_.size() - 1; }
  [[nodiscard]] MatrixView<T> output(std::size_t i, RowRange rows) const {
    return part(workspace_.outputs_[i], workspace_.widths_[i], rows);
  }
  [[nodiscard]] MatrixView<T> d_output(std::size_t i, RowRange rows) const {
    return part(workspace_.d_outputs_[i], workspace_.widths_[i], rows);
  }
  static MatrixView<T> part(std::vector<T>& all, std::size_t width, RowRange rows) {
    return {all.data() + rows.first * width, rows.count, width};
  }

  const Network<T>& network_;
  Workspace<T>& workspace_;
};

}  // namespace gradus
