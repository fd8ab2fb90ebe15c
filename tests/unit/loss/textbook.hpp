// SPDX-License-Identifier: MIT
// The vectors that the textbook computes its losses of, and how near its numbers must be met.
#pragma once

#include <cmath>
#include <vector>

#include "support.hpp"
#include "tolerances.hpp"

namespace gradus::textbook {

/// The right answer is class 2.
inline const std::vector<double> t = {0, 0, 1, 0, 0, 0, 0, 0, 0, 0};

inline const std::vector<double> sure_and_right = {.1, .05, .6, 0, .05, .1, 0, .1, 0, 0};
inline const std::vector<double> sure_and_wrong = {.1, .05, .1, 0, .05, .1, 0, .6, 0, 0};

/// These sum to 1.25 and to 1.4: not probabilities, but numbers the formulas take.
inline const std::vector<double> guess_of_four = {.1, .05, .1, 0, .7, .3, 0, 0, 0, 0};
inline const std::vector<double> guess_of_five = {.1, .05, .3, 0, .25, .6, 0, .1, 0, 0};

/// What a printed number may be missed by.
inline double tolerance_of(double printed) {
  return tolerance::textbook_ulps * ulp(std::abs(printed));
}

}  // namespace gradus::textbook
