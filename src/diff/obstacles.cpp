// SPDX-License-Identifier: MIT
#include "obstacles.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

namespace gradus {
namespace {

bool is_same(double a, double b) {
  return a == b || (std::isnan(a) && std::isnan(b));
}

/// The different finite values at points around x, some close to small coordinates and some
/// farther away. None when too few are finite to say anything about the function as a whole.
std::set<double> values_around(const ValueFunction& f, std::span<const double> x, Random& random) {
  constexpr std::size_t num_probes = 64;
  std::set<double> values;
  std::size_t num_finite = 0;
  std::vector<double> point(x.size());
  for (std::size_t i = 0; i < num_probes; ++i) {
    const double distance = std::exp2(-static_cast<double>(i % 16));
    const double least_size = i % 2 == 0 ? 0 : 1;
    std::transform(x.begin(), x.end(), point.begin(), [&](double number) {
      const double size = number == 0 ? 1 : std::max(least_size, std::abs(number));
      return number + distance * size * random.normal();
    });
    if (const double value = f(point); std::isfinite(value)) {
      values.insert(value);
      ++num_finite;
    }
  }
  return num_finite < num_probes / 4 ? std::set<double>() : values;
}

}  // namespace

Obstacles find_obstacles(const ValueFunction& f, const GradientFunction& gradient,
                         std::span<const double> x, Random& random) {
  const double once = f(x);
  const double twice = f(x);
  if (!is_same(once, twice)) {
    return {.reason = CheckReason{.kind = CheckReasonKind::value_not_deterministic,
                                  .value = once,
                                  .value_again = twice}};
  }
  if (!std::isfinite(once)) {
    return {.reason = CheckReason{.kind = CheckReasonKind::value_not_finite, .value = once}};
  }
  const std::vector<double> one = gradient(x);
  const std::vector<double> other = gradient(x);
  if (!std::equal(one.begin(), one.end(), other.begin(), is_same)) {
    return {.reason = CheckReason{.kind = CheckReasonKind::gradient_not_deterministic}};
  }
  std::set<double> values = values_around(f, x, random);
  if (values.empty()) {
    return {};
  }
  values.insert(once);
  if (values.size() == 1) {
    return {.reason = CheckReason{.kind = CheckReasonKind::constant, .value = once}};
  }
  constexpr std::size_t max_values_of_a_staircase = 5;
  return {.reason = {}, .is_staircase = values.size() <= max_values_of_a_staircase};
}

}  // namespace gradus
