// SPDX-License-Identifier: MIT
#include "gradus/math/matmul.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "support.hpp"
#include "tolerances.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

template <class T>
class Matmul : public ::testing::Test {};
TYPED_TEST_SUITE(Matmul, RealTypes, RealNames);

/// One of the three products, c (M, N) from sums over K terms.
template <Real T>
struct Product {
  const char* name;
  void (*into)(MatrixView<const T>, MatrixView<const T>, MatrixView<T>, Team&);
  bool is_a_transposed;
  bool is_b_transposed;
};

template <Real T>
const std::vector<Product<T>> products = {
    {"a b", matmul_into<T>, false, false},
    {"a^T b",
     [](MatrixView<const T> a, MatrixView<const T> b, MatrixView<T> c, Team& team) {
       matmul_transposed_a_into<T>(a, b, c, team);
     },
     true, false},
    {"a b^T", matmul_transposed_b_into<T>, false, true},
};

struct Sizes {
  std::size_t m, k, n;
};

/// Nothing, one, and numbers below, at and above the multiples of 16 that code likes.
const std::vector<Sizes> all_sizes = {{0, 3, 2},    {2, 0, 3},    {2, 3, 0},    {0, 0, 0},
                                      {1, 1, 1},    {1, 17, 1},   {1, 40, 20},  {20, 40, 1},
                                      {16, 16, 16}, {15, 31, 33}, {17, 33, 15}, {32, 64, 16},
                                      {33, 50, 3},  {100, 7, 10}, {3, 100, 50}, {49, 129, 65}};

template <Real T>
class Case {
 public:
  Case(const Product<T>& product, const Sizes& sizes)
      : product_(product),
        a_(product.is_a_transposed ? random_matrix<T>(sizes.k, sizes.m, 1)
                                   : random_matrix<T>(sizes.m, sizes.k, 1)),
        b_(product.is_b_transposed ? random_matrix<T>(sizes.n, sizes.k, 2)
                                   : random_matrix<T>(sizes.k, sizes.n, 2)) {}

  [[nodiscard]] T a(std::size_t m, std::size_t k) const {
    return product_.is_a_transposed ? a_.matrix()(k, m) : a_.matrix()(m, k);
  }
  [[nodiscard]] T b(std::size_t k, std::size_t n) const {
    return product_.is_b_transposed ? b_.matrix()(n, k) : b_.matrix()(k, n);
  }
  void run(MatrixView<T> c, Team& team) const { product_.into(a_.matrix(), b_.matrix(), c, team); }

 private:
  const Product<T>& product_;
  Array<T> a_;
  Array<T> b_;
};

template <Real T, class Check>
void for_every_case(Check check) {
  for (const Product<T>& product : products<T>) {
    for (const Sizes& sizes : all_sizes) {
      SCOPED_TRACE(std::string(product.name) + " with M " + std::to_string(sizes.m) + ", K " +
                   std::to_string(sizes.k) + ", N " + std::to_string(sizes.n));
      check(Case<T>(product, sizes), sizes);
    }
  }
}

TYPED_TEST(Matmul, EveryProductIsTheSumsOfProducts) {
  using T = TypeParam;
  Team team;
  for_every_case<T>([&](const Case<T>& product, const Sizes& sizes) {
    Array<T> c = unwritten_matrix<T>(sizes.m, sizes.n);
    product.run(c.matrix(), team);
    for (std::size_t m = 0; m < sizes.m; ++m) {
      for (std::size_t n = 0; n < sizes.n; ++n) {
        long double sum = 0;
        long double size = 0;
        for (std::size_t k = 0; k < sizes.k; ++k) {
          const long double term = static_cast<long double>(product.a(m, k)) * product.b(k, n);
          sum += term;
          size += std::abs(term);
        }
        EXPECT_NEAR(c.matrix()(m, n), static_cast<double>(sum),
                    tolerance::rounded_sum<T>(sizes.k, size));
      }
    }
  });
}

TYPED_TEST(Matmul, EveryProductHasTheSameBitsOnThreeThreads) {
  using T = TypeParam;
  Team one(1);
  Team three(3, 3);
  for_every_case<T>([&](const Case<T>& product, const Sizes& sizes) {
    Array<T> expected(Shape{sizes.m, sizes.n});
    Array<T> c = unwritten_matrix<T>(sizes.m, sizes.n);
    product.run(expected.matrix(), one);
    product.run(c.matrix(), three);
    EXPECT_EQ(copy_of(c.elements()), copy_of(expected.elements()));
  });
}

