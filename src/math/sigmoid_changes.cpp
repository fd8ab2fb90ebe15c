// SPDX-License-Identifier: MIT
#include <fmt/core.h>

#include <cmath>
#include <cstddef>

#include "gradus/core/error.hpp"
#include "gradus/math/sigmoid.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "math/sigmoid_changes.cpp"
#include <hwy/foreach_target.h>

#include "small_moves-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace gradus::HWY_NAMESPACE {

#if HWY_HAVE_FLOAT64

struct SigmoidChanges {
  double x;
  double y;      // sigmoid(x)
  double slope;  // y (1 - y)
  const double* moves;
  double* changes;

  template <bool is_whole>
  HWY_INLINE void run(const Columns<is_whole>& columns) const {
    const Vector move = columns.load(moves, 0);
    const Vector square = hn::Mul(move, move);
    if (are_within(tiny_move, square)) {
      columns.store(change(tiny_expm1(move)), changes, 0);
    } else if (are_within(small_move, square)) {
      columns.store(change(hn::Expm1(Lanes(), move)), changes, 0);
    } else {
      for (std::size_t m = columns.first; m < columns.first + columns.count; ++m) {
        changes[m] = sigmoid(x + moves[m]) - y;
      }
    }
  }

  HWY_INLINE Vector change(Vector t) const {
    const Lanes d;
    return hn::Div(hn::Mul(hn::Set(d, slope), t), hn::MulAdd(hn::Set(d, y), t, hn::Set(d, 1.0)));
  }
};

void sigmoid_changes(double x, const double* moves, std::size_t count, double* changes) {
  const double y = sigmoid(x);
  for_all_columns(count, SigmoidChanges{x, y, y * sigmoid(-x), moves, changes});
}

#else

void sigmoid_changes(double x, const double* moves, std::size_t count, double* changes) {
  const double y = sigmoid(x);
  for (std::size_t m = 0; m < count; ++m) {
    changes[m] = sigmoid(x + moves[m]) - y;
  }
}

#endif

}  // namespace gradus::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace gradus {

HWY_EXPORT(sigmoid_changes);

void sigmoid_changes_into(double x, std::span<const double> moves, std::span<double> changes) {
  if (moves.size() != changes.size()) {
    throw ShapeError(fmt::format("sigmoid_changes: {} moves, room for {} changes", moves.size(),
                                 changes.size()));
  }
  HWY_DYNAMIC_DISPATCH(sigmoid_changes)(x, moves.data(), moves.size(), changes.data());
}

}  // namespace gradus
#endif
