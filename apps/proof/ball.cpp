// SPDX-License-Identifier: MIT
#include "proof/ball.hpp"

#include <cmath>
#include <limits>

namespace gradus::proof {
namespace {

constexpr slong bits_of_distance = 2000;  // a double less another: from 2^1024 to 2^-1074
constexpr double infinity = std::numeric_limits<double>::infinity();

double to_double(const arf_t number, arf_rnd_t rounding) {
  return arf_get_d(number, rounding);
}

}  // namespace

Ball::Ball(double exact) : Ball() {
  arb_set_d(ball_, exact);
}

Ball::Ball(std::string_view decimal, slong bits) : Ball() {
  if (decimal == "pi") {
    arb_const_pi(ball_, bits);
  } else if (decimal == "e") {
    arb_const_e(ball_, bits);
  } else if (arb_set_str(ball_, std::string(decimal).c_str(), bits) != 0) {
    arb_indeterminate(ball_);
  }
}

Ball::Ball(const Ball& other) : Ball() {
  arb_set(ball_, other.ball_);
}

Ball::Ball(Ball&& other) noexcept : Ball() {
  arb_swap(ball_, other.ball_);
}

Ball& Ball::operator=(const Ball& other) {
  arb_set(ball_, other.ball_);
  return *this;
}

Ball& Ball::operator=(Ball&& other) noexcept {
  arb_swap(ball_, other.ball_);
  return *this;
}

double Ball::midpoint() const {
  return to_double(arb_midref(ball_), ARF_RND_NEAR);
}

double Ball::magnitude() const {
  return distance_at_most(0);
}

double Ball::distance_at_most(double value) const {
  if (!is_finite() || !std::isfinite(value)) {
    return infinity;
  }
  Ball difference(value);
  arb_sub(difference.get(), ball_, difference.get(), bits_of_distance);
  arf_t bound;
  arf_init(bound);
  arb_get_abs_ubound_arf(bound, difference.get(), bits_of_distance);
  const double distance = to_double(bound, ARF_RND_UP);
  arf_clear(bound);
  return distance;
}

double Ball::distance_at_least(double value) const {
  if (!is_finite() || !std::isfinite(value)) {
    return 0;
  }
  Ball difference(value);
  arb_sub(difference.get(), ball_, difference.get(), bits_of_distance);
  arf_t bound;
  arf_init(bound);
  arb_get_abs_lbound_arf(bound, difference.get(), bits_of_distance);
  const double distance = to_double(bound, ARF_RND_DOWN);
  arf_clear(bound);
  return distance;
}

}  // namespace gradus::proof
