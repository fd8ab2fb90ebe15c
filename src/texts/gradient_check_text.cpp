// SPDX-License-Identifier: MIT
#include "gradus/texts/gradient_check_text.hpp"

#include <fmt/core.h>

#include <cmath>
#include <string_view>
#include <vector>

#include "gradus/texts/refusal_text.hpp"

namespace gradus {
namespace {

constexpr std::string_view check_group = "gradient_check";

/// The names of the blocks that satisfy a condition, with commas.
template <class Condition>
std::string names_where(const GradientReport& report, const Condition& condition) {
  std::string names;
  for (const BlockCheck& check : report.blocks) {
    if (condition(check)) {
      names += (names.empty() ? "" : ", ") + check.name;
    }
  }
  return names;
}

/// Those that the sentence is about.
std::string names_of_blocks(const GradientReport& report) {
  const auto with = [&](Verdict verdict) {
    return names_where(report, [=](const BlockCheck& check) { return check.verdict == verdict; });
  };
  switch (report.reason.kind) {
    case CheckReasonKind::disagreement:
      return with(Verdict::wrong);
    case CheckReasonKind::open_blocks:
      return with(Verdict::cannot_tell);
    default:
      return names_where(report,
                         [](const BlockCheck& check) { return check.reason_at_point.has_value(); });
  }
}

/// A size beside the norm of a gradient.
std::string relative(Language language, double size, double of_norm) {
  return of_norm > 0 && std::isfinite(of_norm)
             ? text(language, check_group, "of_norm",
                    std::vector<NamedValue>{{"size", size / of_norm}})
             : fmt::format("{:.2g}", size);
}

std::string reason_text(Language language, const BlockReason& reason, std::size_t num_directions) {
  if (reason.kind == BlockReasonKind::refusal) {
    return reason_text(language, reason.refusal.value());
  }
  const std::vector<NamedValue> values{
      {"directions", static_cast<double>(num_directions)},
      {"gap", relative(language, reason.gap, reason.claimed_norm)},
      {"tolerances", reason.gap / reason.tolerance},
      {"error", relative(language, 3 * reason.tolerance, reason.claimed_norm)}};
  return text(language, check_group, fmt::format("block.{}", to_string(reason.kind)), values);
}

}  // namespace

std::string reason_text(Language language, const GradientReport& report) {
  const CheckReason& reason = report.reason;
  const std::string blocks = names_of_blocks(report);
  const std::vector<NamedValue> values{
      {"blocks", blocks},
      {"error", 100 * 3 * report.resolution},
      {"value", reason.value},
      {"value_again", reason.value_again},
      {"block", reason.not_finite.name},
      {"element", static_cast<double>(reason.not_finite.element)},
      {"claimed", reason.not_finite.claimed},
  };
  const bool is_nearby = reason.kind == CheckReasonKind::agreement && !blocks.empty();
  return text(language, check_group, is_nearby ? "agreement_nearby" : to_string(reason.kind),
              values);
}

std::string reason_text(Language language, const BlockCheck& check) {
  const std::string reason = reason_text(language, check.reason, check.num_directions);
  if (!check.reason_at_point) {
    return reason;
  }
  return text(
      language, check_group, "block.nearby",
      std::vector<NamedValue>{{"nearby", reason},
                              {"at_point", reason_text(language, *check.reason_at_point, 0)}});
}

}  // namespace gradus
