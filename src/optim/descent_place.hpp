// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <span>

#include "gradus/diff/expression.hpp"
#include "gradus/optim/gradient_descent.hpp"

namespace gradus {

/// Adds to what a path says of a descent what the function says: whether the place it came to is a
/// minimum, a maximum, a saddle or a kink, how it bends there, and a learning rate that was tried.
/// @param again  the same descent with another learning rate
void look_at_place(const Expression& f, std::span<const DescentPoint> path,
                   const DescentOptions& options,
                   const std::function<DescentOutcome(const DescentOptions&)>& again,
                   DescentOutcome& outcome);

}  // namespace gradus
