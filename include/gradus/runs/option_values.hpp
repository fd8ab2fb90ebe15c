// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gradus {

// Reading the values of options. Each function takes what was typed and either returns its meaning
// or throws ValueError with a sentence that does not name the option: the caller knows its name and
// adds it.

/// A whole number of at least `minimum`.
[[nodiscard]] std::uint64_t parse_count(std::string_view text, std::uint64_t minimum);

enum class Zero { allowed, refused };

/// A finite number, 0 or more, or above 0.
[[nodiscard]] double parse_number(std::string_view text, Zero zero);

/// Sizes of layers: 784,50,10.
[[nodiscard]] std::vector<std::size_t> parse_layers(std::string_view text);

/// The coordinates of a point: -3,4. Spaces around a number and a plus before it are allowed.
[[nodiscard]] std::vector<double> parse_point(std::string_view text);

/// A name with numbers of at least 0 behind it: "step:2000:0.5".
struct NameWithNumbers {
  std::string name;
  std::vector<double> numbers;
};
[[nodiscard]] NameWithNumbers parse_name_with_numbers(std::string_view text,
                                                      std::size_t max_numbers);

/// The parts of a text between separators: one more than there are separators.
[[nodiscard]] std::vector<std::string> split(std::string_view text, char separator);

}  // namespace gradus
