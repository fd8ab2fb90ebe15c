// SPDX-License-Identifier: MIT
// What tests of several folders share.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>
#include <vector>

#include "gradus/core/array.hpp"
#include "gradus/core/random.hpp"
#include "gradus/core/real.hpp"
#include "tolerances.hpp"

namespace gradus {

/// TYPED_TEST_SUITE(Suite, RealTypes, RealNames) runs a suite for float and for double.
using RealTypes = ::testing::Types<float, double>;

struct RealNames {
  template <class T>
  static std::string GetName(int) {
    return std::is_same_v<T, float> ? "float" : "double";
  }
};

/// Numbers from N(0, 1), rounded to T: float and double get the same ones.
template <Real T>
std::vector<T> random_numbers(std::size_t count, std::uint64_t seed) {
  Random random(seed, Stream::validation);
  std::vector<T> numbers(count);
  std::generate(numbers.begin(), numbers.end(), [&] { return static_cast<T>(random.normal()); });
  return numbers;
}

template <Real T>
Array<T> random_matrix(std::size_t num_rows, std::size_t num_cols, std::uint64_t seed) {
  return {Shape{num_rows, num_cols}, random_numbers<T>(num_rows * num_cols, seed)};
}

/// A matrix to be overwritten: whatever is not written stays NaN, which equals nothing.
template <Real T>
Array<T> unwritten_matrix(std::size_t num_rows, std::size_t num_cols) {
  return {Shape{num_rows, num_cols},
          std::vector<T>(num_rows * num_cols, std::numeric_limits<T>::quiet_NaN())};
}

/// The elements of a view, to compare them with EXPECT_EQ.
template <class Elements>
auto copy_of(const Elements& elements) {
  return std::vector<std::remove_cvref_t<decltype(*elements.begin())>>(elements.begin(),
                                                                       elements.end());
}

/// The vectors that the textbook computes its losses of, and how near its numbers must be met.
namespace textbook {

/// The right answer is class 2.
inline const std::vector<double> t = {0, 0, 1, 0, 0, 0, 0, 0, 0, 0};

inline const std::vector<double> sure_and_right = {.1, .05, .6, 0, .05, .1, 0, .1, 0, 0};
inline const std::vector<double> sure_and_wrong = {.1, .05, .1, 0, .05, .1, 0, .6, 0, 0};

/// These sum to 1.25 and to 1.4: not probabilities, but numbers the formulas take.
inline const std::vector<double> guess_of_four = {.1, .05, .1, 0, .7, .3, 0, 0, 0, 0};
inline const std::vector<double> guess_of_five = {.1, .05, .3, 0, .25, .6, 0, .1, 0, 0};

/// What a printed number may be missed by, in steps from one double to the next.
inline double tolerance_of(double printed) {
  const double size = std::abs(printed);
  return tolerance::textbook_ulps *
         (std::nextafter(size, std::numeric_limits<double>::infinity()) - size);
}

}  // namespace textbook

}  // namespace gradus
