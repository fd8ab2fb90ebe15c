// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gradus {

/// A value for each option of a run that is not its default. A new option needs one here.
inline std::string other_value(std::string_view id) {
  static const std::vector<std::pair<std::string_view, std::string_view>> values{
      {"data", "some.csv"},
      {"label", "species"},
      {"target", "price,rent"},
      {"ignore", "name,1"},
      {"missing", "mean"},
      {"layers", "4,3,2"},
      {"activation", "relu"},
      {"init", "normal:0.5"},
      {"optimizer", "adam"},
      {"loss", "mean_squared_error"},
      {"standardize", "on"},
      {"momentum", "0.5"},
      {"lr", "0.25"},
      {"schedule", "step:50:0.5"},
      {"warmup", "20"},
      {"weight-decay", "1e-7"},
      {"gradient", "numerical"},
      {"batch", "7"},
      {"iterations", "123"},
      {"epochs", "3"},
      {"sampling", "shuffle"},
      {"validation", "50"},
      {"early-stop", "2"},
      {"eval-every", "never"},
      {"precision", "double"},
      {"first-layer", "dense"},
      {"seed", "18446744073709551615"},
      {"threads", "255"}};
  const auto found = std::find_if(values.begin(), values.end(),
                                  [id](const auto& value) { return value.first == id; });
  if (found == values.end()) {
    throw std::logic_error("tests/unit/runs/other_values.hpp has no value for " + std::string(id));
  }
  return std::string(found->second);
}

/// Whether an option has no value before it is given one.
inline bool is_unset(std::string_view id) {
  return id == "epochs" || id == "loss" || id == "label" || id == "target" || id == "ignore";
}

}  // namespace gradus
