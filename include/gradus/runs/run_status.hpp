// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>

#include "gradus/train/history.hpp"

namespace gradus {

/// How far a run is, as its run.json says.
enum class RunStatus {
  running,  // or killed: nothing else tells the two apart
  interrupted,
  failed,
  finished,
  early_stop,
  diverged,
};

[[nodiscard]] std::string_view to_string(RunStatus status);

/// The status with this name; nothing when there is none.
[[nodiscard]] std::optional<RunStatus> parse_run_status(std::string_view name);

[[nodiscard]] RunStatus status_of(StopReason reason);

/// Whether the run is not done: it can be gone on with.
[[nodiscard]] constexpr bool is_unfinished(RunStatus status) {
  return status == RunStatus::running || status == RunStatus::interrupted ||
         status == RunStatus::failed;
}

}  // namespace gradus
