// SPDX-License-Identifier: MIT
#include "noise.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

namespace gradus {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// The last binary digit of x that is not 0.
double last_digit(double x) {
  if (x == 0 || !std::isfinite(x)) {
    return infinity;
  }
  constexpr int num_digits = std::numeric_limits<double>::digits;
  int exponent = 0;
  const double mantissa = std::frexp(std::abs(x), &exponent);
  const auto digits = static_cast<std::uint64_t>(std::ldexp(mantissa, num_digits));
  return std::ldexp(1.0, exponent - num_digits + std::countr_zero(digits));
}

}  // namespace

double unit_in_the_last_place(double x) {
  const double size = std::abs(x);
  return std::nextafter(size, infinity) - size;
}

double ValuesOnLine::largest() const {
  double largest = 0;
  for (const double value : values) {
    largest = std::max(largest, std::abs(value));
  }
  return largest;
}

double noise_of(const ValuesOnLine& line, std::size_t lowest_order) {
  const double unit = line.largest();  // so that squares do not overflow
  if (unit == 0) {
    return 0;
  }
  std::vector<double> differences;
  for (const double value : line.values) {
    differences.push_back(value / unit);
  }
  double noise = 0;
  double scale = 1;  // (p!)^2 / (2p)!: what p differences do to the variance of noise
  for (std::size_t p = 1; p < line.values.size(); ++p) {
    double sum_of_squares = 0;
    for (std::size_t i = 0; i + p < line.values.size(); ++i) {
      differences[i] = differences[i + 1] - differences[i];
      sum_of_squares += differences[i] * differences[i];
    }
    const auto order = static_cast<double>(p);
    scale *= order / (2 * (2 * order - 1));
    if (p >= lowest_order) {
      const auto count = static_cast<double>(line.values.size() - p);
      noise = std::max(noise, std::sqrt(scale * sum_of_squares / count));
    }
  }
  return noise * unit;
}

double ObservedFunction::operator()(double x) {
  const double value = f_(x);
  first_value_ = num_evaluations_ == 0 ? value : first_value_;
  has_varied_ = has_varied_ || value != first_value_;
  ++num_evaluations_;
  lattice_ = std::min(lattice_, last_digit(value));
  return value;
}

double ObservedFunction::lattice() const noexcept {
  return has_varied_ ? lattice_ : infinity;
}

ValuesOnLine ObservedFunction::line(double x, double spacing, int half) {
  // A spacing that can be added without rounding: places that are uneven look like noise.
  const volatile double farthest = std::abs(x) + half * spacing;
  const volatile double beyond = farthest + spacing;
  ValuesOnLine line{x - half * (beyond - farthest), beyond - farthest, {}};
  for (int i = -half; i <= half; ++i) {
    line.values.push_back((*this)(x + i * line.spacing));
  }
  return line;
}

double ObservedFunction::largest_jump(const ValuesOnLine& line) {
  std::vector<double> rises;
  for (std::size_t i = 0; i + 1 < line.values.size(); ++i) {
    rises.push_back(line.values[i + 1] - line.values[i]);
  }
  std::vector<double> sorted = rises;
  std::sort(sorted.begin(), sorted.end());
  const double slope = sorted[sorted.size() / 2] / line.spacing;
  double largest = 0;
  for (const auto extreme : {std::min_element(rises.begin(), rises.end()),
                             std::max_element(rises.begin(), rises.end())}) {
    const auto i = static_cast<std::size_t>(extreme - rises.begin());
    largest = std::max(largest, jump_between(line.place(i), line.place(i + 1), line.values[i],
                                             line.values[i + 1], slope));
  }
  return largest;
}

double ObservedFunction::jump_between(double a, double b, double f_a, double f_b, double slope) {
  // What is not explained by the slope halves with the interval when f is smooth, and stays when
  // there is a jump: compare it at two widths.
  constexpr double narrow = 16;
  constexpr double wide = 256;
  constexpr int max_halvings = 60;
  const auto unexplained = [slope](double f_from, double f_to, double width) {
    return std::abs(f_to - f_from - slope * width);
  };
  double at_wide = infinity;
  for (int i = 0; i < max_halvings; ++i) {
    const double middle = a + (b - a) / 2;
    const double unit = unit_in_the_last_place(std::max(std::abs(a), std::abs(b)));
    if (at_wide == infinity && b - a < wide * unit) {
      at_wide = unexplained(f_a, f_b, b - a);
    }
    if (b - a < narrow * unit || middle <= a || middle >= b) {
      break;
    }
    const double f_middle = (*this)(middle);
    if (unexplained(f_a, f_middle, middle - a) > unexplained(f_middle, f_b, b - middle)) {
      b = middle;
      f_b = f_middle;
    } else {
      a = middle;
      f_a = f_middle;
    }
  }
  const double at_narrow = unexplained(f_a, f_b, b - a);
  return at_narrow > 0.5 * at_wide ? at_narrow : 0;
}

}  // namespace gradus
