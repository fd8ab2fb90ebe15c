// SPDX-License-Identifier: MIT
#include "gradus/texts/descent_text.hpp"

#include <cmath>
#include <string>
#include <string_view>
#include <vector>

namespace gradus {
namespace {

constexpr std::string_view descent_group = "descent_outcome";

TextId name_of(DescentPart part) {
  return {part == DescentPart::point ? "point" : "gradient"};
}

/// Whether it has come to a place that it did not look for.
bool is_at_wrong_place(const DescentOutcome& outcome) {
  return outcome.place == PlaceKind::saddle ||
         outcome.place == (outcome.is_maximizing ? PlaceKind::minimum : PlaceKind::maximum);
}

/// What the place is where the slope is 0.
TextId place_text(const DescentOutcome& outcome) {
  return {outcome.place != PlaceKind::unknown ? "place_" + std::string(to_string(outcome.place))
          : outcome.is_maximizing             ? "place_unknown_of_maximum"
                                              : "place_unknown_of_minimum"};
}

/// The text that says what to try; empty where nothing need be.
std::string_view advice_id(const DescentOutcome& outcome) {
  switch (outcome.reason) {
    case DescentReason::undefined_at_start:
    case DescentReason::kink_at_start:
      return "try_another_start";
    case DescentReason::no_slope_at_start:
      return is_at_wrong_place(outcome) || outcome.place == PlaceKind::unknown ||
                     outcome.place == PlaceKind::flat
                 ? "try_another_start"
                 : "";
    case DescentReason::no_slope:
    case DescentReason::little_slope:
      return is_at_wrong_place(outcome) ? "try_another_start" : "";
    case DescentReason::kink_on_the_way:
      return "";
    case DescentReason::on_the_way:
      return "try_more_steps";
    case DescentReason::tiny_steps:
      return "try_much_larger_rate";
    case DescentReason::plateau:
      return "try_another_start_or_much_larger_rate";
    case DescentReason::to_and_fro:
    case DescentReason::overshooting:
    case DescentReason::overshot_all_numbers:
    case DescentReason::ran_beyond_all_numbers:
    case DescentReason::ran_out_of_numbers:
      return outcome.smaller_rate > 0 ? "try_smaller_rate" : "";
    case DescentReason::no_bound:
      return "try_other_direction";
    case DescentReason::step_vanishes:
      return "try_exact_gradient";
    case DescentReason::step_vanishes_far_away:
      return outcome.smaller_rate > 0 ? "try_smaller_rate_against_divergence" : "";
    case DescentReason::undefined_on_the_way:
      return outcome.smaller_rate > 0 ? "try_another_start_or_smaller_rate" : "try_another_start";
  }
  return "";
}

std::vector<NamedValue> values_of(const DescentOutcome& outcome) {
  const bool is_up = outcome.is_maximizing;
  const TextId falls{"falls"};
  const TextId rises{"rises"};
  return {
      {"goal", TextId{is_up ? "maximum" : "minimum"}},
      {"better", TextId{is_up ? "higher" : "lower"}},
      {"improves", is_up ? rises : falls},
      {"worsens", is_up ? falls : rises},
      {"lost", name_of(outcome.lost)},
      {"is_lost",
       TextId{outcome.lost == DescentPart::value ? "value_is_lost" : "gradient_is_lost"}},
      {"since", static_cast<double>(outcome.since)},
      {"last_step", static_cast<double>(outcome.last_step)},
      {"first_value", outcome.first_value},
      {"last_value", outcome.last_value},
      {"distance", outcome.distance},
      {"gradient", outcome.gradient},
      {"place", place_text(outcome)},
      {"change", outcome.last_change},
      {"share", outcome.gradient / outcome.largest_gradient},
      {"percent", 100 * outcome.gradient / outcome.largest_gradient},
      {"move", outcome.move},
      {"coordinate", static_cast<double>(outcome.coordinate)},
      {"x", outcome.x},
      {"h", outcome.h},
      {"smaller_rate", outcome.smaller_rate},
  };
}

}  // namespace

std::string rate_text(Language language, const DescentOutcome& outcome) {
  if (!outcome.curvature || !std::isfinite(outcome.curvature->rate_limit())) {
    return {};
  }
  const Curvature& curvature = *outcome.curvature;
  const std::string_view id = curvature.kind() != PlaceKind::minimum ? "rate_limit"
                              : outcome.is_one_step_enough           ? "rate_limit_one"
                                                                     : "rate_limit_best";
  return text(
      language, descent_group, id,
      std::vector<NamedValue>{{"limit", curvature.rate_limit()}, {"best", curvature.best_rate()}});
}

Explanation explain(Language language, const DescentOutcome& outcome) {
  const std::vector<NamedValue> values = values_of(outcome);
  const std::string_view advice = advice_id(outcome);
  return {text(language, descent_group, to_string(outcome.reason), values),
          advice.empty() ? "" : text(language, descent_group, advice, values)};
}

}  // namespace gradus
