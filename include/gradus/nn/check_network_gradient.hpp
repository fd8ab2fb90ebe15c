// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>

#include "gradus/core/parallel.hpp"
#include "gradus/diff/gradient_check.hpp"
#include "gradus/loss/loss.hpp"
#include "gradus/math/input.hpp"
#include "gradus/nn/network.hpp"

namespace gradus {

/// A deliberate mistake, to see that the check finds it: one array's gradient is multiplied by a
/// factor.
struct PlantedFault {
  std::string block;  // its name; none when empty
  double factor = 1.01;
};

/// Checks the gradient of backpropagation against values of the loss alone.
///
/// In double, whatever the network is trained in: the code is the same template, and float could
/// not resolve an error below a percent.
/// @param parameters  (P)
/// @param x           (B, I)
/// @param targets     (B) labels, or (B, C) numbers
/// @throws ShapeError, ValueError  see Network::forward, Loss and check_gradient(); also ValueError
///                                 when the fault names no block of the network
/// Cost  about 400 losses for each array.
[[nodiscard]] GradientReport check_network_gradient(
    const Network<double>& network, const Loss<double>& loss, std::span<const double> parameters,
    const Input<double>& x, const Targets<double>& targets, Team& team,
    const GradientCheckOptions& options = {}, const PlantedFault& fault = {});

}  // namespace gradus
