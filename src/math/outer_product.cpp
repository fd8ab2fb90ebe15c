// SPDX-License-Identifier: MIT
#include "gradus/math/outer_product.hpp"

#include <cstddef>

#include "check_shape.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "math/outer_product.cpp"
#include <hwy/foreach_target.h>

#include "small_moves-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace gradus::HWY_NAMESPACE {

#if HWY_HAVE_FLOAT64

struct OuterProduct {
  std::span<const double> column;
  const double* row;
  double* product;

  template <bool is_whole>
  HWY_INLINE void run(const Columns<is_whole>& columns) const {
    const Vector factor = columns.load(row, 0);
    for (std::size_t r = 0; r < column.size(); ++r) {
      columns.store(hn::Mul(hn::Set(Lanes(), column[r]), factor), product, r);
    }
  }
};

void outer_product(std::span<const double> column, std::span<const double> row, double* product) {
  for_all_columns(row.size(), OuterProduct{column, row.data(), product});
}

#else

void outer_product(std::span<const double> column, std::span<const double> row, double* product) {
  for (std::size_t r = 0; r < column.size(); ++r) {
    for (std::size_t m = 0; m < row.size(); ++m) {
      product[r * row.size() + m] = column[r] * row[m];
    }
  }
}

#endif

}  // namespace gradus::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace gradus {

HWY_EXPORT(outer_product);

void outer_product_into(std::span<const double> column, std::span<const double> row,
                        MatrixView<double> product) {
  check_shape("outer_product: product is", product.num_rows(), product.num_cols(), column.size(),
              row.size());
  HWY_DYNAMIC_DISPATCH(outer_product)(column, row, product.data());
}

}  // namespace gradus
#endif