TYPED_TEST(Matmul, ASumOfNoTermsIsZero) {
  using T = TypeParam;
  Team team;
  for (const Product<T>& product : products<T>) {
    SCOPED_TRACE(product.name);
    Array<T> c = unwritten_matrix<T>(2, 3);
    Case<T>(product, {2, 0, 3}).run(c.matrix(), team);
    EXPECT_EQ(copy_of(c.elements()), std::vector<T>(6, T{0}));
  }
}

TYPED_TEST(Matmul, TheIdentityChangesNothing) {
  using T = TypeParam;
  Team team;
  const Array<T> a = random_matrix<T>(5, 3, 1);
  const Array<T> identity(Shape{3, 3}, {1, 0, 0, 0, 1, 0, 0, 0, 1});
  Array<T> c = unwritten_matrix<T>(5, 3);
  matmul_into<T>(a.matrix(), identity.matrix(), c.matrix(), team);
  EXPECT_EQ(copy_of(c.elements()), copy_of(a.elements()));
}

// A kernel that leaves out terms with a zero would hide that a network's weights are NaN.
TYPED_TEST(Matmul, ZeroTimesNanIsNan) {
  using T = TypeParam;
  Team team;
  const T nan = std::numeric_limits<T>::quiet_NaN();
  const std::vector<T> zeros{0, 0};
  const std::vector<T> numbers{1, nan};
  const MatrixView<const T> row(zeros.data(), 1, 2);
  const MatrixView<const T> column(numbers.data(), 2, 1);
  T c = 0;
  matmul_into<T>(row, column, {&c, 1, 1}, team);
  EXPECT_TRUE(std::isnan(c));
}

TEST(MatmulErrors, RowsThatDoNotMeetColumnsAreRefused) {
  Team team;
  const auto a = random_matrix<double>(2, 3, 1);
  const auto b = random_matrix<double>(4, 5, 2);
  auto c = random_matrix<double>(2, 5, 3);
  EXPECT_EQ(
      thrown<ShapeError>([&] { matmul_into<double>(a.matrix(), b.matrix(), c.matrix(), team); }),
      "matmul: sums over 3 and 4 terms, result is (2, 5), expected (2, 5)");
  auto c_a = random_matrix<double>(3, 5, 3);
  EXPECT_EQ(thrown<ShapeError>([&] {
              matmul_transposed_a_into<double>(a.matrix(), b.matrix(), c_a.matrix(), team);
            }),
            "matmul (a transposed): sums over 2 and 4 terms, result is (3, 5), expected (3, 5)");
  auto c_b = random_matrix<double>(2, 4, 3);
  EXPECT_EQ(thrown<ShapeError>([&] {
              matmul_transposed_b_into<double>(a.matrix(), b.matrix(), c_b.matrix(), team);
            }),
            "matmul (b transposed): sums over 3 and 5 terms, result is (2, 4), expected (2, 4)");
}

TEST(MatmulErrors, AResultOfAnotherShapeIsRefused) {
  Team team;
  const auto a = random_matrix<double>(2, 3, 1);
  const auto b = random_matrix<double>(3, 5, 2);
  const auto a_t = random_matrix<double>(3, 2, 1);
  const auto b_t = random_matrix<double>(5, 3, 1);
  for (const Shape& wrong : {Shape{1, 5}, Shape{2, 4}, Shape{5, 2}}) {
    Array<double> c(wrong);
    const std::string expected =
        ": sums over 3 and 3 terms, result is " + wrong.to_string() + ", expected (2, 5)";
    EXPECT_EQ(
        thrown<ShapeError>([&] { matmul_into<double>(a.matrix(), b.matrix(), c.matrix(), team); }),
        "matmul" + expected);
    EXPECT_EQ(thrown<ShapeError>([&] {
                matmul_transposed_a_into<double>(a_t.matrix(), b.matrix(), c.matrix(), team);
              }),
              "matmul (a transposed)" + expected);
    EXPECT_EQ(thrown<ShapeError>([&] {
                matmul_transposed_b_into<double>(a.matrix(), b_t.matrix(), c.matrix(), team);
              }),
              "matmul (b transposed)" + expected);
  }
}

}  // namespace
}  // namespace gradus
