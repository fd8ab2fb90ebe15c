// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace gradus {

/// What is to be learned of a sample: to which of C classes it belongs, or K numbers.
enum class Task { classification, regression };

/// What files call it.
[[nodiscard]] constexpr std::string_view to_string(Task task) {
  return task == Task::classification ? "classification" : "regression";
}

}  // namespace gradus
