// SPDX-License-Identifier: MIT
#include "gradus/math/symmetric_eigenvalues.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/core/random.hpp"

namespace gradus {
namespace {

TEST(SymmetricEigenvalues, OfTwoByTwoAreTheRootsOfAQuadratic) {
  Random random(7, Stream::validation);
  for (int i = 0; i < 100; ++i) {
    const double a = random.normal();
    const double b = random.normal();
    const double d = random.normal();
    const std::vector<double> found = symmetric_eigenvalues(std::vector<double>{a, b, 99, d}, 2);
    const double middle = (a + d) / 2;
    const double reach = std::hypot((a - d) / 2, b);
    EXPECT_NEAR(found[0], middle - reach, 1e-15 * (std::abs(middle) + reach) * 8);
    EXPECT_NEAR(found[1], middle + reach, 1e-15 * (std::abs(middle) + reach) * 8);
  }
}

/// Q D Q for a reflection Q = 1 - 2 v v / (v . v), which has the eigenvalues of D.
std::vector<double> reflected(const std::vector<double>& eigenvalues, Random& random) {
  const std::size_t n = eigenvalues.size();
  std::vector<double> v(n);
  std::generate(v.begin(), v.end(), [&] { return random.normal(); });
  const double square = std::inner_product(v.begin(), v.end(), v.begin(), 0.0);
  std::vector<double> matrix(n * n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      for (std::size_t k = 0; k < n; ++k) {
        const double left = (i == k ? 1 : 0) - 2 * v[i] * v[k] / square;
        const double right = (k == j ? 1 : 0) - 2 * v[k] * v[j] / square;
        matrix[i * n + j] += left * eigenvalues[k] * right;
      }
    }
  }
  return matrix;
}

TEST(SymmetricEigenvalues, AreThoseThatTheMatrixWasMadeOf) {
  Random random(8, Stream::validation);
  for (std::size_t n = 1; n <= 20; ++n) {
    std::vector<double> eigenvalues(n);
    std::generate(eigenvalues.begin(), eigenvalues.end(), [&] { return random.uniform(-5, 5); });
    std::sort(eigenvalues.begin(), eigenvalues.end());
    const std::vector<double> found = symmetric_eigenvalues(reflected(eigenvalues, random), n);
    for (std::size_t i = 0; i < n; ++i) {
      EXPECT_NEAR(found[i], eigenvalues[i], 1e-14 * static_cast<double>(n));
    }
  }
}

TEST(SymmetricEigenvalues, OfADiagonalAreItsEntriesInOrder) {
  EXPECT_EQ(symmetric_eigenvalues(std::vector<double>{3, 0, 0, 0, -1, 0, 0, 0, 2}, 3),
            (std::vector<double>{-1, 2, 3}));
  EXPECT_EQ(symmetric_eigenvalues(std::vector<double>{0, 0, 0, 0}, 2), (std::vector<double>{0, 0}));
}

TEST(SymmetricEigenvalues, SurviveNumbersOfVeryDifferentSizes) {
  const std::vector<double> found =
      symmetric_eigenvalues(std::vector<double>{1e200, 1, 1, 1e-200}, 2);
  EXPECT_DOUBLE_EQ(found[1], 1e200);
  EXPECT_LE(std::abs(found[0]), 1e184);
}

TEST(SymmetricEigenvalues, NeedASquare) {
  EXPECT_THROW(static_cast<void>(symmetric_eigenvalues(std::vector<double>{1, 2, 3}, 2)),
               ShapeError);
}

}  // namespace
}  // namespace gradus
