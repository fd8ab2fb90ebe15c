// SPDX-License-Identifier: MIT
#include "gradus/lab/settings.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "formats/number_list.hpp"
#include "gradus/core/error.hpp"
#include "gradus/core/nearest_names.hpp"

namespace gradus {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// "a number above 0 and at most 1": the range in words, to put behind a noun.
std::string range_text(const Parameter& parameter) {
  if (parameter.minimum == -infinity && parameter.maximum == infinity) {
    return "";
  }
  if (parameter.maximum == infinity) {
    return fmt::format(" of at least {}", parameter.minimum);
  }
  if (parameter.minimum == -infinity) {
    return fmt::format(" of at most {}", parameter.maximum);
  }
  return fmt::format(" from {} to {}", parameter.minimum, parameter.maximum);
}

std::string expectation(const Parameter& parameter) {
  switch (parameter.kind) {
    case ParameterKind::integer:
      return "a whole number" + range_text(parameter);
    case ParameterKind::real:
      return "a number" + range_text(parameter);
    case ParameterKind::numbers:
      return fmt::format("{} numbers{} with commas between them, as in {}",
                         parameter.min_count == parameter.max_count
                             ? fmt::format("{}", parameter.min_count)
                             : fmt::format("{} to {}", parameter.min_count, parameter.max_count),
                         range_text(parameter), parameter.initial);
    case ParameterKind::choice:
      return joined_with_or(parameter.choices());
    case ParameterKind::function:
      return fmt::format("a function of {}, as in {}", parameter.max_count == 1 ? "x" : "x0 and x1",
                         parameter.initial);
  }
  return {};
}

/// A number as a person types it: an expression without variables.
bool read_number(const Parameter& parameter, const std::string& text, double& number) {
  try {
    const Expression expression(text);
    if (expression.num_variables() != 0) {
      return false;
    }
    number = expression(std::span<const double>());
  } catch (const Error&) {
    return false;
  }
  const bool is_whole = number == std::floor(number);
  return std::isfinite(number) && number >= parameter.minimum && number <= parameter.maximum &&
         (is_whole || parameter.kind != ParameterKind::integer);
}

bool read_numbers(const Parameter& parameter, const std::string& text,
                  std::vector<double>& numbers) {
  bool are_numbers = true;
  for_each_part(text, [&](std::string_view part) {
    are_numbers = are_numbers && read_number(parameter, std::string(part), numbers.emplace_back());
  });
  return are_numbers && numbers.size() >= parameter.min_count &&
         numbers.size() <= parameter.max_count;
}

}  // namespace

Settings::Settings(std::string_view experiment, std::span<const Parameter> parameters,
                   std::span<const std::string> changes)
    : experiment_(experiment) {
  for (const Parameter& parameter : parameters) {
    settings_.emplace(parameter.id, read(parameter, std::string(parameter.initial)));
  }
  for (const std::string& change : changes) {
    const std::size_t equals = change.find('=');
    if (equals == std::string::npos) {
      throw ValueError(fmt::format("{}: got \"{}\", expected NAME=VALUE, as in {}={}", experiment_,
                                   change, parameters.empty() ? "NAME" : parameters.front().id,
                                   parameters.empty() ? "VALUE" : parameters.front().initial));
    }
    const std::string name = change.substr(0, equals);
    const auto parameter =
        std::find_if(parameters.begin(), parameters.end(),
                     [&name](const Parameter& candidate) { return candidate.id == name; });
    if (parameter == parameters.end()) {
      std::vector<std::string_view> names;
      for (const Parameter& candidate : parameters) {
        names.push_back(candidate.id);
      }
      throw ValueError(fmt::format("{}: there is no parameter \"{}\"; there is {}", experiment_,
                                   name, nearest_names(name, names)));
    }
    settings_.at(name) = read(*parameter, change.substr(equals + 1));
  }
}

Settings::Setting Settings::read(const Parameter& parameter, const std::string& text) const {
  Setting setting{parameter.kind, text, {}, {}};
  bool is_read = true;
  switch (parameter.kind) {
    case ParameterKind::integer:
    case ParameterKind::real:
      is_read = read_number(parameter, text, setting.numbers.emplace_back());
      break;
    case ParameterKind::numbers:
      is_read = read_numbers(parameter, text, setting.numbers);
      break;
    case ParameterKind::choice: {
      const std::vector<std::string_view> choices = parameter.choices();
      is_read = std::find(choices.begin(), choices.end(), text) != choices.end();
      break;
    }
    case ParameterKind::function:
      try {
        setting.function.emplace_back(text);
        setting.function.front().check_point(parameter.max_count);
      } catch (const Error& error) {  // it says where the text is not a function
        throw ValueError(fmt::format("{}, {}: {}", experiment_, parameter.id, error.what()));
      }
      break;
  }
  if (!is_read) {
    throw ValueError(fmt::format("{}, {}: got \"{}\", expected {}", experiment_, parameter.id, text,
                                 expectation(parameter)));
  }
  return setting;
}

const Settings::Setting& Settings::find(std::string_view id) const {
  const auto found = settings_.find(id);
  if (found == settings_.end()) {
    throw StateError(
        fmt::format("{}: asked for the parameter {}, which it has not", experiment_, id));
  }
  return found->second;
}

const Settings::Setting& Settings::find(std::string_view id, ParameterKind kind) const {
  const Setting& setting = find(id);
  if (setting.kind != kind) {
    throw StateError(fmt::format("{}: the parameter {} is of kind {}, asked for as {}", experiment_,
                                 id, to_string(setting.kind), to_string(kind)));
  }
  return setting;
}

std::size_t Settings::integer(std::string_view id) const {
  return static_cast<std::size_t>(find(id, ParameterKind::integer).numbers.front());
}

double Settings::real(std::string_view id) const {
  return find(id, ParameterKind::real).numbers.front();
}

const std::string& Settings::choice(std::string_view id) const {
  return find(id, ParameterKind::choice).text;
}

const std::vector<double>& Settings::numbers(std::string_view id) const {
  return find(id, ParameterKind::numbers).numbers;
}

const Expression& Settings::function(std::string_view id) const {
  return find(id, ParameterKind::function).function.front();
}

const std::string& Settings::text(std::string_view id) const {
  return find(id).text;
}

void Settings::refuse(std::string_view id, std::string_view expected) const {
  throw ValueError(
      fmt::format("{}, {}: got \"{}\", expected {}", experiment_, id, text(id), expected));
}

}  // namespace gradus
