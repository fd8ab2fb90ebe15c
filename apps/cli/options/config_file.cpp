// SPDX-License-Identifier: MIT
#include "options/config_file.hpp"

#include <fmt/core.h>
#include <toml++/toml.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "gradus/core/error.hpp"
#include "gradus/formats/file.hpp"

namespace gradus::cli {
namespace {

/// A value as it would be typed; nothing for what no option takes.
std::optional<std::string> text_of(const toml::node& node) {
  if (const auto text = node.value_exact<std::string>()) {
    return *text;
  }
  if (const auto whole = node.value_exact<std::int64_t>()) {
    return fmt::format("{}", *whole);
  }
  if (const auto real = node.value_exact<double>()) {
    return fmt::format("{:#}", *real);  // 1e3 stays a real number: 1000.0
  }
  if (const auto flag = node.value_exact<bool>()) {
    return *flag ? "true" : "false";
  }
  const toml::array* const items = node.as_array();
  if (items == nullptr || items->empty()) {
    return std::nullopt;
  }
  std::string list;  // layers = [784, 50, 10]
  for (const toml::node& item : *items) {
    const auto text = item.is_array() ? std::nullopt : text_of(item);
    if (!text) {
      return std::nullopt;
    }
    list += (list.empty() ? "" : ",") + *text;
  }
  return list;
}

}  // namespace

std::vector<ConfigEntry> parse_config(const std::string& name, std::string_view text) {
  if (text.size() > max_config_bytes) {
    throw DataError(
        name, std::nullopt,
        fmt::format("has {} bytes, expected at most {}", text.size(), max_config_bytes));
  }
  toml::table table;
  try {
    table = toml::parse(text);
  } catch (const toml::parse_error& error) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first != std::string_view::npos && text[first] == '{') {
      throw DataError(name, std::nullopt,
                      "is JSON, expected TOML, a line for each option: lr = 0.1");
    }
    throw DataError(name, std::nullopt,
                    fmt::format("line {}: {}", error.source().begin.line, error.description()));
  }
  // The table is sorted by name; a person who reads a complaint looks from the top.
  std::vector<std::pair<std::string_view, const toml::node*>> nodes;
  for (const auto& [key, node] : table) {
    nodes.emplace_back(key.str(), &node);
  }
  std::sort(nodes.begin(), nodes.end(), [](const auto& a, const auto& b) {
    return a.second->source().begin < b.second->source().begin;
  });
  std::vector<ConfigEntry> entries;
  for (const auto& [key, node] : nodes) {
    std::optional<std::string> value = text_of(*node);
    if (!value || value->empty()) {
      throw DataError(name, std::nullopt,
                      fmt::format("line {}: {}: expected the value of an option: a number, a text "
                                  "or a list of numbers",
                                  node->source().begin.line, key));
    }
    entries.push_back({std::string(key), *std::move(value)});
  }
  return entries;
}

std::vector<ConfigEntry> read_config(const std::string& path) {
  return parse_config(path, read_text_file(path));
}

}  // namespace gradus::cli
