// SPDX-License-Identifier: MIT
#include "expression_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>
#include <tuple>
#include <utility>
#include <vector>

#include "gradus/diff/elementary.hpp"

namespace gradus {
namespace {

constexpr std::size_t longest_name_shown = 30;

const std::vector<std::string_view>& elementary_names() {
  static const auto names = []<std::size_t... i>(std::index_sequence<i...>) {
    return std::vector<std::string_view>{std::tuple_element_t<i, ElementaryFunctions>::id...};
  }
  (std::make_index_sequence<std::tuple_size_v<ElementaryFunctions>>());
  return names;
}

const std::vector<std::string_view>& function_names() {
  static const auto names = [] {
    std::vector<std::string_view> all = elementary_names();
    all.insert(all.end(), {"ln", "cot", "sec", "csc", "pow", "min", "max", "hypot", "sum", "mean"});
    return all;
  }();
  return names;
}

struct Alias {
  std::string_view name;
  std::string_view meant;
};

constexpr std::array<Alias, 17> aliases{{{"ln", "log"},
                                         {"arcsin", "asin"},
                                         {"arccos", "acos"},
                                         {"arctan", "atan"},
                                         {"arsinh", "asinh"},
                                         {"arcosh", "acosh"},
                                         {"artanh", "atanh"},
                                         {"arcsinh", "asinh"},
                                         {"arccosh", "acosh"},
                                         {"arctanh", "atanh"},
                                         {"tg", "tan"},
                                         {"ctg", "cot"},
                                         {"cosec", "csc"},
                                         {"sgn", "sign"},
                                         {"fabs", "abs"},
                                         {"logistic", "sigmoid"},
                                         {"power", "pow"}}};

/// Functions that have a meaning of their own and are not offered: no other is suggested for them.
constexpr std::array<std::string_view, 24> other_functions{
    "sinc",  "sech",  "csch",   "coth", "acot",  "asec",  "acsc", "ceil",
    "round", "trunc", "mod",    "exp2", "expm1", "log1p", "lg",   "cbrt",
    "erfc",  "gamma", "lgamma", "beta", "atan2", "prod",  "rect", "step"};

/// How many letters must be changed, added or taken away to make b of a.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j < row.size(); ++j) {
    row[j] = j;
  }
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
}

std::vector<std::string_view> near_names(std::string_view name) {
  if (std::find(other_functions.begin(), other_functions.end(), name) != other_functions.end()) {
    return {};
  }
  const std::size_t allowed = name.size() < 5 ? 1 : 2;
  std::vector<std::string_view> near;
  const auto is_near = [&](std::string_view known) {
    return edit_distance(name, known) <= allowed;
  };
  std::copy_if(function_names().begin(), function_names().end(), std::back_inserter(near), is_near);
  for (const Alias& alias : aliases) {
    if (near.empty() && is_near(alias.name)) {
      near.push_back(alias.name);
    }
  }
  return near;
}

bool is_product_of_coordinates(std::string_view name) {
  return std::all_of(name.begin(), name.end(), [](char c) { return c >= 'x' && c <= 'z'; });
}

}  // namespace

std::optional<std::uint32_t> coordinate_index(std::string_view name) {
  if (name == "y" || name == "z") {
    return name == "y" ? 1 : 2;
  }
  std::uint32_t index = 0;
  const char* const end = name.data() + name.size();
  if (name.size() < 2 || name[0] != 'x') {
    return std::nullopt;
  }
  const auto [stop, error] = std::from_chars(name.data() + 1, end, index);
  return error == std::errc() && stop == end ? std::optional(index) : std::nullopt;
}

std::optional<std::size_t> elementary_index(std::string_view name) {
  const auto& names = elementary_names();
  const auto found = std::find(names.begin(), names.end(), meant_name(name));
  return found == names.end() ? std::nullopt
                              : std::optional(static_cast<std::size_t>(found - names.begin()));
}

std::string_view meant_name(std::string_view name) {
  const auto alias = std::find_if(aliases.begin(), aliases.end(),
                                  [name](const Alias& entry) { return entry.name == name; });
  return alias == aliases.end() ? name : alias->meant;
}

bool is_function_name(std::string_view name) {
  return std::find(function_names().begin(), function_names().end(), meant_name(name)) !=
         function_names().end();
}

std::string explain_unknown_name(std::string_view name) {
  if (name.size() > longest_name_shown) {
    return fmt::format("unknown name \"{}...\"", name.substr(0, longest_name_shown));
  }
  if (is_product_of_coordinates(name)) {
    return fmt::format("unknown name \"{}\" (a product is written {})", name, fmt::join(name, "*"));
  }
  const std::vector<std::string_view> near = near_names(name);
  if (!near.empty()) {
    return fmt::format("unknown name \"{}\" (did you mean {}?)", name, fmt::join(near, " or "));
  }
  return fmt::format("unknown name \"{}\"; there are x0, x1, ..., x, y, z, pi, e, {};", name,
                     fmt::join(function_names(), ", "));
}

}  // namespace gradus
