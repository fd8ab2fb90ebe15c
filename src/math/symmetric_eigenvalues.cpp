// SPDX-License-Identifier: MIT
#include "gradus/math/symmetric_eigenvalues.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "gradus/core/error.hpp"

namespace gradus {
namespace {

/// A symmetric matrix while it becomes diagonal.
class Rotated {
 public:
  Rotated(std::span<const double> matrix, std::size_t n) : n_(n), a_(matrix.begin(), matrix.end()) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        at(i, j) = at(j, i);
      }
    }
  }

  [[nodiscard]] double& at(std::size_t i, std::size_t j) { return a_[i * n_ + j]; }

  /// Makes entry (p, q) 0 by a rotation in the plane of p and q.
  void rotate(std::size_t p, std::size_t q) {
    if (at(p, q) == 0) {
      return;
    }
    const double ratio = (at(q, q) - at(p, p)) / (2 * at(p, q));
    const double tangent = std::copysign(1.0, ratio) / (std::abs(ratio) + std::hypot(1.0, ratio));
    const double cosine = 1 / std::hypot(1.0, tangent);
    const double sine = tangent * cosine;
    for (std::size_t k = 0; k < n_; ++k) {
      const double to_p = cosine * at(k, p) - sine * at(k, q);
      at(k, q) = sine * at(k, p) + cosine * at(k, q);
      at(k, p) = to_p;
    }
    for (std::size_t k = 0; k < n_; ++k) {
      const double to_p = cosine * at(p, k) - sine * at(q, k);
      at(q, k) = sine * at(p, k) + cosine * at(q, k);
      at(p, k) = to_p;
    }
    at(p, q) = at(q, p) = 0;
  }

  /// The largest entry beside the diagonal, beside the largest of all.
  [[nodiscard]] bool is_diagonal() {
    double beside = 0;
    double largest = 0;
    for (std::size_t i = 0; i < n_; ++i) {
      for (std::size_t j = 0; j < n_; ++j) {
        largest = std::max(largest, std::abs(at(i, j)));
        beside = i == j ? beside : std::max(beside, std::abs(at(i, j)));
      }
    }
    constexpr double negligible = 1e-18;  // its square counts, and is far below rounding
    return beside <= negligible * largest;
  }

 private:
  std::size_t n_;
  std::vector<double> a_;
};

}  // namespace

std::vector<double> symmetric_eigenvalues(std::span<const double> matrix, std::size_t n) {
  if (matrix.size() != n * n) {
    throw ShapeError(fmt::format("symmetric_eigenvalues: got {} numbers for a matrix of {}x{}",
                                 matrix.size(), n, n));
  }
  Rotated rotated(matrix, n);
  constexpr int most_sweeps = 30;  // it converges quadratically: six or so are enough
  for (int sweep = 0; sweep < most_sweeps && !rotated.is_diagonal(); ++sweep) {
    for (std::size_t p = 0; p < n; ++p) {
      for (std::size_t q = p + 1; q < n; ++q) {
        rotated.rotate(p, q);
      }
    }
  }
  std::vector<double> eigenvalues;
  for (std::size_t i = 0; i < n; ++i) {
    eigenvalues.push_back(rotated.at(i, i));
  }
  std::sort(eigenvalues.begin(), eigenvalues.end());
  return eigenvalues;
}

}  // namespace gradus
