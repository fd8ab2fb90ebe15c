// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace gradus::cli {

/// What `gradus diff` is asked for.
struct DiffFlags {
  std::string expression;
  std::vector<double> at;
  std::vector<std::string> at_as_typed;  // the same numbers
  std::string method = "all";
  std::optional<double> step;
  bool shows_sweep = false;
  std::size_t order = 1;  // 2: also the second derivatives along each coordinate
  bool shows_hessian = false;
  std::vector<double> direction;  // of --along
  std::vector<std::string> claims;
  std::size_t num_digits = 0;  // of --digits
  bool is_json = false;
};

}  // namespace gradus::cli
