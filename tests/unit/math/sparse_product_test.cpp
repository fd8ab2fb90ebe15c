// SPDX-License-Identifier: MIT
// The products of sparse_rows.hpp, against dense sums in long double.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "math/sparse_products.hpp"
#include "support.hpp"
#include "tolerances.hpp"
#include "unit/formats/thrown.hpp"
#include "unit/math/on_panels.hpp"

namespace gradus {
namespace {

template <class T>
class SparseProducts : public ::testing::Test {};
TYPED_TEST_SUITE(SparseProducts, RealTypes, RealNames);

constexpr std::size_t num_samples = 40;
constexpr std::size_t num_inputs = 70;
constexpr std::size_t num_outputs = 35;  // in blocks of 16: two full ones and a rest
constexpr double share_of_zeros = 0.8;

/// Bytes of which 80 % are 0; sample 3 and input 5 have nothing but zeros.
Array<std::uint8_t> sparse_bytes() {
  Array<std::uint8_t> bytes(Shape{num_samples, num_inputs});
  Random random(1, Stream::sampling);
  for (std::size_t n = 0; n < num_samples; ++n) {
    for (std::size_t i = 0; i < num_inputs; ++i) {
      const auto byte = static_cast<std::uint8_t>(1 + random.below(255));
      const bool is_zero = random.uniform() < share_of_zeros || n == 3 || i == 5;
      bytes.matrix()(n, i) = is_zero ? 0 : byte;
    }
  }
  return bytes;
}

/// A mini-batch of those samples, sparse and as the numbers it stands for.
template <Real T>
class Batch {
 public:
  /// Two samples twice, the empty one, the last one, and more than a block of 16 altogether.
  Batch() : Batch({7, 0, 7, 3, 39, 12, 0, 30, 31, 32, 33, 1, 2, 4, 5, 6, 8, 9, 10}) {}

  explicit Batch(std::vector<std::uint32_t> indices)
      : bytes_(sparse_bytes()), rows_(bytes_.matrix()), indices_(std::move(indices)) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      values_[byte] = static_cast<T>(static_cast<double>(byte) / 255);
    }
  }

  [[nodiscard]] std::size_t size() const { return indices_.size(); }
  [[nodiscard]] SparseBatch<T> sparse() const { return {&rows_, indices_, &values_}; }
  [[nodiscard]] long double x(std::size_t b, std::size_t i) const {
    return values_[bytes_.matrix()(indices_[b], i)];
  }

 private:
  Array<std::uint8_t> bytes_;
  SparseRows rows_;
  std::vector<std::uint32_t> indices_;
  ByteValues<T> values_{};
};

/// w (I, O), d (B, O), c (I, O): what the products are taken with.
template <Real T>
Array<T> weights() {
  return random_matrix<T>(num_inputs, num_outputs, 2);
}

template <Real T>
Array<T> affine(const Batch<T>& batch, Team& team) {
  Array<T> y = unwritten_matrix<T>(batch.size(), num_outputs);
  ColumnPanels<T> panels;
  sparse_affine_into<T>(batch.sparse(), weights<T>().matrix(), random_numbers<T>(num_outputs, 3),
                        y.matrix(), panels, nullptr, team);
  return y;
}

template <Real T>
Array<T> transposed_product(T factor_x, const Batch<T>& batch, T factor_c, Array<T> c, Team& team) {
  ColumnLists lists;
  fill_lists<T>(lists, batch.sparse(), team);
  transposed_product_on_panels<T>(factor_x, lists, *batch.sparse().byte_values,
                                  random_matrix<T>(batch.size(), num_outputs, 4).matrix(), factor_c,
                                  c.matrix(), team);
  return c;
}

/// Expects factor_c * c + factor_x * x^T * d, in sums of batch.size() + 2 terms.
template <Real T>
void expect_transposed_product(const Array<T>& found, T factor_x, const Batch<T>& batch, T factor_c,
                               const Array<T>& c) {
  const Array<T> d = random_matrix<T>(batch.size(), num_outputs, 4);
  for (std::size_t i = 0; i < num_inputs; ++i) {
    for (std::size_t o = 0; o < num_outputs; ++o) {
      long double sum = factor_c == 0 ? 0 : static_cast<long double>(factor_c) * c.matrix()(i, o);
      long double size = std::abs(sum);
      for (std::size_t b = 0; b < batch.size(); ++b) {
        const long double term = factor_x * batch.x(b, i) * d.matrix()(b, o);
        sum += term;
        size += std::abs(term);
      }
      EXPECT_NEAR(found.matrix()(i, o), static_cast<double>(sum),
                  tolerance::rounded_sum<T>(batch.size() + 2, size))
          << "input " << i << ", output " << o;
    }
  }
}

