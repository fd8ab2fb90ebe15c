// SPDX-License-Identifier: MIT
// The two functions of matmul.hpp that are no plain products: affine_into and sum_rows_into.
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "gradus/math/matmul.hpp"
#include "support.hpp"
#include "tolerances.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

template <class T>
class AffineProduct : public ::testing::Test {};
TYPED_TEST_SUITE(AffineProduct, RealTypes, RealNames);

template <class T>
class SumOfRows : public ::testing::Test {};
TYPED_TEST_SUITE(SumOfRows, RealTypes, RealNames);

struct Sizes {
  std::size_t num_rows, num_inputs, num_outputs;
};

const std::vector<Sizes> all_sizes = {{0, 3, 2},  {3, 0, 2},    {3, 2, 0},   {1, 1, 1},
                                      {1, 50, 1}, {16, 16, 16}, {17, 33, 5}, {100, 40, 10}};

template <Real T>
Array<T> affine(const Sizes& sizes, Team& team) {
  Array<T> y = unwritten_matrix<T>(sizes.num_rows, sizes.num_outputs);
  affine_into<T>(random_matrix<T>(sizes.num_rows, sizes.num_inputs, 1).matrix(),
                 random_matrix<T>(sizes.num_inputs, sizes.num_outputs, 2).matrix(),
                 random_numbers<T>(sizes.num_outputs, 3), y.matrix(), team);
  return y;
}

template <class Check>
void for_all_sizes(Check check) {
  for (const Sizes& sizes : all_sizes) {
    SCOPED_TRACE(std::to_string(sizes.num_rows) + " rows, " + std::to_string(sizes.num_inputs) +
                 " inputs, " + std::to_string(sizes.num_outputs) + " outputs");
    check(sizes);
  }
}

TYPED_TEST(AffineProduct, IsTheProductPlusTheBias) {
  using T = TypeParam;
  Team team;
  for_all_sizes([&](const Sizes& sizes) {
    const Array<T> y = affine<T>(sizes, team);
    const Array<T> x = random_matrix<T>(sizes.num_rows, sizes.num_inputs, 1);
    const Array<T> w = random_matrix<T>(sizes.num_inputs, sizes.num_outputs, 2);
    const std::vector<T> bias = random_numbers<T>(sizes.num_outputs, 3);
    for (std::size_t b = 0; b < sizes.num_rows; ++b) {
      for (std::size_t o = 0; o < sizes.num_outputs; ++o) {
        long double sum = bias[o];
        long double size = std::abs(sum);
        for (std::size_t i = 0; i < sizes.num_inputs; ++i) {
          const long double term = static_cast<long double>(x.matrix()(b, i)) * w.matrix()(i, o);
          sum += term;
          size += std::abs(term);
        }
        EXPECT_NEAR(y.matrix()(b, o), static_cast<double>(sum),
                    tolerance::rounded_sum<T>(sizes.num_inputs + 1, size));
      }
    }
  });
}

TYPED_TEST(AffineProduct, HasTheSameBitsOnThreeThreads) {
  using T = TypeParam;
  Team one(1);
  Team three(3, 3);
  for_all_sizes([&](const Sizes& sizes) {
    EXPECT_EQ(copy_of(affine<T>(sizes, three).elements()),
              copy_of(affine<T>(sizes, one).elements()));
  });
}

TYPED_TEST(AffineProduct, WithoutInputsEachRowIsTheBias) {
  using T = TypeParam;
  Team team;
  const Array<T> y = affine<T>({2, 0, 3}, team);
  EXPECT_EQ(copy_of(y.matrix().row(0)), random_numbers<T>(3, 3));
  EXPECT_EQ(copy_of(y.matrix().row(1)), random_numbers<T>(3, 3));
}

TEST(AffineErrors, ABiasOfAnotherLengthIsRefused) {
  Team team;
  const auto x = random_matrix<double>(2, 3, 1);
  const auto w = random_matrix<double>(3, 4, 2);
  auto y = random_matrix<double>(2, 4, 3);
  EXPECT_EQ(thrown<ShapeError>([&] {
              affine_into<double>(x.matrix(), w.matrix(), random_numbers<double>(3, 4), y.matrix(),
                                  team);
            }),
            "affine: bias has 3 elements, expected 4");
}

TEST(AffineErrors, InputsThatDoNotMeetTheWeightsAreRefused) {
  Team team;
  const auto x = random_matrix<double>(2, 783, 1);
  const auto w = random_matrix<double>(784, 4, 2);
  auto y = random_matrix<double>(2, 4, 3);
  EXPECT_EQ(thrown<ShapeError>([&] {
              affine_into<double>(x.matrix(), w.matrix(), random_numbers<double>(4, 4), y.matrix(),
                                  team);
            }),
            "affine: sums over 783 and 784 terms, result is (2, 4), expected (2, 4)");
}

TEST(AffineErrors, AResultOfAnotherShapeIsRefused) {
  Team team;
  const auto x = random_matrix<double>(2, 3, 1);
  const auto w = random_matrix<double>(3, 4, 2);
  for (const Shape& wrong : {Shape{3, 4}, Shape{2, 5}}) {
    Array<double> y(wrong);
    EXPECT_EQ(
        thrown<ShapeError>([&] {
          affine_into<double>(x.matrix(), w.matrix(), random_numbers<double>(4, 4), y.matrix(),
                              team);
        }),
        "affine: sums over 3 and 3 terms, result is " + wrong.to_string() + ", expected (2, 4)");
  }
}

TYPED_TEST(SumOfRows, IsTheSumOfEachColumn) {
  using T = TypeParam;
  for (const std::size_t num_rows : {1U, 2U, 16U, 17U, 100U}) {
    const Array<T> a = random_matrix<T>(num_rows, 5, 1);
    std::vector<T> sums = copy_of(unwritten_matrix<T>(1, 5).elements());
    sum_rows_into<T>(a.matrix(), sums);
    for (std::size_t c = 0; c < 5; ++c) {
      long double sum = 0;
      long double size = 0;
      for (std::size_t r = 0; r < num_rows; ++r) {
        sum += a.matrix()(r, c);
        size += std::abs(a.matrix()(r, c));
      }
      EXPECT_NEAR(sums[c], static_cast<double>(sum), tolerance::rounded_sum<T>(num_rows, size))
          << num_rows << " rows, column " << c;
    }
  }
}

TYPED_TEST(SumOfRows, IsBlendedWithWhatIsThere) {
  using T = TypeParam;
  const std::vector<T> a{1, 2, 3, 4, 5, 6};
  std::vector<T> sums{8, 16};
  sum_rows_into<T>(MatrixView<const T>(a.data(), 3, 2), sums, {.keep = 1, .scale = T{-0.5}});
  EXPECT_EQ(sums, (std::vector<T>{8 - T{4.5}, 16 - 6}));
}

TYPED_TEST(SumOfRows, OfNoRowsIsZero) {
  using T = TypeParam;
  std::vector<T> sums{1, 2, 3};
  sum_rows_into<T>(MatrixView<const T>(nullptr, 0, 3), sums);
  EXPECT_EQ(sums, std::vector<T>(3, T{0}));
}

TEST(SumOfRowsErrors, AnotherNumberOfColumnsIsRefused) {
  std::vector<double> sums(4);
  EXPECT_EQ(thrown<ShapeError>(
                [&] { sum_rows_into<double>(random_matrix<double>(2, 3, 1).matrix(), sums); }),
            "sum_rows: 4 sums for 3 columns");
}

}  // namespace
}  // namespace gradus
