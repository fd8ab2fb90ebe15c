// SPDX-License-Identifier: MIT
#include "gradus/texts/divergence_text.hpp"

#include <string>
#include <string_view>
#include <vector>

#include "next_options.hpp"

namespace gradus {
namespace {

constexpr std::string_view hidden_layer = "hidden layer ";

std::string divergence_words(Language language, std::string_view id,
                             const std::vector<NamedValue>& values = {}) {
  return text(language, "divergence", id, values);
}

/// "the weights W2", "the output of hidden layer 1".
std::string place(Language language, const std::string& where) {
  if (where.starts_with(hidden_layer)) {
    return divergence_words(language, "hidden_layer",
                            {{"number", where.substr(hidden_layer.size())}});
  }
  if (where.starts_with("W") || where.starts_with("b")) {
    return divergence_words(language, where.front() == 'W' ? "weights" : "biases",
                            {{"name", where}});
  }
  return divergence_words(language, where);
}

std::string seen(Language language, const Divergence& divergence) {
  const std::string& where = divergence.where;
  const bool is_one = where == "input" || where.starts_with(hidden_layer);
  return divergence_words(language,
                          divergence.num_numbers == 1 ? "one_number"
                          : is_one                    ? "first_was"
                                                      : "first_were",
                          {{"place", place(language, where)},
                           {"not_finite", static_cast<double>(divergence.num_not_finite)},
                           {"numbers", static_cast<double>(divergence.num_numbers)}});
}

}  // namespace

Explanation explain(Language language, const Divergence& divergence,
                    const TrainingOptions& options) {
  const double rate = options.schedule.learning_rate;
  const std::vector<NamedValue> values{{"seen", seen(language, divergence)},
                                       {"largest_input", divergence.largest_input},
                                       {"largest_parameter", divergence.largest_parameter},
                                       {"start", suitable_start(options)},
                                       {"smaller_rate", smaller_rate(options)},
                                       {"decay", options.weight_decay},
                                       {"rate", rate},
                                       {"factor", 1 - rate * options.weight_decay},
                                       {"optimizer", options.optimizer.id}};
  Explanation explanation{divergence_words(language, to_string(divergence.cause), values), ""};
  switch (divergence.cause) {
    case DivergenceCause::start:
      explanation.advice = divergence_words(language, "start.try", values);
      break;
    case DivergenceCause::input_scale:
      explanation.advice = divergence_words(language, "input_scale.try", values);
      break;
    case DivergenceCause::weight_decay:
      explanation.advice = usual_decay;
      break;
    case DivergenceCause::learning_rate:
      explanation.advice = smaller_rate_or_start(language, options);
      break;
  }
  return explanation;
}

}  // namespace gradus
