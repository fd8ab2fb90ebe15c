// SPDX-License-Identifier: MIT
#include "gradus/runs/run_status.hpp"

#include <algorithm>
#include <array>

namespace gradus {
namespace {

struct Entry {
  RunStatus status;
  std::string_view name;
};

constexpr std::array<Entry, 6> entries{{
    {RunStatus::running, "running"},
    {RunStatus::interrupted, "interrupted"},
    {RunStatus::failed, "failed"},
    {RunStatus::finished, "finished"},
    {RunStatus::early_stop, "early_stop"},
    {RunStatus::diverged, "diverged"},
}};

}  // namespace

std::string_view to_string(RunStatus status) {
  return std::find_if(entries.begin(), entries.end(),
                      [status](const Entry& entry) { return entry.status == status; })
      ->name;
}

std::optional<RunStatus> parse_run_status(std::string_view name) {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [name](const Entry& entry) { return entry.name == name; });
  return found == entries.end() ? std::nullopt : std::optional(found->status);
}

RunStatus status_of(StopReason reason) {
  switch (reason) {
    case StopReason::finished:
      return RunStatus::finished;
    case StopReason::early_stop:
      return RunStatus::early_stop;
    case StopReason::diverged:
      return RunStatus::diverged;
    case StopReason::interrupted:
      break;
  }
  return RunStatus::interrupted;
}

}  // namespace gradus
