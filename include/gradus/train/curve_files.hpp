// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

#include "gradus/train/history.hpp"

namespace gradus {

// The two tables that a training run keeps while it goes on, as docs/json.md describes them. The
// last row may be cut short: whoever writes it may be at it, or was killed.

/// loss.csv: the loss of each batch. One that is lost, of a run that diverged, is NaN or infinite.
/// @param name  what stands for the path in messages
/// @throws DataError  another header, or a row that is not `iteration,loss` with iterations that
///                    count from 0
[[nodiscard]] std::vector<double> parse_loss_csv(std::string_view name, std::string_view text);

/// accuracy.csv: what was measured now and then, in the order of iterations.
/// @throws DataError  another header, or a row that is not as it says
[[nodiscard]] std::vector<AccuracyRecord> parse_accuracy_csv(std::string_view name,
                                                             std::string_view text);

}  // namespace gradus
