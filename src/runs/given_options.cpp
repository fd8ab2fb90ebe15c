// SPDX-License-Identifier: MIT
#include "gradus/runs/given_options.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "gradus/core/error.hpp"

namespace gradus {
namespace {

/// The option that says the same in another way; empty when there is none.
std::string_view other_way(std::string_view id) {
  return id == "iterations" ? "epochs" : id == "epochs" ? "iterations" : "";
}

/// A complaint about an option that was typed, or about the file it is in.
[[noreturn]] void complain(const std::string& source, const std::string& message) {
  if (source.empty()) {
    throw ValueError(message);
  }
  throw DataError(source, std::nullopt, message);
}

}  // namespace

bool GivenOptions::has(std::string_view id) const {
  return std::any_of(all_.begin(), all_.end(),
                     [id](const GivenOption& given) { return given.option->id == id; });
}

void GivenOptions::add(std::string_view name, std::string text, const std::string& source) {
  const RunOption* const option = find_run_option(name);
  if (option == nullptr) {
    complain(source, unknown_option(name));
  }
  if (const std::string_view other = other_way(option->id); has(other)) {
    const std::string message = fmt::format("cannot be given together with --{}", other);
    complain(source, source.empty() ? message : fmt::format("--{}: {}", option->id, message));
  }
  std::erase_if(all_, [option](const GivenOption& given) { return given.option == option; });
  all_.push_back({option, std::move(text), source});
}

void GivenOptions::give_way_to(const GivenOptions& stronger) {
  std::erase_if(all_, [&](const GivenOption& given) {
    return stronger.has(given.option->id) || stronger.has(other_way(given.option->id));
  });
  all_.insert(all_.end(), stronger.all_.begin(), stronger.all_.end());
}

std::string GivenOptions::source_of(const RunOption& option) const {
  const auto found = std::find_if(
      all_.begin(), all_.end(), [&](const GivenOption& given) { return given.option == &option; });
  return found == all_.end() ? std::string() : found->source;
}

void GivenOptions::blame(std::string_view id, const std::string& message) const {
  complain(source_of(run_options().find(id)), message);
}

void GivenOptions::read_into(RunOptions& options) const {
  for (const GivenOption& given : all_) {
    try {
      given.option->set(options, given.text);
    } catch (const ValueError& error) {
      complain(given.source, fmt::format("--{}: {}", given.option->id, error.what()));
    }
  }
}

void GivenOptions::expect_effect(const RunOptions& options) const {
  const std::string& optimizer = options.training.optimizer.id;
  if (has("momentum") && optimizer != "momentum" && optimizer != "nesterov") {
    blame("momentum",
          fmt::format("--momentum: {} has none; --optimizer momentum or nesterov does", optimizer));
  }
}

GivenOptions given_by_run(const Json& description, const std::string& path) {
  GivenOptions given;
  const Json* const options = description.find("options");
  if (options == nullptr || options->as_object() == nullptr) {
    return given;
  }
  const Json* const epochs = options->find("epochs");
  const bool counts_epochs = epochs != nullptr && epochs->as_number();
  for (const auto& [name, value] : *options->as_object()) {
    const bool follows = counts_epochs && name == "iterations";  // from epochs and data
    if (follows || value.is_null()) {
      continue;
    }
    const RunOption* const option = find_run_option(name);
    given.add(name, text_of(option == nullptr ? OptionKind::text : option->kind, value), path);
  }
  if (options->find("standardize") == nullptr && description.find("data_sha256") != nullptr) {
    given.add("standardize", "off", path);  // begun by a version that did not know it
  }
  return given;
}

}  // namespace gradus
