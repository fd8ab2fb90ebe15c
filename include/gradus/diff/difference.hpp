// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gradus/core/registry.hpp"

namespace gradus {

/// The textbook's step. A central difference has an error of h^2 * f'''(x) / 6 from its formula and
/// about 1e-16 * |f(x)| / h from rounding: at 1e-4 both are small for functions of ordinary size.
/// Beside a large x the step itself is rounded: at 1e12 it is off by a fifth, and from 2^41 (2e12)
/// on x + h is x and the result is 0.
inline constexpr double default_difference_step = 1e-4;

/// A difference formula: f'(x) = sum_i weight_i f(x + place_i h) / (denominator h) + O(h^order).
struct DifferenceEntry {
  struct Point {
    double place;
    double weight;
  };

  std::string_view id;
  std::string_view summary;
  std::span<const Point> points;
  double denominator;
  int order;

  /// The step that suits this formula, in units of the one that suits central differences: when
  /// noise eps |f| / h and truncation h^order are equal, h is a power 1 / (order + 1) of eps. 0 for
  /// formulas of order 1, whose truncation is seen in the bend of f.
  double relative_step;
};

/// forward, backward, central, five_point, richardson.
/// Source  Fornberg, "Generation of finite difference formulas on arbitrarily spaced grids" (1988);
///         richardson extrapolates central differences with h, 2h and 4h.
[[nodiscard]] const Registry<DifferenceEntry>& difference_methods();

/// The formula as it stands, with a fixed step and no promise about its error.
/// Cost  a call of f for each point.
[[nodiscard]] double difference(const DifferenceEntry& method,
                                const std::function<double(double)>& f, double x, double step);

/// How a derivative is to be computed from values.
struct DifferenceOptions {
  std::string method = "central";
  std::optional<double> step = {};  // above 0; chosen when not given

  /// The error that any value of a black box may have, even where it does not show: of a loss that
  /// is 1e-20 because numbers near 1 cancelled, say.
  double least_noise = 0;
};

/// @throws ValueError  an unknown method, or a step that is not above 0
void check_difference(const DifferenceOptions& options);

}  // namespace gradus
