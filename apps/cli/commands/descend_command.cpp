// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "commands/commands.hpp"
#include "gradus/core/counted.hpp"
#include "gradus/core/error.hpp"
#include "gradus/core/registry.hpp"
#include "gradus/diff/difference.hpp"
#include "gradus/diff/expression.hpp"
#include "gradus/formats/json.hpp"
#include "gradus/math/norm.hpp"
#include "gradus/optim/gradient_descent.hpp"
#include "gradus/runs/option_values.hpp"
#include "gradus/texts/descent_text.hpp"
#include "options/run_arguments.hpp"

namespace gradus::cli {
namespace {

// The whole path is kept, 2 P + 1 numbers a step, and each again twice for --json.
constexpr std::uint64_t max_steps = 1'000'000;
constexpr std::uint64_t max_numbers = 20'000'000;
constexpr std::size_t max_columns = 6;  // coordinates shown in the table

struct GradientWay {
  std::string_view id;
  std::string_view summary;
};
constexpr std::array<GradientWay, 2> gradient_way_entries{
    {{"tape", "by the chain rule, exact up to rounding"},
     {"numerical", "by the textbook's central difference, h = 0.0001"}}};
constexpr Registry<GradientWay> gradient_ways("way to the gradient", gradient_way_entries);

struct DescendFlags {
  std::string expression;
  std::vector<double> from;
  std::string gradient = "tape";
  DescentOptions options;
  bool shows_all = false;
  bool is_json = false;
};

Json to_json(const std::optional<Curvature>& curvature) {
  if (!curvature) {
    return {};
  }
  return {{"least", curvature->least},
          {"most", curvature->most},
          {"error", curvature->error},
          {"rate_limit", curvature->rate_limit()},
          {"best_rate", curvature->best_rate()}};
}

void print_json(const Expression& f, const DescendFlags& flags, const DescentResult& result) {
  Json json;
  json["expression"] = f.text();
  json["optimizer"] = flags.options.optimizer.id;
  json["learning_rate"] = flags.options.learning_rate;
  json["gradient"] = flags.gradient;
  json["maximize"] = flags.options.is_maximizing;
  json["path"] = Json::array();
  for (std::size_t step = 0; step < result.path.size(); ++step) {
    const DescentPoint& point = result.path[step];
    json["path"].push_back({{"step", step},
                            {"point", Json::list(point.x)},
                            {"value", point.value},
                            {"gradient", Json::list(point.gradient)}});
  }
  json["stop_reason"] = to_string(result.outcome.end);
  json["since"] = result.outcome.since;
  const Explanation explanation = explain(Language::english, result.outcome);
  json["place"] = to_string(result.outcome.place);
  json["curvature"] = to_json(result.outcome.curvature);
  json["explanation"] = explanation.seen;
  json["advice"] = explanation.advice;
  fmt::print("{}\n", json.to_text());
}

/// A number in a column of the table.
std::string cell(double number) {
  return std::isnan(number) ? fmt::format(" {:>13}", "nan") : fmt::format(" {:>13.6g}", number);
}

/// 0 to 10, 20, 50, 100, 200, 500, ...
bool is_shown(std::size_t step) {
  std::size_t leading = step;
  while (leading > 10 && leading % 10 == 0) {
    leading /= 10;
  }
  return step <= 10 || leading == 2 || leading == 5 || leading == 10;
}

void print_path(const Expression& f, const DescendFlags& flags,
                const std::vector<DescentPoint>& path) {
  const std::size_t num_columns = std::min(flags.from.size(), max_columns);
  fmt::print("{:>7}", "step");
  for (std::size_t i = 0; i < num_columns; ++i) {
    fmt::print(" {:>13}", f.is_of_x() ? std::string("x") : fmt::format("x{}", i));
  }
  fmt::print("{} {:>13} {:>13}\n", num_columns < flags.from.size() ? "  ..." : "", "f",
             "|gradient|");
  for (std::size_t step = 0; step < path.size(); ++step) {
    if (!flags.shows_all && !is_shown(step) && step + 1 < path.size()) {
      continue;
    }
    const DescentPoint& point = path[step];
    fmt::print("{:>7}", step);
    for (std::size_t i = 0; i < num_columns; ++i) {
      fmt::print("{}", cell(point.x[i]));
    }
    fmt::print("{}{}{}\n", num_columns < flags.from.size() ? "  ..." : "", cell(point.value),
               cell(euclidean_norm(point.gradient)));
  }
}

void print_unused(const Expression& f, std::size_t num_coordinates) {
  std::vector<std::string> unused;
  for (std::size_t i = 0; i < num_coordinates && unused.size() < max_columns; ++i) {
    if (!f.uses(i)) {
      unused.push_back(fmt::format("x{}", i));
    }
  }
  if (!unused.empty()) {
    fmt::print("note         {} not in the expression, and will not move\n",
               fmt::format("{} {}", fmt::join(unused, ", "), unused.size() == 1 ? "is" : "are"));
  }
}

void check_size(const DescendFlags& flags) {
  const std::uint64_t most = max_numbers / (2 * flags.from.size() + 1);
  if (flags.options.num_steps > most) {
    throw ValueError(
        fmt::format("--steps: got \"{}\", expected at most {} for a point of {} coordinates",
                    flags.options.num_steps, most, flags.from.size()));
  }
}

int run_descend(const DescendFlags& flags) {
  const Expression f(flags.expression);
  f.check_point(flags.from.size());
  check_size(flags);
  const DescentResult result = gradient_descent(f, flags.from, flags.options);
  // A descent that diverged is what was asked for: its path. So it is no failure of the program.
  if (flags.is_json) {
    print_json(f, flags, result);
    return exit_done;
  }
  fmt::print("{}     {}\n", flags.options.is_maximizing ? "maximize" : "minimize", f.text());
  for (const ExpressionReading& reading : f.readings()) {
    fmt::print("             {} is read as {}\n", reading.typed, reading.meant);
  }
  fmt::print("steps        {} of {}, learning rate {}\n", with_commas(flags.options.num_steps),
             flags.options.optimizer.id, flags.options.learning_rate);
  fmt::print("gradient     {}\n", gradient_ways.find(flags.gradient).summary);
  print_unused(f, flags.from.size());
  fmt::print("\n");
  print_path(f, flags, result.path);
  const Explanation explanation = explain(Language::english, result.outcome);
  fmt::print("\n{:<12} {}\n", to_string(result.outcome.end), explanation.seen);
  if (const std::string rate = rate_text(Language::english, result.outcome); !rate.empty()) {
    fmt::print("rates        {}\n", rate);
  }
  if (!explanation.advice.empty()) {
    fmt::print("try          {}\n", explanation.advice);
  }
  return exit_done;
}

}  // namespace

void set_up_descend(Command& command) {
  auto flags = std::make_shared<DescendFlags>();
  command.footer(
      "Examples\n"
      "  gradus descend 'x0^2 + x1^2' --from -3,4 --lr 0.1\n"
      "  gradus descend 'x0^2 + x1^2' --from -3,4 --lr 10 --gradient numerical\n"
      "  gradus descend 'x^4 - 3x^2 + x' --from 2 --optimizer momentum\n"
      "  gradus descend 'sin(x) - x^2/20' --from 0 --lr 0.3 --maximize");
  command.add_expression(flags->expression);
  DescentOptions& options = flags->options;
  command
      .add_option("--from", "where to start: -3,4", "",
                  [flags](const std::string& text) { flags->from = parse_point(text); })
      .required();
  command.add_option("--lr", "learning rate", "0.01", [&options](const std::string& text) {
    options.learning_rate = parse_number(text, Zero::refused);
  });
  command.add_option("--steps", "number of steps", "100", [&options](const std::string& text) {
    options.num_steps = parse_count(text, 1);
    if (options.num_steps > max_steps) {
      throw ValueError(fmt::format("got \"{}\", expected at most {}", text, max_steps));
    }
  });
  add_choice(command, "--optimizer", "how a gradient becomes a step", options.optimizer.id,
             optimizers<double>());
  add_choice(command, "--gradient", "how the gradient is computed", flags->gradient, gradient_ways);
  command.add_flag("--maximize", options.is_maximizing, "walk up instead");
  command.add_flag("--all", flags->shows_all, "show every step");
  command.add_flag("--json", flags->is_json, "print one line of JSON instead, with every step");
  command.on_run([flags] {
    flags->options.difference_step = flags->gradient == "numerical" ? default_difference_step : 0;
    return run_descend(*flags);
  });
}

}  // namespace gradus::cli
