// SPDX-License-Identifier: MIT
#include "gradus/diff/difference.hpp"

#include <fmt/core.h>

#include <array>
#include <cmath>

#include "gradus/core/error.hpp"

namespace gradus {

const Registry<DifferenceEntry>& difference_methods() {
  using Point = DifferenceEntry::Point;
  static constexpr std::array<Point, 2> forward{{{1, 1}, {0, -1}}};
  static constexpr std::array<Point, 2> backward{{{0, 1}, {-1, -1}}};
  static constexpr std::array<Point, 2> central{{{1, 1}, {-1, -1}}};
  static constexpr std::array<Point, 4> five_point{{{1, 8}, {-1, -8}, {2, -1}, {-2, 1}}};
  static constexpr std::array<Point, 6> richardson{
      {{1, 256}, {-1, -256}, {2, -40}, {-2, 40}, {4, 1}, {-4, -1}}};
  static constexpr std::array<DifferenceEntry, 5> entries{{
      {"forward", "(f(x+h) - f(x)) / h", forward, 1, 1, 0},
      {"backward", "(f(x) - f(x-h)) / h", backward, 1, 1, 0},
      {"central", "(f(x+h) - f(x-h)) / 2h", central, 2, 2, 1},
      {"five_point", "(8 (f(x+h) - f(x-h)) - (f(x+2h) - f(x-2h))) / 12h", five_point, 12, 4, 120},
      {"richardson", "central differences with h, 2h and 4h, extrapolated to 0", richardson, 360, 6,
       900},
  }};
  static constexpr Registry<DifferenceEntry> registry("difference method", entries);
  return registry;
}

double difference(const DifferenceEntry& method, const std::function<double(double)>& f, double x,
                  double step) {
  double sum = 0;
  for (const DifferenceEntry::Point& point : method.points) {
    sum += point.weight * f(x + point.place * step);
  }
  return sum / (method.denominator * step);
}

void check_difference(const DifferenceOptions& options) {
  static_cast<void>(difference_methods().find(options.method));
  if (options.step && !(*options.step > 0 && std::isfinite(*options.step))) {
    throw ValueError(
        fmt::format("the step of a difference is {}, expected a number above 0", *options.step));
  }
}

}  // namespace gradus
