// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "gradus/core/array.hpp"
#include "gradus/core/label.hpp"

namespace gradus {

/// Each label as a row with a 1 at its class and 0 elsewhere.
/// @returns  (B, C)
/// @throws ValueError  some label >= num_classes
[[nodiscard]] Array<double> one_hot(std::span<const Label> labels, std::size_t num_classes);

/// The labels that one_hot() made these rows from.
/// @param rows  (B, C)
/// @throws ValueError  a row is not a single 1 among zeros. (Taking the largest entry instead would
///                     silently turn a distribution into a label.)
[[nodiscard]] std::vector<Label> labels_of(MatrixView<const double> rows);

}  // namespace gradus
