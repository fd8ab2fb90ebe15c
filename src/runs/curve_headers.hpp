// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "gradus/core/task.hpp"

namespace gradus {

// The first rows of a run's tables, for their reader and their writer.

inline constexpr std::string_view loss_header = "iteration,loss";

[[nodiscard]] constexpr std::string_view score_header(Task task, bool has_validation) {
  if (task == Task::regression) {
    return has_validation ? "iteration,epoch,train_r2,test_r2,validation_r2,validation_loss"
                          : "iteration,epoch,train_r2,test_r2";
  }
  return has_validation
             ? "iteration,epoch,train_accuracy,test_accuracy,validation_accuracy,validation_loss"
             : "iteration,epoch,train_accuracy,test_accuracy";
}

}  // namespace gradus
