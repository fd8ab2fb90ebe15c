// SPDX-License-Identifier: MIT
// The loop in which training on sparse rows spends its time: a sum of some rows of a panel, each
// times a number. The sum stays in registers while the rows go by. Compiled once for each
// instruction set.
#if defined(GRADUS_MATH_ADD_PANEL_ROWS_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef GRADUS_MATH_ADD_PANEL_ROWS_INL_HPP
#undef GRADUS_MATH_ADD_PANEL_ROWS_INL_HPP
#else
#define GRADUS_MATH_ADD_PANEL_ROWS_INL_HPP
#endif

#include <cstddef>
#include <type_traits>

#include "panels-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace gradus::HWY_NAMESPACE {

/// What a panel is made of, known when its loop is compiled.
template <Real T, std::size_t vectors, bool narrow>
struct PanelShape {
  static constexpr std::size_t num_vectors = vectors;
  static constexpr bool has_narrow = narrow;
  static constexpr std::size_t wide = num_vectors * num_lanes<T>;
  static constexpr std::size_t width = wide + (has_narrow ? num_narrow_lanes<T> : 0);
};

/// Calls run(PanelShape) with the shape of this panel.
template <Real T, class Run>
void with_shape_of(const Panel& panel, const Run& run) {
  switch (2 * panel.num_vectors + (panel.has_narrow ? 1 : 0)) {
    case 1:
      return run(PanelShape<T, 0, true>());
    case 2:
      return run(PanelShape<T, 1, false>());
    case 3:
      return run(PanelShape<T, 1, true>());
    case 4:
      return run(PanelShape<T, 2, false>());
    case 5:
      return run(PanelShape<T, 2, true>());
    case 6:
      return run(PanelShape<T, 3, false>());
    case 7:
      return run(PanelShape<T, 3, true>());
    default:
      return run(PanelShape<T, 4, false>());
  }
}

/// The narrow vector at the low end of a vector.
template <Real T, class V>
HWY_INLINE NarrowVector<T> lowest(V vector) {
  using D = hn::DFromV<V>;
  if constexpr (hn::MaxLanes(D()) > num_narrow_lanes<T>) {
    return lowest<T>(hn::LowerHalf(hn::Half<D>(), vector));
  } else {
    return vector;
  }
}

/// A row of a panel, and the number it is multiplied with.
template <Real T>
struct Term {
  std::size_t row;
  T factor;
};

/// start + the sum of term(k).factor * row term(k).row of the panel for k = 0 ... count - 1.
///
/// Even and odd k are summed apart: one sum would have to wait for each addition. The order of the
/// additions is fixed, so the bits depend on nothing but the numbers.
/// @param start   start(d, column): what the sum starts from, a vector d of columns from `column`
///                on, counted in the panel
/// @param finish  finish(d, column, sum): takes the result, in the same pieces
template <Real T, class Shape, class TermOf, class Start, class Finish>
HWY_INLINE void add_panel_rows(Shape /*shape*/, std::size_t count, const TermOf& term,
                               const PackedPanel<const T>& panel, const Start& start,
                               const Finish& finish) {
  const Lanes<T> d;
  const NarrowLanes<T> narrow;
  constexpr std::size_t num_vectors = Shape::num_vectors;
  Vector<T> even[num_vectors + 1];
  Vector<T> odd[num_vectors + 1];
  NarrowVector<T> narrow_even = hn::Zero(narrow);
  NarrowVector<T> narrow_odd = hn::Zero(narrow);
  for (std::size_t v = 0; v < num_vectors; ++v) {
    even[v] = start(d, v * num_lanes<T>);
    odd[v] = hn::Zero(d);
  }
  if (Shape::has_narrow) {
    narrow_even = start(narrow, Shape::wide);
  }
  const auto add = [&](std::size_t k, Vector<T>* HWY_RESTRICT wide_sums,
                       NarrowVector<T>& narrow_sum) HWY_ATTR {
    const Term<T> t = term(k);
    const Vector<T> factors = hn::Set(d, t.factor);
    const T* place = panel.wide + t.row * Shape::wide;
    for (std::size_t v = 0; v < num_vectors; ++v) {
      wide_sums[v] = hn::MulAdd(factors, hn::Load(d, place + v * num_lanes<T>), wide_sums[v]);
    }
    if (Shape::has_narrow) {
      narrow_sum =
          hn::MulAdd(lowest<T>(factors),
                     hn::Load(narrow, panel.narrow + t.row * num_narrow_lanes<T>), narrow_sum);
    }
  };
  std::size_t k = 0;
  for (; k + 2 <= count; k += 2) {
    add(k, even, narrow_even);
    add(k + 1, odd, narrow_odd);
  }
  if (k < count) {
    add(k, even, narrow_even);
  }
  for (std::size_t v = 0; v < num_vectors; ++v) {
    finish(d, v * num_lanes<T>, hn::Add(even[v], odd[v]));
  }
  if (Shape::has_narrow) {
    finish(narrow, Shape::wide, hn::Add(narrow_even, narrow_odd));
  }
}

}  // namespace gradus::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the toggled guard
