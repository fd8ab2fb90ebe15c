// SPDX-License-Identifier: MIT
#include "terminal/warnings.hpp"

#include <fmt/core.h>

#include <string>

#include "gradus/core/counted.hpp"
#include "gradus/runs/finding_json.hpp"
#include "gradus/texts/divergence_text.hpp"
#include "gradus/texts/finding_text.hpp"
#include "terminal/console.hpp"

namespace gradus::cli {
namespace {

Json with_sentences(Json facts, const Explanation& explanation) {
  facts["seen"] = explanation.seen;
  facts["try"] = explanation.advice;
  return facts;
}

}  // namespace

void warn(const Finding& finding, const TrainingOptions* options) {
  const Explanation explanation = explain(Language::english, finding, options);
  const std::string when =
      finding.iteration == 0 ? ""
                             : fmt::format(" after {} iterations", with_commas(finding.iteration));
  print_error("gradus: warning{}: {} [{}]\n        try: {}\n", when, explanation.seen, finding.id,
              explanation.advice);
}

Json warnings_to_json(std::span<const Finding> findings, const TrainingOptions* options) {
  Json list = Json::array();
  for (const Finding& finding : findings) {
    list.push_back(with_sentences(to_json(finding), explain(Language::english, finding, options)));
  }
  return list;
}

Json divergence_to_json(const Divergence& divergence, const TrainingOptions& options) {
  return with_sentences(to_json(divergence), explain(Language::english, divergence, options));
}

}  // namespace gradus::cli
