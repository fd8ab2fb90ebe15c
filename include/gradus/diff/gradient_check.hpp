// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gradus/core/parameter_block.hpp"
#include "gradus/diff/derivative_estimate.hpp"

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

// What a check found are facts; texts/gradient_check_text.hpp has the sentences.

/// Why a block got its verdict.
enum class BlockReasonKind {
  agreement,     // right: every direction agrees
  disagreement,  // wrong: a directional derivative is off, and again with other steps
  chance,        // a directional derivative disagrees, but not again, or no entry does
  refusal,       // the function has no derivative along a direction
  noise,         // an error that matters would not be seen
};

[[nodiscard]] std::string_view to_string(BlockReasonKind kind) noexcept;

/// What decided about a block at one point.
struct BlockReason {
  BlockReasonKind kind = BlockReasonKind::agreement;
  std::optional<Refusal> refusal = {};  // of the kind refusal

  // Of the direction that decided, as in BlockCheck; 0 where all of them agree.
  double gap = 0;
  double tolerance = 0;
  double claimed_norm = 0;
};

/// What was found of one block of parameters.
struct BlockCheck {
  std::string name = {};
  Verdict verdict = Verdict::cannot_tell;
  BlockReason reason = {};
  std::size_t num_directions = 0;  // that were to be tried

  double claimed_norm = 0;  // of this block's claimed gradient
  double gap = 0;           // largest |claimed - numerical| of a directional derivative
  double tolerance = 0;     // largest gap that error of both sides explains

  /// The point itself allows no verdict, for this reason: a kink, mostly. Then all of the above is
  /// of a point close by.
  std::optional<BlockReason> reason_at_point = {};
};

/// One wrong entry of a claimed gradient.
struct WrongEntry {
  std::string name;                // of the block
  std::vector<std::size_t> index;  // in the block: W2[3,7] has {3, 7}
  double claimed = 0;
  double numerical = 0;
  double numerical_error = 0;  // see DerivativeEstimate::error
};

/// Why a whole check got its verdict.
enum class CheckReasonKind {
  agreement,                   // right: every block is
  disagreement,                // wrong: some block is
  open_blocks,                 // some block has no verdict
  few_values,                  // the function takes only a few, like an accuracy
  constant,                    // the function is `value` at every point tried
  value_not_finite,            // the function is `value` at this point
  value_not_deterministic,     // it was `value`, and then `value_again` for the same point
  gradient_not_finite,         // wrong: see `not_finite`
  gradient_not_deterministic,  // two calls at the same point differ
};

[[nodiscard]] std::string_view to_string(CheckReasonKind kind) noexcept;

/// What decided about a whole check.
struct CheckReason {
  CheckReasonKind kind = CheckReasonKind::agreement;
  double value = 0;        // of the function at the point
  double value_again = 0;  // when asked twice

  /// The first element of the claimed gradient that is infinite or not a number.
  struct NotFinite {
    std::string name = {};    // of its block
    std::size_t element = 0;  // of the block
    double claimed = 0;
  };
  NotFinite not_finite = {};
};

struct GradientReport {
  Verdict verdict = Verdict::cannot_tell;
  CheckReason reason = {};
  double resolution = 0;           // as asked for; three times as large an error is seen
  std::vector<BlockCheck> blocks;  // empty when nothing could be compared
  std::vector<WrongEntry> worst;   // off by three tolerances, largest gap first

  /// A cross-check, never the verdict. With a right gradient the remainder
  /// |f(x + h u) - f(x) - h g.u| falls with h^2: the slope in a log-log plot is 2. A wrong gradient
  /// leaves 1, and so does a right one at a kink. NaN when the remainder is only rounding.
  double taylor_slope = 0;

  std::size_t num_evaluations = 0;  // of f
  std::size_t num_gradients = 0;    // of the claimed gradient
};

/// Compares a claimed gradient of a function with numerical derivatives of that function.
///
/// In each block a few random directions u are tried: the claimed derivative g.u against the one
/// computed from values of f alone, with an error bound (derivative_estimate.hpp). To that the
/// rounding error of the claimed side is added, seen by moving the point by some units in the last
/// place; together they are the tolerance.
///
///   wrong        some gap exceeds three tolerances, does so again along another direction, and
///   some
///                single entry is off as well
///   right        no direction is wrong and every tolerance is below `resolution`
///   cannot tell  anything else; the reason says what
///
/// Where a direction allows no verdict, at a kink above all, points close by are looked at: a
/// gradient that is right all around is called right, and the report says so.
///
/// Values of f are assumed to be off by at least half a unit in the last place of 1, like a loss
/// that is small because numbers near 1 cancel: a change of f below 1e-16 cannot be seen.
///
/// @param f         takes std::span<const double>, returns double. A gradient computed in float is
///                  off in the seventh digit: run the same code in double to judge it
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
