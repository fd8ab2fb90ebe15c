// SPDX-License-Identifier: MIT
#include "gradus/diff/check_claim.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "gradus/core/error.hpp"
#include "gradus/diff/differentiate.hpp"
#include "gradus/diff/running_error.hpp"
#include "rounded_up.hpp"

namespace gradus {
namespace {

bool is_number(const Expression& claim) {
  return claim.num_variables() == 0;
}

/// Half a unit of the last digit of a number with a decimal point; 0 of all else.
double half_of_last_digit(const Expression& claim) {
  const std::string& text = claim.text();
  const std::size_t point = text.find('.');
  const std::size_t end = text.find_last_of("0123456789");
  if (point == std::string::npos || end == std::string::npos || end < point ||
      text.find_first_not_of("0123456789.-+ ") != std::string::npos) {
    return 0;
  }
  return 0.5 * std::pow(10, -static_cast<double>(end - point));
}

ClaimCheck check_at(const Expression& f, const Expression& claim, std::vector<double> place,
                    std::size_t i) {
  constexpr double resolution = 1e-6;  // a right claim is known to so much of the derivative
  const std::vector<RunningError> point(place.begin(), place.end());
  const RunningError claimed = claim(std::span<const RunningError>(point));
  ClaimCheck check{.claimed = claimed.value, .exact = {}, .place = {}};
  check.exact = differentiate(f, "dual", place).gradient[i];
  check.place = std::move(place);
  if (check.exact.refusal) {
    return check;
  }
  if (!std::isfinite(claimed.value)) {  // where the derivative is a number
    check.verdict = Verdict::wrong;
    return check;
  }
  check.gap = std::abs(claimed.value - check.exact.value);
  check.tolerance =
      sum_rounded_up(sum_rounded_up(claimed.error, check.exact.error), half_of_last_digit(claim));
  const double size = std::max(std::abs(claimed.value), std::abs(check.exact.value));
  const bool is_clear = is_number(claim) || check.tolerance <= resolution * std::max(size, 1.0);
  if (check.gap > check.tolerance) {
    check.verdict = Verdict::wrong;
  } else if (is_clear) {
    check.verdict = Verdict::right;
  }
  return check;
}

}  // namespace

ClaimCheck check_claim(const Expression& f, const Expression& claim, std::span<const double> x,
                       std::size_t i) {
  f.check_point(x.size());
  if (!is_number(claim)) {
    claim.check_point(x.size());
  }
  if (i >= x.size()) {
    throw ValueError("check_claim: there is no coordinate " + std::to_string(i) + " of " +
                     std::to_string(x.size()));
  }
  const ClaimCheck at_x = check_at(f, claim, {x.begin(), x.end()}, i);
  if (at_x.verdict != Verdict::right || is_number(claim)) {
    return at_x;
  }
  constexpr std::array<double, 4> shifts{0.11, -0.13, 0.29, -0.31};  // of each coordinate's size
  constexpr double least_size = 0.1;
  for (const double shift : shifts) {
    std::vector<double> place;
    for (const double number : x) {
      place.push_back(number + shift * std::max(std::abs(number), least_size));
    }
    ClaimCheck beside = check_at(f, claim, std::move(place), i);
    if (beside.verdict == Verdict::wrong) {
      beside.is_beside = true;
      return beside;
    }
  }
  return at_x;
}

}  // namespace gradus
