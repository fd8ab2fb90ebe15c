// SPDX-License-Identifier: MIT
#include "gradus/texts/finding_text.hpp"

#include <fmt/core.h>

#include <string>
#include <string_view>
#include <vector>

#include "next_options.hpp"

namespace gradus {
namespace {

std::string finding_words(Language language, std::string_view id,
                          const std::vector<NamedValue>& values = {}) {
  return text(language, "finding", id, values);
}

/// Shares are written in percent.
bool is_share(std::string_view name) {
  return name == "share" || name == "accuracy" || name == "agreement" || name == "chance";
}

std::string against_standstill(Language language, const TrainingOptions& options) {
  constexpr double large_decay = 0.1;
  constexpr double small_deviation = 0.1;
  if (options.weight_decay >= large_decay) {
    return finding_words(language, "loss_not_moving.try_less_decay",
                         {{"decay", std::string(usual_decay)}});
  }
  const bool may_be_silent = options.initializer.id == "normal" &&
                             options.initializer.standard_deviation <= small_deviation &&
                             options.network.layer_sizes.size() > 2;
  const std::string rate = other_rate(language, options);
  return may_be_silent ? finding_words(language, "loss_not_moving.try_larger_start",
                                       {{"rate", rate}, {"start", suitable_start(options)}})
                       : rate;
}

/// A network with such an R2 of its training samples has learned something, if not what was meant.
constexpr double learned_by_heart = 0.5;

/// Without options the general advice, with them the one for such a run.
std::string advice(Language language, const Finding& finding, const std::vector<NamedValue>& values,
                   const TrainingOptions* options) {
  const std::string_view id = finding.id;
  if (id == "loss_exploding") {
    return options != nullptr ? smaller_rate(*options)
                              : finding_words(language, "try_smaller_rate");
  }
  if (id == "loss_not_moving") {
    return options != nullptr ? against_standstill(language, *options)
                              : finding_words(language, "try_another_rate");
  }
  if (id == "no_better_than_mean" && finding.number("train_r2") > learned_by_heart) {
    return finding_words(language, "no_better_than_mean.try_by_heart");
  }
  if (id == "dead_units") {
    return options != nullptr ? smaller_rate_or_start(language, *options)
                              : finding_words(language, "try_smaller_rate");
  }
  if (id == "saturated_units" && options != nullptr) {
    if (is_rate_large(*options)) {
      return smaller_rate(*options);
    }
    if (would_xavier_be_smaller(*options, static_cast<std::size_t>(finding.number("layer")))) {
      return finding_words(language, "saturated_units.try_xavier", {{"start", "--init xavier"}});
    }
  }
  return finding_words(language, fmt::format("{}.try", id), values);
}

/// How the column is called that a finding is about.
std::string column_words(Language language, const Finding& finding) {
  return text(
      language, "reading", finding.name.empty() ? "column" : "column_with_name",
      std::vector<NamedValue>{{"number", finding.number("number")}, {"name", finding.name}});
}

}  // namespace

Explanation explain(Language language, const Finding& finding, const TrainingOptions* options) {
  std::vector<NamedValue> values;
  for (const auto& [name, number] : finding.numbers) {
    values.push_back({std::string(name), is_share(name) ? 100 * number : number});
  }
  const bool is_about_column = finding.id == "row_numbers" || finding.id == "rounded_numbers";
  if (is_about_column && !finding.numbers.empty()) {
    values.push_back({"column", column_words(language, finding)});
  }
  if (finding.id == "one_class" && !finding.name.empty()) {
    values.insert(values.begin(), {"class", finding.name});  // before its number
  }
  // Those of "one_class": in training they are the test samples.
  values.push_back({"which", TextId{options != nullptr ? "test_samples" : "samples"}});
  return {finding_words(language, finding.id, values), advice(language, finding, values, options)};
}

}  // namespace gradus
