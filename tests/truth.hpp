// SPDX-License-Identifier: MIT
// What doubles are judged by: balls that contain the true numbers, of functions whose numbers are
// doubles.
#pragma once

#include <span>
#include <vector>

#include "gradus/diff/expression.hpp"
#include "proof/proof.hpp"

namespace gradus {

inline constexpr proof::Precision precise{.bits = 256, .numbers = proof::Numbers::as_doubles};

/// The value of f, its first and its second derivatives, as `order` says.
inline proof::Enclosures truth_of(const Expression& f, std::span<const double> x,
                                  proof::Order order = proof::Order::first) {
  const std::vector<proof::Ball> place(x.begin(), x.end());
  return proof::enclose(f, place, order, precise);
}

}  // namespace gradus
