// SPDX-License-Identifier: MIT
#include <fmt/core.h>

#include <cstddef>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/math/softmax.hpp"
#include "plain_changes.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "math/softmax_changes.cpp"
#include <hwy/foreach_target.h>

#include "small_moves-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace gradus::HWY_NAMESPACE {

#if HWY_HAVE_FLOAT64

struct SoftmaxChanges {
  std::span<const double> scores;
  std::span<const double> probabilities;
  MatrixView<const double> moves;
  MatrixView<double> changes;

  template <bool is_whole>
  HWY_INLINE void run(const Columns<is_whole>& columns) const {
    Vector squares = hn::Zero(Lanes());
    for (std::size_t c = 0; c < scores.size(); ++c) {
      const Vector move = columns.load(moves.data(), c);
      squares = hn::MulAdd(move, move, squares);
    }
    if (are_within(tiny_move, squares)) {
      change<true>(columns);
    } else if (are_within(small_move, squares)) {
      change<false>(columns);
    } else {
      for (std::size_t m = columns.first; m < columns.first + columns.count; ++m) {
        plain_softmax_changes(scores, probabilities, moves, m, changes);
      }
    }
  }

  // With t = exp(move) - 1 and S = sum p t, each change is p (t - S) / (1 + S).
  template <bool are_tiny, bool is_whole>
  HWY_INLINE void change(const Columns<is_whole>& columns) const {
    const Lanes d;
    Vector sum = hn::Zero(d);
    for (std::size_t c = 0; c < scores.size(); ++c) {
      const Vector move = columns.load(moves.data(), c);
      const Vector t = are_tiny ? tiny_expm1(move) : hn::Expm1(d, move);
      sum = hn::MulAdd(hn::Set(d, probabilities[c]), t, sum);
      columns.store(t, changes.data(), c);
    }
    const Vector one = hn::Set(d, 1.0);
    const Vector factor = hn::Div(one, hn::Add(one, sum));
    for (std::size_t c = 0; c < scores.size(); ++c) {
      const Vector t = columns.load(changes.data(), c);
      const Vector p = hn::Mul(hn::Set(d, probabilities[c]), factor);
      columns.store(hn::Mul(p, hn::Sub(t, sum)), changes.data(), c);
    }
  }
};

void softmax_changes(std::span<const double> scores, std::span<const double> probabilities,
                     MatrixView<const double> moves, MatrixView<double> changes) {
  for_all_columns(moves.num_cols(), SoftmaxChanges{scores, probabilities, moves, changes});
}

#else

void softmax_changes(std::span<const double> scores, std::span<const double> probabilities,
                     MatrixView<const double> moves, MatrixView<double> changes) {
  for (std::size_t m = 0; m < moves.num_cols(); ++m) {
    plain_softmax_changes(scores, probabilities, moves, m, changes);
  }
}

#endif

}  // namespace gradus::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace gradus {

HWY_EXPORT(softmax_changes);

void softmax_changes_into(std::span<const double> scores, MatrixView<const double> moves,
                          MatrixView<double> changes) {
  if (moves.num_rows() != scores.size() || changes.num_rows() != scores.size() ||
      moves.num_cols() != changes.num_cols()) {
    throw ShapeError(fmt::format(
        "softmax_changes: {} scores, moves are ({}, {}), changes are ({}, {})", scores.size(),
        moves.num_rows(), moves.num_cols(), changes.num_rows(), changes.num_cols()));
  }
  // Kept from call to call: there are thousands of calls with a few scores each.
  thread_local std::vector<double> probabilities;
  probabilities.resize(scores.size());
  softmax_into<double>(scores, probabilities);
  HWY_DYNAMIC_DISPATCH(softmax_changes)(scores, probabilities, moves, changes);
}

}  // namespace gradus
#endif
