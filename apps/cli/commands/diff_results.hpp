// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "commands/diff_flags.hpp"
#include "gradus/diff/check_claim.hpp"
#include "gradus/diff/differentiate.hpp"
#include "gradus/diff/expression.hpp"
#include "gradus/diff/running_error.hpp"
#include "gradus/diff/second_derivatives.hpp"
#include "proof/prover.hpp"

namespace gradus::cli {

/// Derivatives by one method, and how many of their digits are proved to be right.
struct JudgedResult {
  MethodResult result;
  std::vector<proof::RightDigits> digits = {};  // empty when there is no prover
};

/// All that `gradus diff` shows, as text or as JSON.
struct DiffResults {
  RunningError value{0};
  std::vector<JudgedResult> first = {};             // by each method asked for
  std::vector<std::vector<StepError>> sweeps = {};  // for each coordinate, when asked for
  std::vector<JudgedResult> second = {};            // P * P derivatives each, when asked for
  std::optional<AlongDirection> along = {};
  std::vector<ClaimCheck> claims = {};  // (P)
};

[[nodiscard]] DiffResults differentiate_as_asked(const Expression& f, const DiffFlags& flags);

/// x, or x0, x1, ...
[[nodiscard]] std::string name_of_coordinate(const Expression& f, std::size_t i);

void print_text(const Expression& f, const DiffFlags& flags, const DiffResults& results);
void print_json(const Expression& f, const DiffFlags& flags, const DiffResults& results);

/// `--digits`: f and its derivatives as far as they are proved.
void print_proof(const Expression& f, const DiffFlags& flags);

/// How many coordinates are shown as text; all are in the JSON.
inline constexpr std::size_t max_coordinates_shown = 6;

}  // namespace gradus::cli