TYPED_TEST(SparseProducts, AffineEqualsTheDenseSums) {
  using T = TypeParam;
  Team team;
  const Batch<T> batch;
  const Array<T> y = affine(batch, team);
  const Array<T> w = weights<T>();
  const std::vector<T> bias = random_numbers<T>(num_outputs, 3);
  for (std::size_t b = 0; b < batch.size(); ++b) {
    for (std::size_t o = 0; o < num_outputs; ++o) {
      long double sum = bias[o];
      long double size = std::abs(sum);
      for (std::size_t i = 0; i < num_inputs; ++i) {
        sum += batch.x(b, i) * w.matrix()(i, o);
        size += std::abs(batch.x(b, i) * w.matrix()(i, o));
      }
      EXPECT_NEAR(y.matrix()(b, o), static_cast<double>(sum),
                  tolerance::rounded_sum<T>(num_inputs + 1, size))
          << "row " << b << ", output " << o;
    }
  }
}

TYPED_TEST(SparseProducts, AffineOfAnEmptySampleIsTheBias) {
  using T = TypeParam;
  Team team;
  const Array<T> y = affine(Batch<T>({3}), team);
  EXPECT_EQ(copy_of(y.elements()), random_numbers<T>(num_outputs, 3));
}

TYPED_TEST(SparseProducts, AffineGivesARepeatedSampleTheSameRow) {
  using T = TypeParam;
  Team team;
  const Array<T> y = affine(Batch<T>({7, 0, 7}), team);
  EXPECT_EQ(copy_of(y.matrix().row(0)), copy_of(y.matrix().row(2)));
  EXPECT_NE(copy_of(y.matrix().row(0)), copy_of(y.matrix().row(1)));
}

TYPED_TEST(SparseProducts, AffineHasTheSameBitsOnThreeThreads) {
  using T = TypeParam;
  Team one(1);
  Team three(3, 3);
  EXPECT_EQ(copy_of(affine(Batch<T>(), three).elements()),
            copy_of(affine(Batch<T>(), one).elements()));
}

TYPED_TEST(SparseProducts, TheTransposedProductEqualsTheDenseSums) {
  using T = TypeParam;
  Team team;
  const Batch<T> batch;
  const Array<T> c = random_matrix<T>(num_inputs, num_outputs, 5);
  for (const T factor_c : {T{0}, T{1}, T{0.75}, T{-2}}) {
    SCOPED_TRACE(factor_c);
    expect_transposed_product(transposed_product(T{1}, batch, factor_c, c, team), T{1}, batch,
                              factor_c, c);
  }
}

TYPED_TEST(SparseProducts, TheTransposedProductIsScaled) {
  using T = TypeParam;
  Team team;
  const Batch<T> batch;
  const Array<T> c = random_matrix<T>(num_inputs, num_outputs, 5);
  const T factor_x{-0.125};
  expect_transposed_product(transposed_product(factor_x, batch, T{1}, c, team), factor_x, batch,
                            T{1}, c);
}

TYPED_TEST(SparseProducts, TheTransposedProductCountsARepeatedSampleAsOftenAsItIsThere) {
  using T = TypeParam;
  Team team;
  const Batch<T> batch({7, 7, 7});
  const Array<T> c = unwritten_matrix<T>(num_inputs, num_outputs);
  expect_transposed_product(transposed_product(T{1}, batch, T{0}, c, team), T{1}, batch, T{0}, c);
}

TYPED_TEST(SparseProducts, TheTransposedProductDoesNotReadAnOldMatrixTimesZero) {
  using T = TypeParam;
  Team team;
  const Array<T> nan = unwritten_matrix<T>(num_inputs, num_outputs);
  const Array<T> zeros(Shape{num_inputs, num_outputs});
  EXPECT_EQ(copy_of(transposed_product(T{1}, Batch<T>(), T{0}, nan, team).elements()),
            copy_of(transposed_product(T{1}, Batch<T>(), T{0}, zeros, team).elements()));
}

