// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <limits>

namespace gradus::tolerance {

// The largest relative error of one rounding to T.
template <class T>
inline constexpr double roundoff = std::numeric_limits<T>::epsilon() / 2;

// What rounding theory allows a sum of n products in T to be off, whatever the order of the terms:
// n * roundoff * (sum of their absolute values).
template <class T>
constexpr double rounded_sum(std::size_t num_terms, long double sum_of_absolute_values) {
  return static_cast<double>(num_terms) * roundoff<T> * static_cast<double>(sum_of_absolute_values);
}

// Whole networks against central differences, tests/property/network_test.cpp. With step h the
// formula is wrong by h^2 / 6 * f''' and rounding adds about 1e-16 / h: 1e-11 each at h = 1e-5,
// times third derivatives of up to about 30 with weights from N(0, 1).
inline constexpr double network_step = 1e-5;
inline constexpr double network_gradient = 1e-9;

// A gradient computed in float: some hundred roundings of 6e-8 of numbers up to 10.
inline constexpr double network_float = 2e-5;

// The same sums in another order, in double, of some hundred numbers up to 10.
inline constexpr double order_of_sums = 1e-13;

// Changes of sigmoid, softmax and -ln softmax, of the sizes their headers say; see there.
inline constexpr double sigmoid_change = 2e-15;
inline constexpr double softmax_change = 2e-15;
inline constexpr double negative_log_softmax_change = 1e-15;

// The same by a plain difference of values up to 1 in double: one rounding of each.
inline constexpr double plain_difference = 4e-16;

// The same of scores up to 1,500 apart: exp is off by as many roundings of its argument.
inline constexpr double plain_difference_of_scores = 1500 * plain_difference;

// The plain difference in long double, which the exact one is taken for: it has 64 bits.
inline constexpr double long_double = 1e-18;

// A network's numerical gradient against the plain one, both in double with h = 1e-4. Losses up to
// 10 are off by some ten roundings of 1e-16 of them, divided by 2 h: 5e-11.
inline constexpr double plain_numerical_gradient = 5e-11;

// A network's numerical gradient against backward(), share of its length: h^2 / 6 = 2e-9, times
// third derivatives, which through four layers with weights from N(0, 1) are up to 100 times the
// first.
inline constexpr double truncation = 3e-7;

// Statistics of random numbers: so many standard deviations may one be off. By chance 5 happen once
// in a million times (once in 200 for the chi-square of two counts, which has a longer tail), but
// seeds are fixed: a test that passes goes on passing.
inline constexpr double deviations = 5;

// The largest distance between the share of n numbers up to x and the distribution function, times
// sqrt(n), passes 2 once in 1,500 times (Kolmogorov's distribution).
inline constexpr double kolmogorov_smirnov = 2;

// Softmax in T against long double, and its sum against 1, in units of roundoff<T>: exp, a sum of C
// terms and a division are C + 2 roundings, each of at most one unit, and a difference of scores of
// size s adds s. The tests have C <= 20 and s <= 10.
inline constexpr double softmax_roundoffs = 40;

// What the textbook computes from numbers it prints with 9 digits behind the point.
inline constexpr double textbook_digits = 5e-10;

// Derivatives of softmax and of the losses behind it by central differences with this step: at
// h = 1e-5 the formula is wrong by h^2 / 6 * f''' = 2e-11 and rounding adds 1e-16 * |f| / h = 1e-10
// for values of up to 10.
inline constexpr double softmax_step = 1e-5;
inline constexpr double softmax_gradient = 5e-10;

// Losses that the textbook prints with all digits: log may be off in its last place, and the
// order of a sum moves it too.
inline constexpr double textbook_ulps = 2;

// Means of ten squares of decimals like 0.05 against the decimal result: some ten roundings of
// 1e-16 of numbers below 1.
inline constexpr double decimal_sum = 2e-15;

// As softmax_gradient, for -ln y / B with y above 0.2 and B = 3: there f''' is up to 80.
inline constexpr double probability_gradient = 5e-9;

// Losses of batches of 6 with scores up to 8, in units of roundoff<T>: each row has two roundings
// of numbers up to 8 and some of smaller ones, and their mean adds a few of numbers up to 8.
inline constexpr double loss_roundoffs = 50;

// The same in float against double.
inline constexpr double loss_in_float = loss_roundoffs * roundoff<float>;

// Five steps of an optimizer against its formula, in units of roundoff<T>: each step has up to five
// roundings of numbers up to 7, and hands on to the next what it was off.
inline constexpr double optimizer_roundoffs = 100;

// Ten steps of an optimizer in float, with parameters and velocities up to 5, against double.
inline constexpr double optimizer_in_float = 1e-5;

// An elementary function or its slope, relative: some five roundings, and a library function that
// is off by up to two units in the last place.
inline constexpr double elementary = 2e-15;

// Derivatives by exact rules against each other or a closed form, relative to the gradient: some
// hundred roundings, for functions that do not magnify them.
inline constexpr double exact_rules = 1e-12;

// The path of a gradient descent against what the textbook's own code gives, relative: the same
// arithmetic, but powers and sums may be off in the last place, and a hundred steps add that up.
inline constexpr double descent = 1e-11;

// The same against exact numbers: each derivative by differences is off by some 1e-12, and the
// steps that diverge magnify what the first one was off.
inline constexpr double descent_by_differences = 1e-8;

// A schedule, relative: pow, cos and two products are off by a few times 1e-16.
inline constexpr double schedule = 1e-15;

}  // namespace gradus::tolerance
