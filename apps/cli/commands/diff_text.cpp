// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "commands/diff_results.hpp"
#include "gradus/texts/claim_text.hpp"
#include "gradus/texts/refusal_text.hpp"

namespace gradus::cli {
namespace {

/// Two digits, rounded up: a bound must not become smaller by being printed.
std::string bound_text(double bound) {
  if (!std::isfinite(bound)) {
    return "-";
  }
  std::string text = fmt::format("{:.1e}", bound);
  for (double larger = bound; std::strtod(text.c_str(), nullptr) < bound; larger *= 1.01) {
    text = fmt::format("{:.1e}", larger);
  }
  return text;
}

std::string value_text(double value) {
  return std::isnan(value) ? "-" : fmt::format("{}", value);
}

std::string step_text(double step) {
  return step == 0 ? "-" : fmt::format("{:.1e}", step);
}

std::string proved_text(const JudgedResult& judged, std::size_t place) {
  return judged.digits.empty() || judged.result.gradient[place].refusal
             ? "-"
             : fmt::format("{}/{}", judged.digits[place].num_right, judged.digits[place].num_shown);
}

/// A row for each method, of the derivative at a place of their lists.
void print_table(const std::string& heading, const std::vector<JudgedResult>& results,
                 std::size_t place, const DiffFlags& flags) {
  fmt::print("\n{}\n  {:<12} {:>24}  {:>13}  {:>8}  {:>5}  {:>6}\n", heading, "method",
             "derivative", "error at most", "h", "calls", "proved");
  std::optional<Refusal> refusal;
  for (const JudgedResult& judged : results) {
    const DerivativeEstimate& estimate = judged.result.gradient[place];
    // Differences count the calls for one coordinate; the others make one.
    const std::size_t calls = estimate.num_evaluations > 0 ? estimate.num_evaluations : 1;
    fmt::print("  {:<12} {:>24}  {:>13}  {:>8}  {:>5}  {:>6}\n", judged.result.method,
               value_text(estimate.value), bound_text(estimate.error), step_text(estimate.step),
               calls, proved_text(judged, place));
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
  const std::string name = name_of_coordinate(f, i);
  const auto best = [&](double StepError::*error) {
    const auto key = [error](const StepError& row) {
      return std::isfinite(row.*error) ? row.*error : std::numeric_limits<double>::infinity();
    };
    return std::min_element(sweep.begin(), sweep.end(),
                            [&](const auto& a, const auto& b) { return key(a) < key(b); });
  };
  if (!std::isfinite(best(&StepError::forward_error)->forward_error)) {
    fmt::print("\ndf/d{} with fixed steps: there is no derivative to compare with\n", name);
    return;
  }
  fmt::print("\ndf/d{} with fixed steps: the error of forward (f) and central (c) differences\n",
             name);
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

/// The lower half of the Hessian, which is symmetric, an entry in each line.
void print_hessian(const Expression& f, const JudgedResult& judged, std::size_t num_coordinates) {
  fmt::print("\nsecond derivatives\n  {:<12} {:>24}  {:>13}  {:>6}\n", "along", "derivative",
             "error at most", "proved");
  for (std::size_t i = 0; i < std::min(num_coordinates, max_coordinates_shown); ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      const std::size_t place = i * num_coordinates + j;
      const DerivativeEstimate& estimate = judged.result.gradient[place];
      fmt::print("  {:<12} {:>24}  {:>13}  {:>6}\n",
                 name_of_coordinate(f, j) + ", " + name_of_coordinate(f, i),
                 value_text(estimate.value), bound_text(estimate.error),
                 proved_text(judged, place));
    }
  }
}

void print_estimate(const std::string& name, const DerivativeEstimate& estimate) {
  fmt::print("  {:<12} {:>24}  {:>13}\n", name, value_text(estimate.value),
             bound_text(estimate.error));
}

void print_along(const Expression& f, const DiffFlags& flags, const AlongDirection& along) {
  fmt::print("\nalong v = {}\n  {:<12} {:>24}  {:>13}\n", fmt::join(flags.direction, ", "), "",
             "derivative", "error at most");
  print_estimate("slope", along.slope);
  print_estimate("curvature", along.curvature);
  fmt::print("how the gradient changes along v: the Hessian times v\n");
  for (std::size_t i = 0; i < std::min(along.change.size(), max_coordinates_shown); ++i) {
    print_estimate("df/d" + name_of_coordinate(f, i), along.change[i]);
  }
}

void print_claims(const Expression& f, const DiffFlags& flags, const DiffResults& results) {
  fmt::print("\n");
  for (std::size_t i = 0; i < results.claims.size(); ++i) {
    fmt::print("df/d{} = {}: {}\n", name_of_coordinate(f, i), flags.claims[i],
               claim_text(Language::english, results.claims[i]));
  }
}

}  // namespace

std::string name_of_coordinate(const Expression& f, std::size_t i) {
  return f.is_of_x() ? "x" : fmt::format("x{}", i);
}

void print_text(const Expression& f, const DiffFlags& flags, const DiffResults& results) {
  const RunningError& value = results.value;
  fmt::print("f    {}\n", f.text());
  for (const ExpressionReading& reading : f.readings()) {
    fmt::print("     {} is read as {}\n", reading.typed, reading.meant);
  }
  fmt::print("at   {}\n", fmt::join(flags.at, ", "));
  fmt::print("f =  {}{}\n",
             std::isnan(value.value) ? "not a number" : fmt::format("{}", value.value),
             value.error == 0 || !std::isfinite(value.value)
                 ? ""
                 : fmt::format("   (rounded by at most {})", bound_text(value.error)));
  if (!results.claims.empty()) {
    print_claims(f, flags, results);
    return;
  }
  const std::size_t num_coordinates = flags.at.size();
  const std::size_t num_shown = std::min(num_coordinates, max_coordinates_shown);
  for (std::size_t i = 0; i < num_shown; ++i) {
    const std::string name = name_of_coordinate(f, i);
    print_table("df/d" + name, results.first, i, flags);
    if (flags.shows_sweep) {
      print_sweep(f, results.sweeps[i], i, flags);
    }
    if (flags.order == 2) {
      print_table(fmt::format("d2f/d{}^2", name), results.second, i * num_coordinates + i, flags);
    }
  }
  if (flags.shows_hessian) {
    print_hessian(f, results.second.front(), num_coordinates);
  }
  if (results.along) {
    print_along(f, flags, *results.along);
  }
  if (num_shown < num_coordinates) {
    fmt::print("\n{} more coordinates: --json shows them all\n", num_coordinates - num_shown);
  }
  fmt::print("\nproved: {}\n",
             results.first.front().digits.empty()
                 ? "not known: too many coordinates, or what proves digits cannot be loaded"
                 : "how many of the digits are right, by ball arithmetic");
}

}  // namespace gradus::cli
