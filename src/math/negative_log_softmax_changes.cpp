// SPDX-License-Identifier: MIT
#include <fmt/core.h>

#include <cstddef>
#include <vector>

#include "check_shape.hpp"
#include "gradus/core/error.hpp"
#include "gradus/math/softmax.hpp"
#include "plain_changes.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "math/negative_log_softmax_changes.cpp"
#include <hwy/foreach_target.h>

#include "small_moves-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace gradus::HWY_NAMESPACE {

#if HWY_HAVE_FLOAT64

struct NegativeLogSoftmaxChanges {
  std::span<const double> scores;
  std::span<const double> others;  // the probabilities, but 0 at c
  std::size_t c;
  MatrixView<const double> moves;
  std::span<double> changes;

  template <bool is_whole>
  HWY_INLINE void run(const Columns<is_whole>& columns) const {
    const Lanes d;
    const Vector own = columns.load(moves.data(), c);
    Vector sum = hn::Zero(d);
    Vector squares = hn::Zero(d);
    for (std::size_t k = 0; k < others.size(); ++k) {
      const Vector move = hn::Sub(columns.load(moves.data(), k), own);
      squares = hn::MulAdd(move, move, squares);
      sum = hn::MulAdd(hn::Set(d, others[k]), tiny_expm1(move), sum);
    }
    if (are_within(tiny_move, squares)) {
      columns.store(tiny_log1p(sum), changes.data(), 0);
    } else if (are_within(small_move, squares)) {
      columns.store(hn::Log1p(d, sum_of_small_moves(columns, own)), changes.data(), 0);
    } else {
      for (std::size_t m = columns.first; m < columns.first + columns.count; ++m) {
        changes[m] = plain_negative_log_softmax_change(scores, c, moves, m);
      }
    }
  }

  template <bool is_whole>
  HWY_INLINE Vector sum_of_small_moves(const Columns<is_whole>& columns, Vector own) const {
    const Lanes d;
    Vector sum = hn::Zero(d);
    for (std::size_t k = 0; k < others.size(); ++k) {
      const Vector move = hn::Sub(columns.load(moves.data(), k), own);
      sum = hn::MulAdd(hn::Set(d, others[k]), hn::Expm1(d, move), sum);
    }
    return sum;
  }
};

void negative_log_softmax_changes(std::span<const double> scores, std::span<const double> others,
                                  std::size_t c, MatrixView<const double> moves,
                                  std::span<double> changes) {
  for_all_columns(changes.size(), NegativeLogSoftmaxChanges{scores, others, c, moves, changes});
}

#else

void negative_log_softmax_changes(std::span<const double> scores,
                                  std::span<const double> /*others*/, std::size_t c,
                                  MatrixView<const double> moves, std::span<double> changes) {
  for (std::size_t m = 0; m < changes.size(); ++m) {
    changes[m] = plain_negative_log_softmax_change(scores, c, moves, m);
  }
}

#endif

}  // namespace gradus::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace gradus {

HWY_EXPORT(negative_log_softmax_changes);

void negative_log_softmax_changes_into(std::span<const double> scores, std::size_t c,
                                       MatrixView<const double> moves, std::span<double> changes) {
  check_shape("negative_log_softmax_changes: moves are", moves.num_rows(), moves.num_cols(),
              scores.size(), changes.size());
  if (c >= scores.size()) {
    throw ValueError(fmt::format(
        "negative_log_softmax_changes: got class {}, expected one below {}", c, scores.size()));
  }
  // Kept from call to call: there are thousands of calls with a few scores each.
  thread_local std::vector<double> others;
  others.resize(scores.size());
  softmax_into<double>(scores, others);
  others[c] = 0;
  HWY_DYNAMIC_DISPATCH(negative_log_softmax_changes)(scores, others, c, moves, changes);
}

}  // namespace gradus
#endif
