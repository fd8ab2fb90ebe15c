// SPDX-License-Identifier: MIT
#pragma once

#include <arb.h>

#include <string>
#include <string_view>

namespace gradus::proof {

/// A real number that is known to lie in an interval: a midpoint and a radius, both of any
/// precision. A ball with NaN says nothing at all.
///
/// Source  Johansson, "Arb: efficient arbitrary-precision midpoint-radius interval arithmetic"
///         (2017).
class Ball {
 public:
  Ball() { arb_init(ball_); }
  explicit Ball(double exact);
  /// A decimal number, as exactly as `bits` allow; or pi, or e.
  Ball(std::string_view decimal, slong bits);

  Ball(const Ball& other);
  Ball(Ball&& other) noexcept;
  Ball& operator=(const Ball& other);
  Ball& operator=(Ball&& other) noexcept;
  ~Ball() { arb_clear(ball_); }

  [[nodiscard]] arb_ptr get() noexcept { return ball_; }
  [[nodiscard]] arb_srcptr get() const noexcept { return ball_; }

  /// Whether the interval has ends.
  [[nodiscard]] bool is_finite() const { return arb_is_finite(ball_) != 0; }
  [[nodiscard]] bool is_exact() const { return is_finite() && arb_is_exact(ball_) != 0; }
  [[nodiscard]] bool contains_zero() const { return arb_contains_zero(ball_) != 0; }

  /// How many leading bits are the same in all of the interval; 0 or less when it contains 0.
  [[nodiscard]] slong num_accurate_bits() const { return arb_rel_accuracy_bits(ball_); }

  /// The double nearest to the midpoint.
  [[nodiscard]] double midpoint() const;
  /// A bound of |x| for all x in the interval.
  [[nodiscard]] double magnitude() const;
  /// Bounds of |x - value| over all x in the interval, rounded up and down; infinity and 0 when it
  /// has no ends.
  [[nodiscard]] double distance_at_most(double value) const;
  [[nodiscard]] double distance_at_least(double value) const;

 private:
  arb_t ball_;
};

}  // namespace gradus::proof
