// SPDX-License-Identifier: MIT
#include "gradus/nn/numerical_gradient.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <utility>
#include <variant>

#include "gradus/core/error.hpp"
#include "gradus/math/matmul.hpp"
#include "gradus/math/outer_product.hpp"

namespace gradus {
namespace {

/// Outputs of a layer that are done together: the inputs of a sample are listed once for all.
constexpr std::size_t units_per_piece = 4;

/// Inputs whose weights are moved together: so many that all that moves stays in fast memory.
std::size_t inputs_at_once(std::size_t width) {
  constexpr std::size_t max_numbers = 32768;
  return std::clamp<std::size_t>(max_numbers / (2 * width), 8, 256);
}

}  // namespace

/// The memory of one thread, and what it does for one piece of the work.
class NetworkNumericalGradient::Worker {
 public:
  explicit Worker(const NetworkNumericalGradient& owner) : owner_(owner) {
    const auto& sizes = owner.network_.options().layer_sizes;
    const std::size_t width = *std::max_element(sizes.begin() + 1, sizes.end());
    const std::size_t max_inputs = *std::max_element(sizes.begin(), sizes.end() - 1) + 1;
    inputs_at_once_ = inputs_at_once(width);
    steps_.resize(2 * inputs_at_once_);
    unit_changes_.resize(2 * inputs_at_once_);
    loss_changes_.resize(2 * inputs_at_once_);
    moves_.resize(width * 2 * inputs_at_once_);
    next_moves_.resize(moves_.size());
    inputs_.reserve(max_inputs);
    values_.reserve(max_inputs);
    sums_.resize(units_per_piece * max_inputs);
  }

  /// Writes these units' columns of the gradient.
  void run(const Piece& piece, const Batch& batch, std::span<double> gradient) {
    const ParameterBlock& block = owner_.network_.weights(piece.layer);
    const std::size_t num_rows = block.shape[0] + 1;  // the bias is the last
    std::fill(sums_.begin(), sums_.end(), 0.0);
    for (std::size_t n = 0; n < gradus::num_rows(batch.targets); ++n) {
      list_inputs(batch.x, piece.layer, n);
      for (std::size_t begin = 0; begin < inputs_.size(); begin += inputs_at_once_) {
        const std::size_t end = std::min(inputs_.size(), begin + inputs_at_once_);
        set_steps(begin, end);
        for (std::size_t j = piece.first; j < piece.last; ++j) {
          const MatrixView<double> moves = score_moves(batch, piece.layer, j, n);
          owner_.loss_.changes_into(owner_.workspace_.scores().row(n), rows_of(batch.targets, n, 1),
                                    moves, {loss_changes_.data(), moves.num_cols()});
          double* sums = sums_.data() + (j - piece.first) * num_rows;
          for (std::size_t k = begin; k < end; ++k) {
            sums[inputs_[k]] += loss_changes_[k - begin] - loss_changes_[k - begin + end - begin];
          }
        }
      }
    }
    const double denominator = 2 * step * static_cast<double>(gradus::num_rows(batch.targets));
    const MatrixView<double> columns(gradient.data() + block.offset, num_rows, block.shape[1]);
    for (std::size_t i = 0; i < num_rows; ++i) {
      for (std::size_t j = piece.first; j < piece.last; ++j) {
        columns(i, j) = sums_[(j - piece.first) * num_rows + i] / denominator;
      }
    }
  }

 private:
  [[nodiscard]] MatrixView<const double> weights(std::size_t layer, const Batch& batch) const {
    return owner_.network_.weights(layer).matrix_of(batch.parameters);
  }

  /// The inputs of a layer that are not 0 for sample n, and after them that of the bias.
  void list_inputs(const Input<double>& x, std::size_t layer, std::size_t n) {
    inputs_.clear();
    values_.clear();
    if (layer > 0) {
      list_row(owner_.workspace_.hidden_output(layer - 1).row(n));
    } else if (const auto* dense = std::get_if<MatrixView<const double>>(&x)) {
      list_row(dense->row(n));
    } else {
      const auto& sparse = std::get<SparseBatch<double>>(x);
      sparse.rows->for_each_entry(sparse.indices[n], [&](std::size_t column, std::uint8_t value) {
        inputs_.push_back(column);
        values_.push_back((*sparse.byte_values)[value]);
      });
    }
    inputs_.push_back(owner_.network_.weights(layer).shape[0]);
    values_.push_back(1);
  }

