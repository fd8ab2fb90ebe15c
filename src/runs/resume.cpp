// SPDX-License-Identifier: MIT
#include "gradus/runs/resume.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/math/instruction_set.hpp"

namespace gradus {
namespace {

/// Threads never change the result; data may lie elsewhere now; of epochs and iterations one says
/// how long, and the other follows.
bool may_differ(std::string_view id, bool counts_epochs) {
  return id == "threads" || id == "data" || id == (counts_epochs ? "iterations" : "epochs");
}

/// Whether a value in run.json means what the options say now. Another tool may have written 1 for
/// 1.0.
bool is_same(const RunOption& option, const Json& before, const RunOptions& options) {
  if (before.is_null()) {
    return option.text(options).empty();
  }
  RunOptions begun;
  try {
    option.set(begun, text_of(option.kind, before));
  } catch (const ValueError&) {
    return false;
  }
  return option.text(begun) == option.text(options);
}

/// The value of an option in what to_json() made.
const Json& value_of(const RunOption& option, const Json& options) {
  const Json::Object& members = *options.as_object();
  return std::find_if(members.begin(), members.end(),
                      [&option](const Json::Member& member) {
                        return find_run_option(member.first) == &option;
                      })
      ->second;
}

}  // namespace

void check_same_data(const std::string& folder, const Json& stored,
                     const std::string& data_sha256) {
  const Json* const recorded = stored.find("data_sha256");
  if (recorded != nullptr && *recorded != Json(data_sha256)) {
    throw ValueError(
        fmt::format("--resume {}: the data are not those the run was begun with: their SHA-256 is "
                    "\"{}\", it was {}",
                    folder, data_sha256, recorded->to_text()));
  }
}

void check_same_options(const std::string& folder, const Json& stored, const RunOptions& options,
                        const GivenOptions& given) {
  if (stored.find("data_sha256") == nullptr) {
    return;  // it was killed before it had begun: nothing has been learned under other options
  }
  const Json now = to_json(options);
  const bool counts_epochs = options.training.num_epochs.has_value();
  for (const auto& [name, before] : *stored.find("options")->as_object()) {
    const RunOption* const option = find_run_option(name);
    if (option == nullptr || may_differ(option->id, counts_epochs)) {
      continue;
    }
    if (is_same(*option, before, options)) {
      continue;
    }
    const Json& value = value_of(*option, now);  // the run's file may spell the name in another way
    const std::string message =
        fmt::format("--resume {}: --{} is {}, but the run was begun {}", folder, option->id,
                    value.to_text(), before.is_null() ? "without" : "with " + before.to_text());
    given.blame(option->id, message);
  }
}

std::optional<std::string> use_instructions_of(const Json& stored) {
  const Json* const recorded = stored.find("instruction_set");
  const std::string* const name = recorded == nullptr ? nullptr : recorded->as_string();
  if (name == nullptr) {
    return std::nullopt;
  }
  const std::vector<std::string> here = instruction_sets();
  if (std::find(here.begin(), here.end(), *name) == here.end()) {
    return *name;
  }
  limit_instruction_set(*name);
  return std::nullopt;
}

}  // namespace gradus
