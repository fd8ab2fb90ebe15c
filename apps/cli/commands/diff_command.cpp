// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "commands/commands.hpp"
#include "gradus/core/error.hpp"
#include "gradus/diff/differentiate.hpp"
#include "gradus/diff/expression.hpp"
#include "gradus/diff/running_error.hpp"
#include "gradus/formats/json.hpp"
#include "gradus/runs/option_values.hpp"
#include "gradus/texts/refusal_text.hpp"
#include "options/run_arguments.hpp"

namespace gradus::cli {
namespace {

constexpr std::size_t max_tables = 6;  // coordinates shown; all are in the JSON

struct DiffFlags {
  std::string expression;
  std::vector<double> at;
  std::string method = "all";
  std::optional<double> step;
  bool shows_sweep = false;
  bool is_json = false;
};

std::vector<MethodResult> differentiate_as_asked(const Expression& f, const DiffFlags& flags) {
  std::vector<MethodResult> results;
  for (const DerivativeMethod& method : derivative_methods()) {
    if (flags.method == "all" || flags.method == method.id) {
      results.push_back(differentiate(f, method.id, flags.at, flags.step));
    }
  }
  return results;
}

std::vector<std::vector<StepError>> sweep_as_asked(const Expression& f, const DiffFlags& flags) {
  std::vector<std::vector<StepError>> sweeps;
  const std::size_t num_shown =
      flags.is_json ? flags.at.size() : std::min(flags.at.size(), max_tables);
  for (std::size_t i = 0; flags.shows_sweep && i < num_shown; ++i) {
    sweeps.push_back(sweep_steps(f, flags.at, i));
  }
  return sweeps;
}

RunningError value_of(const Expression& f, const std::vector<double>& at) {
  const std::vector<RunningError> point(at.begin(), at.end());
  return f(std::span<const RunningError>(point));
}

Json to_json(const MethodResult& result) {
  Json json;
  json["method"] = result.method;
  for (const char* key : {"derivative", "error_estimate", "h", "refusal"}) {
    json[key] = Json::array();
  }
  for (const DerivativeEstimate& estimate : result.gradient) {
    json["derivative"].push_back(estimate.value);
    json["error_estimate"].push_back(estimate.error);
    json["h"].push_back(estimate.step == 0 ? Json() : Json(estimate.step));
    json["refusal"].push_back(
        estimate.refusal ? Json(reason_text(Language::english, *estimate.refusal)) : Json());
  }
  json["evaluations"] = result.num_evaluations;
  return json;
}

Json to_json(const std::vector<StepError>& sweep) {
  Json rows = Json::array();
  for (const StepError& row : sweep) {
    rows.push_back({{"h", row.step},
                    {"forward", row.forward},
                    {"forward_error", row.forward_error},
                    {"central", row.central},
                    {"central_error", row.central_error}});
  }
  return rows;
}

void print_json(const Expression& f, const DiffFlags& flags) {
  const RunningError value = value_of(f, flags.at);
  Json json;
  json["expression"] = f.text();
  json["at"] = Json::list(flags.at);
  json["value"] = value.value;
  json["value_error"] = value.error;
  json["methods"] = Json::array();
  for (const MethodResult& result : differentiate_as_asked(f, flags)) {
    json["methods"].push_back(to_json(result));
  }
  if (flags.shows_sweep) {
    json["sweep"] = Json::array();
    for (const std::vector<StepError>& sweep : sweep_as_asked(f, flags)) {
      json["sweep"].push_back(to_json(sweep));
    }
  }
  fmt::print("{}\n", json.to_text());
}

/// Two digits, rounded up: a bound must not become smaller by being printed.
std::string bound_text(double bound) {
  if (!std::isfinite(bound)) {
    return "-";
  }
  std::string text = fmt::format("{:.1e}", bound);
  for (double larger = bound; std::stod(text) < bound; larger *= 1.01) {
    text = fmt::format("{:.1e}", larger);
  }
  return text;
}

std::string step_text(double step) {
  return step == 0 ? "-" : fmt::format("{:.1e}", step);
}

void print_table(const std::vector<MethodResult>& results, std::size_t i, const DiffFlags& flags) {
  fmt::print("\ndf/dx{}\n  {:<13} {:>23}  {:>13}  {:>8}  {:>10}\n", i, "method", "derivative",
             "error at most", "h", "calls of f");
  std::optional<Refusal> refusal;
  for (const MethodResult& result : results) {
    const DerivativeEstimate& estimate = result.gradient[i];
    // Differences count the calls for one coordinate; the others make one.
    const std::size_t calls = estimate.num_evaluations > 0 ? estimate.num_evaluations : 1;
    fmt::print("  {:<13} {:>23}  {:>13}  {:>8}  {:>10}\n", result.method,
               std::isnan(estimate.value) ? "-" : fmt::format("{}", estimate.value),
               bound_text(estimate.error), step_text(estimate.step), calls);
    refusal = estimate.refusal ? estimate.refusal : refusal;
  }
  if (refusal) {
    fmt::print("  {}\n", reason_text(Language::english, *refusal));
  } else if (flags.step) {
    fmt::print("  a step that is given has the error it has: compared with a chosen one\n");
  }
}

/// Puts a mark where an error stands between 1e-16 and 1, in a row of places.
void mark(std::string& row, double error, char letter) {
  constexpr double places_per_digit = 2;
  if (std::isfinite(error)) {
    const double digits = std::log10(std::clamp(error, 1e-16, 1.0)) + 16;
    row[static_cast<std::size_t>(std::lround(places_per_digit * digits))] = letter;
  }
}

std::string error_text(double error) {
  return std::isfinite(error) ? fmt::format("{:.1e}", error) : "-";
}

void print_sweep(const Expression& f, const std::vector<StepError>& sweep, std::size_t i,
                 const DiffFlags& flags) {
  const auto best = [&](double StepError::*error) {
    const auto key = [error](const StepError& row) {
      return std::isfinite(row.*error) ? row.*error : std::numeric_limits<double>::infinity();
    };
    return std::min_element(sweep.begin(), sweep.end(),
                            [&](const auto& a, const auto& b) { return key(a) < key(b); });
  };
  if (!std::isfinite(best(&StepError::forward_error)->forward_error)) {
    fmt::print("\ndf/dx{} with fixed steps: there is no derivative to compare with\n", i);
    return;
  }
  fmt::print("\ndf/dx{} with fixed steps: the error of forward (f) and central (c) differences\n",
             i);
  fmt::print("  {:>6}  {:>8}  {:>8}   1e-16   1e-12   1e-8    1e-4    1\n", "h", "forward",
             "central");
  for (const StepError& row : sweep) {
    std::string plot(34, ' ');
    mark(plot, row.forward_error, 'f');
    mark(plot, row.central_error, 'c');
    plot.erase(plot.find_last_not_of(' ') + 1);
    fmt::print("  {:>6.0e}  {:>8}  {:>8}   {}\n", row.step, error_text(row.forward_error),
               error_text(row.central_error), plot);
  }
  fmt::print(
      "\n  large h   the formula cuts the curve short: its error grows with h, or with h^2 for "
      "central\n"
      "  small h   f is rounded to 16 digits, and the difference divides that error by h\n"
      "  best      forward {:.0e}, central {:.0e}\n",
      best(&StepError::forward_error)->step, best(&StepError::central_error)->step);
  constexpr double naive = 10e-50;
  std::vector<double> point = flags.at;
  point[i] += naive;
  if (point == flags.at) {
    fmt::print(
        "  10e-50    x + h is x: the difference is 0, and so is the derivative it gives\n"
        "            (in 32 bits 10e-50, which is 1e-49, is itself 0)\n");
  } else {
    const double difference =
        (f(std::span<const double>(point)) - f(std::span<const double>(flags.at))) / naive;
    fmt::print("  10e-50    beside 0 even this step is one: the forward difference is {}\n",
               difference);
  }
}

int run_diff(const DiffFlags& flags) {
  const Expression f(flags.expression);
  f.check_point(flags.at.size());
  if (flags.is_json) {
    print_json(f, flags);
    return exit_done;
  }
  const RunningError value = value_of(f, flags.at);
  fmt::print("f    {}\n", f.text());
  fmt::print("at   {}\n", fmt::join(flags.at, ", "));
  fmt::print("f =  {}{}\n",
             std::isnan(value.value) ? "not a number" : fmt::format("{}", value.value),
             value.error == 0 || !std::isfinite(value.value)
                 ? ""
                 : fmt::format("   (rounded by at most {:.0e})", value.error));
  const std::vector<MethodResult> results = differentiate_as_asked(f, flags);
  const std::vector<std::vector<StepError>> sweeps = sweep_as_asked(f, flags);
  const std::size_t num_tables = std::min(flags.at.size(), max_tables);
  for (std::size_t i = 0; i < num_tables; ++i) {
    print_table(results, i, flags);
    if (flags.shows_sweep) {
      print_sweep(f, sweeps[i], i, flags);
    }
  }
  if (num_tables < flags.at.size()) {
    fmt::print("\n{} more coordinates: --json shows them all\n", flags.at.size() - num_tables);
  }
  return exit_done;
}

}  // namespace

void set_up_diff(Command& command) {
  auto flags = std::make_shared<DiffFlags>();
  command.footer(
      "Examples\n"
      "  gradus diff 'x0^2 + x1^2' --at 3,4\n"
      "  gradus diff '0.01x^2 + 0.1x' --at 5 --h 1e-4\n"
      "  gradus diff 'sin(x)' --at 1 --method central --sweep");
  command.add_expression(flags->expression);
  command
      .add_option("--at", "the point: 3,4", "",
                  [flags](const std::string& text) { flags->at = parse_point(text); })
      .required();
  command.add_option("--method", "one of these, or all" + list_of(derivative_methods()), "all",
                     [flags](const std::string& text) {
                       flags->method =
                           text == "all" ? text : std::string(derivative_methods().find(text).id);
                     });
  command.add_option(
      "--h", "step of differences and complex step", "chosen",
      [flags](const std::string& text) { flags->step = parse_number(text, Zero::refused); });
  command.add_flag("--sweep", flags->shows_sweep,
                   "show the error of steps from 1e-1 to 1e-16: the U curve");
  command.add_flag("--json", flags->is_json, "print one line of JSON instead");
  command.on_run([flags] { return run_diff(*flags); });
}

}  // namespace gradus::cli