  void list_row(std::span<const double> row) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (row[i] != 0) {
        inputs_.push_back(i);
        values_.push_back(row[i]);
      }
    }
  }

  /// What an output of the layer moves by: first upwards for each of these inputs, then downwards.
  void set_steps(std::size_t begin, std::size_t end) {
    num_moves_ = 2 * (end - begin);
    for (std::size_t k = begin; k < end; ++k) {
      steps_[k - begin] = step * values_[k];
      steps_[k - begin + end - begin] = -step * values_[k];
    }
  }

  /// (C, M) what the scores of sample n move by when output j of a layer moves by each of the
  /// steps.
  MatrixView<double> score_moves(const Batch& batch, std::size_t layer, std::size_t j,
                                 std::size_t n) {
    const std::size_t last_layer = owner_.activations_.size();
    if (layer == last_layer) {
      return only_row(j, owner_.network_.num_outputs());
    }
    MatrixView<double> moves;
    const Activation<double>& activation = *owner_.activations_[layer];
    const std::span<const double> x = owner_.workspace_.pre_activation(layer).row(n);
    if (activation.is_elementwise()) {
      activation.changes_into(x.subspan(j, 1), {steps_.data(), 1, num_moves_},
                              {unit_changes_.data(), 1, num_moves_});
      const MatrixView<const double> w = weights(layer + 1, batch);
      moves = {moves_.data(), w.num_cols(), num_moves_};
      outer_product_into(w.row(j), {unit_changes_.data(), num_moves_}, moves);
    } else {
      moves = only_row(j, x.size());
      activation.changes_into(x, moves, moves);
      moves = through_affine(layer + 1, batch, moves);
    }
    for (std::size_t next = layer + 1; next < last_layer; ++next) {
      owner_.activations_[next]->changes_into(owner_.workspace_.pre_activation(next).row(n), moves,
                                              moves);
      moves = through_affine(next + 1, batch, moves);
    }
    return moves;
  }

  /// Moves of one unit by the steps, and of no other.
  MatrixView<double> only_row(std::size_t row, std::size_t num_rows) {
    const MatrixView<double> moves(moves_.data(), num_rows, num_moves_);
    std::fill(moves.elements().begin(), moves.elements().end(), 0.0);
    std::copy_n(steps_.begin(), num_moves_, moves.row(row).begin());
    return moves;
  }

  /// (O, M) what the outputs of an affine layer move by when its inputs do.
  MatrixView<double> through_affine(std::size_t layer, const Batch& batch,
                                    MatrixView<const double> moves) {
    const MatrixView<const double> w = weights(layer, batch);
    const MatrixView<double> next(next_moves_.data(), w.num_cols(), num_moves_);
    matmul_transposed_a_into<double>(w, moves, next, alone_);
    std::swap(moves_, next_moves_);
    return {moves_.data(), next.num_rows(), next.num_cols()};
  }

  const NetworkNumericalGradient& owner_;
  Team alone_;  // a worker shares its work with nobody
  std::size_t inputs_at_once_ = 0;
  std::size_t num_moves_ = 0;         // M
  std::vector<std::size_t> inputs_;   // of a sample, those that are not 0
  std::vector<double> values_;        // and what they are
  std::vector<double> steps_;         // (M)
  std::vector<double> unit_changes_;  // (M)
  std::vector<double> moves_;         // (width, M)
  std::vector<double> next_moves_;    // (width, M)
  std::vector<double> loss_changes_;  // (M)
  std::vector<double> sums_;          // (units, I + 1)
};

NetworkNumericalGradient::NetworkNumericalGradient(const Network<double>& network,
                                                   const Loss<double>& loss, std::size_t max_rows)
    : network_(network), loss_(loss), workspace_(network, max_rows) {
  const auto& sizes = network.options().layer_sizes;
  const auto& activation = gradus::activations<double>().find(network.options().activation);
  for (std::size_t layer = 0; layer + 1 < sizes.size(); ++layer) {
    const std::size_t num_units = sizes[layer + 1];
    if (layer + 2 < sizes.size()) {
      activations_.push_back(activation.make(num_units));
    }
    for (std::size_t first = 0; first < num_units; first += units_per_piece) {
      pieces_.push_back({layer, first, std::min(num_units, first + units_per_piece)});
    }
  }
}

NetworkNumericalGradient::~NetworkNumericalGradient() = default;

double NetworkNumericalGradient::run(std::span<const double> parameters, const Input<double>& x,
                                     const Targets<double>& targets, std::span<double> gradient,
                                     Team& team) {
  if (gradient.size() != network_.num_parameters()) {
    throw ShapeError(fmt::format("NetworkNumericalGradient: gradient has {} elements, expected {}",
                                 gradient.size(), network_.num_parameters()));
  }
  const double loss = loss_.value(network_.forward(parameters, x, workspace_, team), targets);
  while (workers_.size() < team.num_threads()) {
    workers_.push_back(std::make_unique<Worker>(*this));
  }
  const Batch batch{parameters, x, targets};
  // Every piece is computed by itself, so it changes no bit which worker takes it.
  std::atomic<std::size_t> next_piece{0};
  team.for_each_block(workers_.size(), [&](std::size_t worker) {
    for (std::size_t i = next_piece++; i < pieces_.size(); i = next_piece++) {
      workers_[worker]->run(pieces_[i], batch, gradient);
    }
  });
  return loss;
}

}  // namespace gradus
