// SPDX-License-Identifier: MIT
#include "option_parsing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <sstream>
#include <string_view>
#include <utility>

#include "gradus/core/error.hpp"
#include "gradus/formats/file.hpp"

namespace gradus::cli {
namespace {

[[noreturn]] void refuse(const std::string& text, std::string_view expected) {
  throw ValueError(fmt::format("got \"{}\", expected {}", text, expected));
}

/// The whole text as one number of type T, or nothing.
template <class T>
bool read_whole(std::string_view text, T& value) {
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc() && stop == end;
}

std::vector<std::string> split(const std::string& text, char separator) {
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

}  // namespace

std::uint64_t parse_count(const std::string& text, std::uint64_t minimum) {
  std::uint64_t value = 0;
  const bool are_digits =
      !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
  if (are_digits && !read_whole(text, value)) {
    refuse(text, fmt::format("at most {}", std::numeric_limits<std::uint64_t>::max()));
  }
  if (!read_whole(text, value) || value < minimum) {
    refuse(text, fmt::format("a whole number of at least {}", minimum));
  }
  return value;
}

double parse_number(const std::string& text, Zero zero) {
  double value = 0;
  const bool is_read = read_whole(text, value) && std::isfinite(value);
  if (!is_read || value < 0 || (value == 0 && zero == Zero::refused)) {
    refuse(text, zero == Zero::allowed ? "a number of at least 0" : "a number above 0");
  }
  return value;
}

std::vector<std::size_t> parse_layers(const std::string& text) {
  std::vector<std::size_t> sizes;
  for (const std::string& part : split(text, ',')) {
    std::size_t size = 0;
    if (!read_whole(part, size) || size == 0) {
      refuse(text, "sizes of layers with commas between them, as in 784,50,10");
    }
    sizes.push_back(size);
  }
  if (sizes.size() < 2) {
    refuse(text, "at least two sizes, as in 784,50,10");
  }
  return sizes;
}

std::vector<double> parse_point(const std::string& text) {
  std::vector<double> point;
  for (const std::string& part : split(text, ',')) {
    const std::string typed = CLI::detail::trim_copy(part);
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

NameWithNumbers parse_name_with_numbers(const std::string& text, std::size_t max_numbers) {
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

CLI::Option* add_option(CLI::App& app, const std::string& name, const std::string& help,
                        const std::string& default_text,
                        std::function<void(const std::string&)> parse) {
  CLI::Option* option = app.add_option_function<std::string>(
      name,
      [name, parse = std::move(parse)](const std::string& text) {
        try {
          parse(text);
        } catch (const ValueError& error) {
          throw CLI::ValidationError(name, error.what());
        }
      },
      help);
  option->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  option->type_name("");
  option->default_str(default_text);
  return option;
}

void add_expression(CLI::App& command, std::string& expression) {
  command.add_option("expression", expression, "a function: 'x0^2 + x1^2', 'sin(x)/x', 'sum(x^2)'")
      ->type_name("");
  command.allow_extras();
}

void take_expression(const CLI::App& command, std::string& expression) {
  const std::vector<std::string> extras = command.remaining();
  for (const std::string& extra : extras) {
    if (extra == "--") {
      continue;  // what is behind it is no option, and has been taken already
    }
    if (!expression.empty() || extra.rfind("--", 0) == 0) {
      throw CLI::ExtrasError(extras);
    }
    expression = extra;
  }
  if (expression.empty()) {
    throw CLI::RequiredError("expression");
  }
}

void blame_source(const ValueError& complaint, const OptionSources& sources) {
  const std::string_view text = complaint.what();
  for (const auto& [option, file] : sources) {
    const std::size_t place = text.find(option);
    const std::size_t end = place == std::string_view::npos ? 0 : place + option.size();
    const bool is_named = end != 0 && (end == text.size() || text[end] == ':' || text[end] == ' ');
    if (is_named) {
      throw DataError(file, std::nullopt, text);
    }
  }
  throw complaint;
}

std::vector<std::string> parse_config(const std::string& name, const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> arguments;
  try {
    for (const CLI::ConfigItem& item : CLI::ConfigTOML().from_config(stream)) {
      if (item.name == "++" || item.name == "--") {
        continue;  // the reader's marks for the begin and end of a section
      }
      std::string value;
      for (const std::string& part : item.inputs) {
        value += (value.empty() ? "" : ",") + part;  // layers = [784, 50, 10]
      }
      if (value.empty()) {  // the parser would take the next argument for it
        throw DataError(name, std::nullopt, fmt::format("{} has no value", item.name));
      }
      std::string option = item.name;
      std::replace(option.begin(), option.end(), '_', '-');  // as run.json writes them
      arguments.push_back(fmt::format("--{}={}", option, value));
    }
  } catch (const CLI::Error& error) {
    throw DataError(name, std::nullopt, error.what());
  }
  return arguments;
}

std::vector<std::string> read_config(const std::string& path) {
  const std::vector<std::uint8_t> bytes = read_file(path);
  return parse_config(path, std::string(bytes.begin(), bytes.end()));
}

}  // namespace gradus::cli
