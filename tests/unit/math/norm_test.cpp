// SPDX-License-Identifier: MIT
#include "gradus/math/norm.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "support.hpp"

namespace gradus {
namespace {

using Vector = std::vector<double>;

TEST(EuclideanNorm, IsTheRootOfTheSumOfSquaresToTheBit) {
  EXPECT_EQ(euclidean_norm(Vector{}), 0);
  EXPECT_EQ(euclidean_norm(Vector{0, 0}), 0);
  EXPECT_EQ(euclidean_norm(Vector{-3, 4}), 5);
  const Vector x = random_numbers<double>(1000, 1);
  EXPECT_EQ(euclidean_norm(x), std::sqrt(std::inner_product(x.begin(), x.end(), x.begin(), 0.0)));
}

TEST(EuclideanNorm, NeitherOverflowsNorUnderflowsOnTheWay) {
  for (const double size : {0x1p-1070, 0x1p-1022, 0x1p-600, 0x1p600, 0x1p1020}) {
    EXPECT_EQ(euclidean_norm(Vector{3 * size, -4 * size}), 5 * size) << size;
    EXPECT_EQ(euclidean_norm(Vector{3 * size, 0, 0, -4 * size}), 5 * size) << size;
  }
  EXPECT_EQ(euclidean_norm(Vector{1e300, 1e-300}), 1e300);
}

TEST(EuclideanNorm, OfWhatIsNotFiniteIsNotFinite) {
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(euclidean_norm(Vector{1, -infinity}), infinity);
  EXPECT_TRUE(std::isnan(euclidean_norm(Vector{std::nan("")})));
  EXPECT_TRUE(std::isnan(euclidean_norm(Vector{1, std::nan(""), 2})));
}

}  // namespace
}  // namespace gradus