TYPED_TEST(SparseProducts, TheTransposedProductLeavesRowsOfUnusedInputsAlone) {
  using T = TypeParam;
  Team team;
  const Array<T> c = random_matrix<T>(num_inputs, num_outputs, 5);
  const Array<T> found = transposed_product(T{1}, Batch<T>(), T{1}, c, team);
  EXPECT_EQ(copy_of(found.matrix().row(5)), copy_of(c.matrix().row(5)));
}

TYPED_TEST(SparseProducts, TheTransposedProductHasTheSameBitsOnThreeThreads) {
  using T = TypeParam;
  Team one(1);
  Team three(3, 3);
  const Array<T> c = random_matrix<T>(num_inputs, num_outputs, 5);
  EXPECT_EQ(copy_of(transposed_product(T{-0.125}, Batch<T>(), T{1}, c, three).elements()),
            copy_of(transposed_product(T{-0.125}, Batch<T>(), T{1}, c, one).elements()));
}

TEST(SparseProductErrors, WeightsOfAnotherShapeAreRefused) {
  Team team;
  const Batch<double> batch({1, 2});
  const auto w = random_matrix<double>(num_inputs + 1, num_outputs, 1);
  auto y = random_matrix<double>(2, num_outputs, 1);
  EXPECT_EQ(thrown<ShapeError>([&] {
              affine_on_panels<double>(batch.sparse(), w.matrix(), std::vector<double>(35),
                                       y.matrix(), nullptr, team);
            }),
            "sparse_affine: matrix is (71, 35), expected (70, 35)");
}

TEST(SparseProductErrors, ABiasOrAResultOfAnotherShapeIsRefused) {
  Team team;
  const Batch<double> batch({1, 2});
  const auto w = random_matrix<double>(num_inputs, num_outputs, 1);
  auto y = random_matrix<double>(2, num_outputs, 1);
  auto long_y = random_matrix<double>(3, num_outputs, 1);
  ColumnPanels<double> panels;
  const auto run = [&](std::size_t bias_size, auto& result) {
    sparse_affine_into<double>(batch.sparse(), w.matrix(), std::vector<double>(bias_size),
                               result.matrix(), panels, nullptr, team);
  };
  EXPECT_EQ(thrown<ShapeError>([&] { run(34, y); }),
            "sparse_affine: matrix is (2, 35), expected (2, 34)");
  EXPECT_EQ(thrown<ShapeError>([&] { run(35, long_y); }),
            "sparse_affine: matrix is (3, 35), expected (2, 35)");
}

TEST(SparseProductErrors, RowsThatPanelsDoNotHaveAreRefused) {
  Team team;
  const auto matrix = random_matrix<double>(3, 5, 1);
  ColumnPanels<double> panels;
  pack_into<double>(matrix.matrix(), panels, team);
  auto rows = random_matrix<double>(2, 5, 2);
  unpack_into<double>(panels, 1, rows.matrix(), team);
  EXPECT_EQ(rows.matrix()(1, 4), matrix.matrix()(2, 4));
  EXPECT_EQ(thrown<ShapeError>([&] { unpack_into<double>(panels, 2, rows.matrix(), team); }),
            "unpack: rows 2 to 4 of 5 columns, the panels are (3, 5)");
}

TEST(SparseProductErrors, ATransposedProductOfAnotherShapeIsRefused) {
  Team team;
  const Batch<double> batch({1, 2});
  const auto run = [&](std::size_t d_rows, std::size_t c_rows) {
    auto c = random_matrix<double>(c_rows, num_outputs, 1);
    ColumnLists lists;
    fill_lists<double>(lists, batch.sparse(), team);
    transposed_product_on_panels<double>(1, lists, *batch.sparse().byte_values,
                                         random_matrix<double>(d_rows, num_outputs, 1).matrix(), 0,
                                         c.matrix(), team);
  };
  EXPECT_EQ(thrown<ShapeError>([&] { run(3, num_inputs); }),
            "sparse_transposed_product: d has 3 rows, the batch has 2");
  EXPECT_EQ(thrown<ShapeError>([&] { run(2, num_inputs - 1); }),
            "sparse_transposed_product: matrix is (69, 35), expected (70, 35)");
}

}  // namespace
}  // namespace gradus
