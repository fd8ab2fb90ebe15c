// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "gradus/diff/expression.hpp"
#include "proof/jet.hpp"
#include "proof/prover.hpp"

namespace gradus::proof {

/// A function and its derivatives, enclosed at one place.
struct Enclosures {
  Ball value;
  std::vector<Ball> gradient;  // (P) when asked for
  std::vector<Ball> hessian;   // (P, P) row-major, when asked for
};

/// Encloses f at x with numbers of so many bits.
/// @throws ValueError  see Expression
/// Cost  P evaluations of f for the gradient, P (P + 1) / 2 for the Hessian.
[[nodiscard]] Enclosures enclose(const Expression& f, std::span<const Ball> x, Order order,
                                 Precision precision);

/// Encloses the derivative df/dx[i] at doubles, of f with its numbers as doubles: what the other
/// methods compute. At least 100 of its bits are known, unless it is 0, undefined or out of reach.
[[nodiscard]] Ball enclose_partial(const Expression& f, std::span<const double> x, std::size_t i);

/// The same of all second derivatives, (P, P) row-major.
[[nodiscard]] std::vector<Ball> enclose_second(const Expression& f, std::span<const double> x);

/// f and its derivatives to so many significant digits, all of them proved: the precision is raised
/// until they are. Numbers are taken as they are typed, in f and in x.
/// @param x       (P) decimals
/// @param digits  1 to max_digits
/// @throws ValueError  see Expression; x has no decimal number
[[nodiscard]] Proof prove(const Expression& f, std::span<const std::string> x, std::size_t digits,
                          Order order);

/// The digits of a number, when the ball is small enough to tell all of them.
[[nodiscard]] ProvedNumber proved_number(const Ball& ball, std::size_t digits);

/// How many digits of a double are right.
[[nodiscard]] RightDigits right_digits(double value, const Ball& truth);

}  // namespace gradus::proof
