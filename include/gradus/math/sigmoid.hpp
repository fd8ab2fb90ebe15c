// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "gradus/core/real.hpp"

namespace gradus {

/// 1 / (1 + exp(-x)), without overflow for any x: exp is only ever taken of a negative number.
template <Real T>
[[nodiscard]] T sigmoid(T x);

/// y[i] = sigmoid(x[i]), with vector instructions.
///
/// Error   below 4 units in the last place of a result that is not subnormal.
/// Shapes  x and y (N); they may be the same memory.
/// Tested  tests/unit/math/sigmoid_test.cpp, against long double.
/// @throws ShapeError  the lengths differ
template <Real T>
void sigmoid_into(std::span<const T> x, std::span<T> y);

/// changes[m] = sigmoid(x + moves[m]) - sigmoid(x), without the cancellation of that difference.
///
/// With y = sigmoid(x) and t = exp(move) - 1 it is y (1 - y) t / (1 + y t); from moves of 1/2 on
/// the plain difference is taken, which is as good there.
/// Accuracy  moves of up to 1/2: a relative error below 2e-15; beyond: 2e-16 absolute.
/// Shapes    moves and changes (M); they may be the same memory.
/// Tested    tests/unit/math/changes_test.cpp, against long double.
/// @throws ShapeError  the lengths differ
void sigmoid_changes_into(double x, std::span<const double> moves, std::span<double> changes);

}  // namespace gradus
