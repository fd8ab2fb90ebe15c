// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace gradus {

// The first rows of a run's tables, for their reader and their writer.

inline constexpr std::string_view loss_header = "iteration,loss";
inline constexpr std::string_view accuracy_header = "iteration,epoch,train_accuracy,test_accuracy";
inline constexpr std::string_view validated_header =
    "iteration,epoch,train_accuracy,test_accuracy,validation_accuracy,validation_loss";

}  // namespace gradus
