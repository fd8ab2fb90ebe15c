// SPDX-License-Identifier: MIT
#include "gradus/lab/parameter.hpp"

namespace gradus {

std::string_view to_string(ParameterKind kind) noexcept {
  switch (kind) {
    case ParameterKind::integer:
      return "integer";
    case ParameterKind::real:
      return "real";
    case ParameterKind::choice:
      return "choice";
    case ParameterKind::numbers:
      return "numbers";
    case ParameterKind::function:
      return "function";
  }
  return "";
}

std::vector<std::string_view> Parameter::values_to_try() const {
  if (!tries.empty() || choices == nullptr) {
    return {tries.begin(), tries.end()};
  }
  std::vector<std::string_view> others = choices();
  std::erase(others, initial);
  return others;
}

}  // namespace gradus
