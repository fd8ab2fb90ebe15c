// SPDX-License-Identifier: MIT
#include "gradus/runs/finding_json.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

namespace gradus {
namespace {

/// Of the numbers of a finding, those that are whole.
bool is_count(std::string_view name) {
  constexpr std::array<std::string_view, 11> names{"feature", "copies",  "test_samples", "layer",
                                                   "dead",    "units",   "samples",      "class",
                                                   "number",  "outputs", "classes"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::optional<double> number_at(const Json& json, std::string_view name) {
  const Json* const found = json.find(name);
  return found == nullptr ? std::nullopt : found->as_number();
}

std::optional<std::uint64_t> count_at(const Json& json, std::string_view name) {
  constexpr double limit = 9007199254740992;  // 2^53: up to there a double tells them all apart
  const std::optional<double> number = number_at(json, name);
  const bool is_one = number && *number >= 0 && *number < limit && *number == std::floor(*number);
  return is_one ? std::optional(static_cast<std::uint64_t>(*number)) : std::nullopt;
}

std::string_view text_at(const Json& json, std::string_view name) {
  const Json* const found = json.find(name);
  const std::string* const text = found == nullptr ? nullptr : found->as_string();
  return text == nullptr ? std::string_view() : std::string_view(*text);
}

/// Whether it is a place as Divergence::where has it.
bool is_place(std::string_view where) {
  for (const std::string_view numbered : {"hidden layer ", "W", "b"}) {
    if (where.starts_with(numbered)) {
      where.remove_prefix(numbered.size());
      return !where.empty() && where.find_first_not_of("0123456789") == std::string_view::npos;
    }
  }
  return where == "input" || where == "scores" || where == "loss";
}

}  // namespace

Json to_json(const Finding& finding) {
  Json json{{"id", finding.id}, {"iteration", finding.iteration}};
  for (const auto& [name, number] : finding.numbers) {
    json[name] = is_count(name) ? Json(static_cast<std::uint64_t>(number)) : Json(number);
  }
  if (!finding.name.empty()) {
    json["name"] = finding.name;
  }
  return json;
}

Json to_json(const Divergence& divergence) {
  return {{"where", divergence.where},
          {"not_finite", divergence.num_not_finite},
          {"numbers", divergence.num_numbers},
          {"largest_input", divergence.largest_input},
          {"largest_parameter", divergence.largest_parameter},
          {"cause", to_string(divergence.cause)}};
}

std::optional<Finding> finding_in(const Json& json) {
  const auto kinds = finding_kinds();
  const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const FindingKind& entry) {
    return entry.id == text_at(json, "id");
  });
  const auto iteration = count_at(json, "iteration");
  if (kind == kinds.end() || !iteration) {
    return std::nullopt;
  }
  Finding finding{kind->id, *iteration, {}, std::string(text_at(json, "name"))};
  for (const std::string_view name : kind->numbers) {
    const auto number = number_at(json, name);
    if (!number || (is_count(name) && !count_at(json, name))) {
      return std::nullopt;
    }
    finding.numbers.emplace_back(name, *number);
  }
  return finding;
}

std::optional<Divergence> divergence_in(const Json& json) {
  constexpr std::array causes{DivergenceCause::start, DivergenceCause::input_scale,
                              DivergenceCause::weight_decay, DivergenceCause::learning_rate};
  const auto cause = std::find_if(causes.begin(), causes.end(), [&](DivergenceCause entry) {
    return to_string(entry) == text_at(json, "cause");
  });
  const auto not_finite = count_at(json, "not_finite");
  const auto numbers = count_at(json, "numbers");
  const auto largest_input = number_at(json, "largest_input");
  const auto largest_parameter = number_at(json, "largest_parameter");
  if (!is_place(text_at(json, "where")) || cause == causes.end() || !not_finite || !numbers ||
      !largest_input || !largest_parameter) {
    return std::nullopt;
  }
  return Divergence{.where = std::string(text_at(json, "where")),
                    .num_not_finite = *not_finite,
                    .num_numbers = *numbers,
                    .largest_input = *largest_input,
                    .largest_parameter = *largest_parameter,
                    .cause = *cause};
}

}  // namespace gradus
