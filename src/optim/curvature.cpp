// SPDX-License-Identifier: MIT
#include "gradus/optim/curvature.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "gradus/diff/second_derivatives.hpp"
#include "gradus/math/norm.hpp"
#include "gradus/math/symmetric_eigenvalues.hpp"

namespace gradus {

std::string_view to_string(PlaceKind kind) noexcept {
  switch (kind) {
    case PlaceKind::unknown:
      return "unknown";
    case PlaceKind::minimum:
      return "minimum";
    case PlaceKind::maximum:
      return "maximum";
    case PlaceKind::saddle:
      return "saddle";
    case PlaceKind::flat:
      return "flat";
  }
  return "";
}

PlaceKind Curvature::kind() const noexcept {
  return least > error                    ? PlaceKind::minimum
         : most < -error                  ? PlaceKind::maximum
         : least < -error && most > error ? PlaceKind::saddle
                                          : PlaceKind::flat;
}

double Curvature::rate_limit() const noexcept {
  return most > error ? 2 / most : std::numeric_limits<double>::infinity();
}

double Curvature::best_rate() const noexcept {
  return most > error ? 2 / (std::max(least, 0.0) + most) : std::numeric_limits<double>::infinity();
}

std::optional<Curvature> curvature_at(const Expression& f, std::span<const double> x) {
  if (x.size() > max_curved_coordinates) {
    return std::nullopt;
  }
  std::vector<double> matrix;
  std::vector<double> errors;
  for (const DerivativeEstimate& entry : hessian(f, x)) {
    if (entry.refusal) {
      return std::nullopt;
    }
    matrix.push_back(entry.value);
    errors.push_back(entry.error);
  }
  const std::vector<double> eigenvalues = symmetric_eigenvalues(matrix, x.size());
  // An eigenvalue moves by no more than the norm of what is added to the matrix (Weyl).
  const double rounding = 8 * static_cast<double>(x.size()) *
                          std::numeric_limits<double>::epsilon() * euclidean_norm(matrix);
  return Curvature{.least = eigenvalues.front(),
                   .most = eigenvalues.back(),
                   .error = euclidean_norm(errors) + rounding};
}

}  // namespace gradus
