// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "gradus/core/parameter_block.hpp"

namespace gradus {

enum class Verdict { right, wrong, cannot_tell };

/// "right", "wrong", "cannot tell".
[[nodiscard]] std::string to_string(Verdict verdict);

struct GradientCheckOptions {
  /// How small an error the check must be able to see before it says "right", relative to the norm
  /// of a block's gradient (or to a millionth of the whole gradient's, where a block has less).
  /// "wrong" does not depend on it: a gradient that is off by more than rounding explains is wrong.
  double resolution = 1e-4;

  std::size_t num_directions = 3;  // random directions in each block, at least 1
  std::size_t num_worst = 5;       // entries to name when a block is wrong
  std::uint64_t seed = 1;
};

/// What was found of one block of parameters.
struct BlockCheck {
  std::string name;
  Verdict verdict = Verdict::cannot_tell;
  std::string reason;  // in words

  double claimed_norm = 0;         // of this block's claimed gradient
  double gap = 0;                  // largest |claimed - numerical| of a directional derivative
  double tolerance = 0;            // largest gap that error of both sides explains
  bool is_checked_nearby = false;  // the point itself allows no verdict: a kink, mostly
};

/// One wrong entry of a claimed gradient.
struct WrongEntry {
  std::string name;                // of the block
  std::vector<std::size_t> index;  // in the block: W2[3,7] has {3, 7}
  double claimed = 0;
  double numerical = 0;
  double numerical_error = 0;  // see DerivativeEstimate::error
};

struct GradientReport {
  Verdict verdict = Verdict::cannot_tell;
  std::string reason;
  std::vector<BlockCheck> blocks;
  std::vector<WrongEntry> worst;  // largest gap first; empty when nothing is wrong

  /// A cross-check, never the verdict. With a right gradient the remainder
  /// |f(x + h u) - f(x) - h g.u| falls with h^2: the slope in a log-log plot is 2. A wrong gradient
  /// leaves 1, and so does a right one at a kink. NaN when the remainder is only rounding.
  double taylor_slope = 0;

  std::size_t num_evaluations = 0;  // of f
  std::size_t num_gradients = 0;    // of the claimed gradient
};

/// Compares a claimed gradient with numerical derivatives of the function it is claimed of.
///
/// In each block a few random directions u are tried: the claimed derivative g.u against the one
/// computed from values of f alone, with an error bound (derivative_estimate.hpp). To that the
/// rounding error of the claimed side is added, seen by moving the point by some units in the last
/// place; together they are the tolerance.
///
///   wrong        some gap exceeds three tolerances, and does so again along 0.37 u
///   right        no direction is wrong and every tolerance is below `resolution`
///   cannot tell  anything else; the reason says what
///
/// Where a direction allows no verdict, at a kink above all, points close by are looked at: a
/// gradient that is right all around is called right, and the report says so.
///
/// Values of f are taken to be off by at least half a unit in the last place of 1, as a loss is
/// that is small because numbers near 1 cancel: what changes f by less than 1e-16 cannot be told.
///
/// @param f         double from std::span<const double>. A gradient computed in float is wrong
/// beside
///                  it in the seventh digit: run the same code in double to judge it
/// @param gradient  the claimed partial derivatives (P) at any point, not only at x
/// @param x         (P)
/// @param blocks    parts of x, by name; together all of it
/// @throws ShapeError  the gradient has another length than x, or the blocks are not all of x
/// @throws ValueError  options outside their range
/// Cost  about 400 calls of f for each block, and some ten of the gradient.
[[nodiscard]] GradientReport check_gradient(
    const std::function<double(std::span<const double>)>& f,
    const std::function<std::vector<double>(std::span<const double>)>& gradient,
    std::span<const double> x, std::span<const ParameterBlock> blocks,
    const GradientCheckOptions& options = {});

/// The same for a vector that is one block, called x.
[[nodiscard]] GradientReport check_gradient(
    const std::function<double(std::span<const double>)>& f,
    const std::function<std::vector<double>(std::span<const double>)>& gradient,
    std::span<const double> x, const GradientCheckOptions& options = {});

}  // namespace gradus
