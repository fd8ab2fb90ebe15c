// SPDX-License-Identifier: MIT
// Copies a matrix into panels and back.
#include "column_panels.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <type_traits>

#include "gradus/core/error.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "math/column_panels.cpp"
#include <hwy/foreach_target.h>

#include "panels-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace gradus::HWY_NAMESPACE {

/// Calls run(panel) for all panels of a matrix, each on the thread that has it.
template <Real T, class Run>
void for_each_panel(const ColumnPanels<T>& panels, Team& team, const Run& run) {
  const ColumnShares<T> shares(panels.num_cols(), panels.num_threads());
  team.for_each_block(shares.count(), [&](std::size_t share) {
    for (std::size_t p = 0; p < shares[share].count(); ++p) {
      run(shares[share][p]);
    }
  });
}

template <Real T>
void pack(MatrixView<const T> matrix, ColumnPanels<T>& panels, Team& team) {
  for_each_panel(panels, team, [&](const Panel& panel) {
    pack_rows(matrix, panel, 0, matrix.num_rows(),
              PackedPanel<T>::of(panels.data(), panel, matrix.num_rows()));
  });
}

template <Real T>
void unpack(const ColumnPanels<T>& panels, std::size_t first_row, MatrixView<T> matrix,
            Team& team) {
  for_each_panel(panels, team, [&](const Panel& panel) {
    const auto packed = PackedPanel<const T>::of(panels.data(), panel, panels.num_rows())
                            .from_row(panel, first_row);
    const std::size_t wide = panel.num_vectors * num_lanes<T>;
    const std::size_t num_wide = std::min(panel.num_cols, wide);
    for (std::size_t r = 0; r < matrix.num_rows(); ++r) {
      T* row = matrix.row(r).data() + panel.first;
      std::copy_n(packed.wide + r * wide, num_wide, row);
      std::copy_n(packed.narrow + r * num_narrow_lanes<T>, panel.num_cols - num_wide,
                  row + num_wide);
    }
  });
}

void pack_float(MatrixView<const float> matrix, ColumnPanels<float>& panels, Team& team) {
  pack(matrix, panels, team);
}
void unpack_float(const ColumnPanels<float>& panels, std::size_t first_row,
                  MatrixView<float> matrix, Team& team) {
  unpack(panels, first_row, matrix, team);
}

void pack_double(MatrixView<const double> matrix, ColumnPanels<double>& panels,
                 [[maybe_unused]] Team& team) {
#if HWY_HAVE_FLOAT64
  pack(matrix, panels, team);
#else
  std::copy_n(matrix.data(), matrix.num_elements(), panels.data());
#endif
}
void unpack_double(const ColumnPanels<double>& panels, std::size_t first_row,
                   MatrixView<double> matrix, [[maybe_unused]] Team& team) {
#if HWY_HAVE_FLOAT64
  unpack(panels, first_row, matrix, team);
#else
  std::copy_n(panels.data() + first_row * panels.num_cols(), matrix.num_elements(), matrix.data());
#endif
}

}  // namespace gradus::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace gradus {

HWY_EXPORT(pack_float);
HWY_EXPORT(pack_double);
HWY_EXPORT(unpack_float);
HWY_EXPORT(unpack_double);

template <Real T>
void pack_into(MatrixView<const T> matrix, ColumnPanels<T>& panels, Team& team) {
  panels.reset(matrix.num_rows(), matrix.num_cols(), team.num_threads());
  if constexpr (std::is_same_v<T, float>) {
    HWY_DYNAMIC_DISPATCH(pack_float)(matrix, panels, team);
  } else {
    HWY_DYNAMIC_DISPATCH(pack_double)(matrix, panels, team);
  }
}

template <Real T>
void unpack_into(const ColumnPanels<T>& panels, std::size_t first_row, MatrixView<T> matrix,
                 Team& team) {
  if (matrix.num_cols() != panels.num_cols() || first_row > panels.num_rows() ||
      matrix.num_rows() > panels.num_rows() - first_row) {
    throw ShapeError(fmt::format("unpack: rows {} to {} of {} columns, the panels are ({}, {})",
                                 first_row, first_row + matrix.num_rows(), matrix.num_cols(),
                                 panels.num_rows(), panels.num_cols()));
  }
  if constexpr (std::is_same_v<T, float>) {
    HWY_DYNAMIC_DISPATCH(unpack_float)(panels, first_row, matrix, team);
  } else {
    HWY_DYNAMIC_DISPATCH(unpack_double)(panels, first_row, matrix, team);
  }
}

template void pack_into<float>(MatrixView<const float>, ColumnPanels<float>&, Team&);
template void pack_into<double>(MatrixView<const double>, ColumnPanels<double>&, Team&);
template void unpack_into<float>(const ColumnPanels<float>&, std::size_t, MatrixView<float>, Team&);
template void unpack_into<double>(const ColumnPanels<double>&, std::size_t, MatrixView<double>,
                                  Team&);

}  // namespace gradus
#endif
