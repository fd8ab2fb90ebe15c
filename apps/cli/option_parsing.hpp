// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "gradus/core/error.hpp"

namespace gradus::cli {

// Reading the values of options. Each function takes what was typed and either returns its meaning
// or throws ValueError with a sentence; add_option() puts the option's name in front.

/// A whole number of at least `minimum`.
[[nodiscard]] std::uint64_t parse_count(const std::string& text, std::uint64_t minimum);

enum class Zero { allowed, refused };

/// A finite number, 0 or more, or above 0.
[[nodiscard]] double parse_number(const std::string& text, Zero zero);

/// Sizes of layers: 784,50,10.
[[nodiscard]] std::vector<std::size_t> parse_layers(const std::string& text);

/// The coordinates of a point: -3,4.
[[nodiscard]] std::vector<double> parse_point(const std::string& text);

/// A name with numbers behind it: "step:2000:0.5".
struct NameWithNumbers {
  std::string name;
  std::vector<double> numbers;
};
[[nodiscard]] NameWithNumbers parse_name_with_numbers(const std::string& text,
                                                      std::size_t max_numbers);

/// Adds an option whose value is handed to `parse`. Given twice, the last one counts.
/// @param default_text  what --help shows as the default
CLI::Option* add_option(CLI::App& app, const std::string& name, const std::string& help,
                        const std::string& default_text,
                        std::function<void(const std::string&)> parse);

/// Adds an argument that is an expression. It may begin with a minus and so look like an option:
/// what became of it is known after parsing, by take_expression().
void add_expression(CLI::App& command, std::string& expression);

/// @throws CLI::ParseError  there is no expression, or something else that nobody asked for
void take_expression(const CLI::App& command, std::string& expression);

/// What there is to choose from, a line each, for --help.
template <class Registry>
std::string list_of(const Registry& registry) {
  std::string lines;
  for (const auto& entry : registry) {
    lines += fmt::format("\n  {:<19} {}", entry.id, entry.summary);
  }
  return lines;
}

/// Adds an option that takes one of a registry's ids.
template <class Registry>
CLI::Option* add_choice(CLI::App& app, const std::string& name, const std::string& help,
                        std::string& target, const Registry& registry) {
  return add_option(app, name, help + list_of(registry), target,
                    [&target, &registry](const std::string& text) {
                      static_cast<void>(registry.find(text));
                      target = text;
                    });
}

/// The file that an option is from when it was not typed, by the option's name.
using OptionSources = std::map<std::string, std::string>;

/// @throws DataError   a complaint about an option that is from a file: the file is named too
/// @throws ValueError  any other, as it is
[[noreturn]] void blame_source(const ValueError& complaint, const OptionSources& sources);

/// The options a TOML file sets, as they would be typed: `lr = 0.1` becomes --lr 0.1.
/// @throws DataError  unreadable, or not TOML
[[nodiscard]] std::vector<std::string> read_config(const std::string& path);

/// As read_config(), from text in memory.
/// @param name  what stands for the path in messages
[[nodiscard]] std::vector<std::string> parse_config(const std::string& name,
                                                    const std::string& text);

}  // namespace gradus::cli
