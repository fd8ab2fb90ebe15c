// SPDX-License-Identifier: MIT
#include <fmt/core.h>

#include <vector>

#include "commands/diff_results.hpp"
#include "gradus/formats/json.hpp"
#include "gradus/texts/claim_text.hpp"
#include "gradus/texts/refusal_text.hpp"

namespace gradus::cli {
namespace {

Json to_json(const JudgedResult& judged) {
  const MethodResult& result = judged.result;
  Json json;
  json["method"] = result.method;
  for (const char* key : {"derivative", "error_estimate", "h", "refusal", "proved_digits"}) {
    json[key] = Json::array();
  }
  for (std::size_t i = 0; i < result.gradient.size(); ++i) {
    const DerivativeEstimate& estimate = result.gradient[i];
    json["derivative"].push_back(estimate.value);
    json["error_estimate"].push_back(estimate.error);
    json["h"].push_back(estimate.step == 0 ? Json() : Json(estimate.step));
    json["refusal"].push_back(
        estimate.refusal ? Json(reason_text(Language::english, *estimate.refusal)) : Json());
    json["proved_digits"].push_back(
        estimate.refusal || judged.digits.empty() ? Json() : Json(judged.digits[i].num_right));
  }
  json["evaluations"] = result.num_evaluations;
  return json;
}

Json to_json(const std::vector<StepError>& sweep) {
  Json rows = Json::array();
  for (const StepError& row : sweep) {
    rows.push_back({{"h", row.step},
                    {"forward", row.forward},
                    {"forward_error", row.forward_error},
                    {"central", row.central},
                    {"central_error", row.central_error}});
  }
  return rows;
}

Json to_json(const DerivativeEstimate& estimate) {
  return {{"derivative", estimate.value}, {"error_estimate", estimate.error}};
}

Json to_json(const AlongDirection& along) {
  Json json;
  json["slope"] = to_json(along.slope);
  json["curvature"] = to_json(along.curvature);
  json["change_of_gradient"] = Json::array();
  for (const DerivativeEstimate& change : along.change) {
    json["change_of_gradient"].push_back(to_json(change));
  }
  return json;
}

Json to_json(const ClaimCheck& check, const std::string& claim) {
  Json json;
  json["claim"] = claim;
  json["verdict"] = to_string(check.verdict);
  json["reason"] = claim_text(Language::english, check);
  json["at"] = Json::list(check.place);
  json["claimed"] = check.claimed;
  json["derivative"] = check.exact.value;
  json["gap"] = check.gap;
  json["tolerance"] = check.tolerance;
  return json;
}

}  // namespace

void print_json(const Expression& f, const DiffFlags& flags, const DiffResults& results) {
  Json json;
  json["expression"] = f.text();
  json["readings"] = Json::array();
  for (const ExpressionReading& reading : f.readings()) {
    json["readings"].push_back({{"typed", reading.typed}, {"meant", reading.meant}});
  }
  json["at"] = Json::list(flags.at);
  json["value"] = results.value.value;
  json["value_error"] = results.value.error;
  if (!results.claims.empty()) {
    json["claims"] = Json::array();
    for (std::size_t i = 0; i < results.claims.size(); ++i) {
      json["claims"].push_back(to_json(results.claims[i], flags.claims[i]));
    }
  } else {
    json["methods"] = Json::array();
    for (const JudgedResult& result : results.first) {
      json["methods"].push_back(to_json(result));
    };
  }
  if (flags.shows_sweep) {
    json["sweep"] = Json::array();
    for (const std::vector<StepError>& sweep : results.sweeps) {
      json["sweep"].push_back(to_json(sweep));
    }
  }
  if (!results.second.empty()) {
    json["second_derivatives"] = Json::array();
    for (const JudgedResult& result : results.second) {
      json["second_derivatives"].push_back(to_json(result));
    }
  }
  if (results.along) {
    json["along"] = to_json(*results.along);
  }
  fmt::print("{}\n", json.to_text());
}

}  // namespace gradus::cli
