// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gradus::cli {

/// An option in a configuration file, its value as it would be typed.
struct ConfigEntry {
  std::string name;
  std::string text;
};

/// Larger files are refused.
inline constexpr std::size_t max_config_bytes = std::size_t{1} << 20;

/// The options that a TOML file gives: lr = 0.1. Names may have _ for -.
/// @throws DataError  unreadable, not TOML, or a value that no option takes: a table, a date
[[nodiscard]] std::vector<ConfigEntry> read_config(const std::string& path);

/// As read_config(), from text in memory.
/// @param name  what stands for the path in messages
[[nodiscard]] std::vector<ConfigEntry> parse_config(const std::string& name, std::string_view text);

}  // namespace gradus::cli
