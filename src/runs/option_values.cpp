// SPDX-License-Identifier: MIT
#include "gradus/runs/option_values.hpp"

#include <fmt/core.h>

#include <charconv>
#include <cmath>
#include <limits>

#include "gradus/core/error.hpp"

namespace gradus {
namespace {

[[noreturn]] void refuse(std::string_view text, std::string_view expected) {
  throw ValueError(fmt::format("got \"{}\", expected {}", text, expected));
}

/// The whole text as one number of type T, or nothing.
template <class T>
bool read_whole(std::string_view text, T& value) {
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc() && stop == end;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view space = " \t\n\v\f\r";
  const std::size_t first = text.find_first_not_of(space);
  return first == std::string_view::npos
             ? std::string_view()
             : text.substr(first, text.find_last_not_of(space) - first + 1);
}

}  // namespace

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == separator) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

std::uint64_t parse_count(std::string_view text, std::uint64_t minimum) {
  std::uint64_t value = 0;
  const bool are_digits =
      !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
  if (are_digits && !read_whole(text, value)) {
    refuse(text, fmt::format("at most {}", std::numeric_limits<std::uint64_t>::max()));
  }
  if (!read_whole(text, value) || value < minimum) {
    refuse(text, fmt::format("a whole number of at least {}", minimum));
  }
  return value;
}

double parse_number(std::string_view text, Zero zero) {
  double value = 0;
  const bool is_read = read_whole(text, value) && std::isfinite(value);
  if (!is_read || value < 0 || (value == 0 && zero == Zero::refused)) {
    refuse(text, zero == Zero::allowed ? "a number of at least 0" : "a number above 0");
  }
  return value;
}

std::vector<std::size_t> parse_layers(std::string_view text) {
  std::vector<std::size_t> sizes;
  for (const std::string& part : split(text, ',')) {
    std::size_t size = 0;
    if (!read_whole(std::string_view(part), size) || size == 0) {
      refuse(text, "sizes of layers with commas between them, as in 784,50,10");
    }
    sizes.push_back(size);
  }
  if (sizes.size() < 2) {
    refuse(text, "at least two sizes, as in 784,50,10");
  }
  return sizes;
}

std::vector<double> parse_point(std::string_view text) {
  std::vector<double> point;
  for (const std::string& part : split(text, ',')) {
    const std::string_view typed = trimmed(part);
    std::string_view number = typed;
    if (number.starts_with('+') && !number.starts_with("+-")) {
      number.remove_prefix(1);
    }
    if (!read_whole(number, point.emplace_back()) || !std::isfinite(point.back())) {
      throw ValueError(
          fmt::format("number {} is \"{}\", expected numbers with commas between them, as in -3,4",
                      point.size(), typed));
    }
  }
  return point;
}

NameWithNumbers parse_name_with_numbers(std::string_view text, std::size_t max_numbers) {
  const std::vector<std::string> parts = split(text, ':');
  NameWithNumbers result{parts[0], {}};
  for (std::size_t i = 1; i < parts.size(); ++i) {
    result.numbers.push_back(parse_number(parts[i], Zero::allowed));
  }
  if (result.numbers.size() > max_numbers) {
    refuse(text, fmt::format("at most {} number{} after the name", max_numbers,
                             max_numbers == 1 ? "" : "s"));
  }
  return result;
}

}  // namespace gradus
