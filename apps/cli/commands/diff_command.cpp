// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "commands/commands.hpp"
#include "commands/diff_results.hpp"
#include "commands/prover_file.hpp"
#include "gradus/core/error.hpp"
#include "gradus/runs/option_values.hpp"
#include "options/run_arguments.hpp"

namespace gradus::cli {
namespace {

std::vector<ClaimCheck> check_claims(const Expression& f, const DiffFlags& flags) {
  if (flags.claims.size() != flags.at.size()) {
    throw ValueError(
        fmt::format("--claim: got {} derivatives for {} coordinates, expected one for "
                    "each, with commas between them",
                    flags.claims.size(), flags.at.size()));
  }
  std::vector<ClaimCheck> checks;
  for (const std::string& claim : flags.claims) {
    checks.push_back(check_claim(f, Expression(claim), flags.at, checks.size()));
  }
  return checks;
}

/// The parts of a list of formulas: commas inside of parentheses are theirs.
std::vector<std::string> split_formulas(const std::string& text) {
  std::vector<std::string> parts(1);
  int depth = 0;
  for (const char c : text) {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (c == ',' && depth == 0) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

// P coordinates take P^2 evaluations of a sum over them, and second derivatives P^3.
constexpr std::size_t most_judged = 100;
constexpr std::size_t most_of_second = 50;

void judge_first(const Expression& f, const std::vector<double>& x,
                 std::vector<JudgedResult>& results) {
  const proof::Prover* const prover = find_prover();
  if (prover == nullptr || x.size() > most_judged) {
    return;
  }
  for (std::size_t i = 0; i < x.size(); ++i) {
    std::vector<double> values;
    for (const JudgedResult& one : results) {
      values.push_back(one.result.gradient[i].value);
    }
    const std::vector<proof::RightDigits> digits = prover->judge_partial(f, x, i, values);
    for (std::size_t m = 0; m < results.size(); ++m) {
      results[m].digits.push_back(digits[m]);
    }
  }
}

void judge_second(const Expression& f, const std::vector<double>& x,
                  std::vector<JudgedResult>& results) {
  const proof::Prover* const prover = find_prover();
  std::vector<double> values;
  for (const JudgedResult& one : results) {
    for (const DerivativeEstimate& estimate : one.result.gradient) {
      values.push_back(estimate.value);
    }
  }
  if (prover == nullptr) {
    return;
  }
  const std::vector<proof::RightDigits> digits = prover->judge_second(f, x, values);
  auto next = digits.begin();
  for (JudgedResult& one : results) {
    const auto end = next + static_cast<std::ptrdiff_t>(one.result.gradient.size());
    one.digits.assign(next, end);
    next = end;
  }
}

void refuse_beside(const char* option, bool is_given, const char* other, bool is_other_given) {
  if (is_given && is_other_given) {
    throw ValueError(
        fmt::format("{} and {} are two questions: ask them one at a time", option, other));
  }
}

void check_flags(const DiffFlags& flags) {
  const bool has_digits = flags.num_digits > 0;
  const bool has_claim = !flags.claims.empty();
  refuse_beside("--digits", has_digits, "--method", flags.method != "all");
  refuse_beside("--digits", has_digits, "--h", flags.step.has_value());
  refuse_beside("--digits", has_digits, "--sweep", flags.shows_sweep);
  refuse_beside("--digits", has_digits, "--along", !flags.direction.empty());
  refuse_beside("--digits", has_digits, "--claim", has_claim);
  refuse_beside("--claim", has_claim, "--method", flags.method != "all");
  refuse_beside("--claim", has_claim, "--sweep", flags.shows_sweep);
  refuse_beside("--claim", has_claim, "--order", flags.order > 1);
  refuse_beside("--claim", has_claim, "--hessian", flags.shows_hessian);
  refuse_beside("--claim", has_claim, "--along", !flags.direction.empty());
}

int run_diff(const DiffFlags& flags) {
  check_flags(flags);
  const Expression f(flags.expression);
  f.check_point(flags.at.size());
  const bool wants_second = flags.order == 2 || flags.shows_hessian || !flags.direction.empty();
  if (wants_second && flags.at.size() > most_of_second) {
    throw ValueError(
        fmt::format("second derivatives: the point has {} coordinates, expected at most {}",
                    flags.at.size(), most_of_second));
  }
  if (flags.num_digits > 0) {
    print_proof(f, flags);
    return exit_done;
  }
  const DiffResults results = differentiate_as_asked(f, flags);
  if (flags.is_json) {
    print_json(f, flags, results);
  } else {
    print_text(f, flags, results);
  }
  const bool is_wrong =
      std::any_of(results.claims.begin(), results.claims.end(),
                  [](const ClaimCheck& check) { return check.verdict == Verdict::wrong; });
  return is_wrong ? exit_failed : exit_done;
}

/// The numbers of a point as they were typed.
std::vector<std::string> decimals_of(const std::string& text) {
  std::vector<std::string> decimals = split(text, ',');
  for (std::string& decimal : decimals) {
    std::erase_if(decimal, [](char c) { return c == ' ' || c == '\t' || c == '+'; });
  }
  return decimals;
}

}  // namespace

DiffResults differentiate_as_asked(const Expression& f, const DiffFlags& flags) {
  DiffResults results;
  const std::vector<RunningError> point(flags.at.begin(), flags.at.end());
  results.value = f(std::span<const RunningError>(point));
  if (!flags.claims.empty()) {
    results.claims = check_claims(f, flags);
    return results;
  }
  for (const DerivativeMethod& method : derivative_methods()) {
    if (flags.method == "all" || flags.method == method.id) {
      results.first.push_back({differentiate(f, method.id, flags.at, flags.step)});
    }
  }
  judge_first(f, flags.at, results.first);
  const std::size_t num_shown =
      flags.is_json ? flags.at.size() : std::min(flags.at.size(), max_coordinates_shown);
  for (std::size_t i = 0; i < num_shown && flags.shows_sweep; ++i) {
    results.sweeps.push_back(sweep_steps(f, flags.at, i));
  }
  if (flags.order == 2 || flags.shows_hessian) {
    for (MethodResult& result : second_derivatives(f, flags.at)) {
      results.second.push_back({std::move(result)});
    }
    judge_second(f, flags.at, results.second);
  }
  if (!flags.direction.empty()) {
    results.along = along_direction(f, flags.at, flags.direction);
  }
  return results;
}

void set_up_diff(Command& command) {
  auto flags = std::make_shared<DiffFlags>();
  command.footer(
      "A function is written as in\n"
      "  0.01x^2 + 0.1x       sin(x)/x       exp(-x0^2) cos(3 x1)       sum((x - mean(x))^2)\n"
      "with exp log (or ln) log10 log2 sqrt  sin cos tan cot sec csc  asin acos atan\n"
      "sinh cosh tanh asinh acosh atanh  erf sigmoid abs relu sign floor  pow(a, b)\n"
      "min max hypot  sum mean  pi e. One variable is called x, several are x0, x1, ...\n\n"
      "Examples\n"
      "  gradus diff 'x0^2 + x1^2' --at 3,4\n"
      "  gradus diff 'sin(x)' --at 1.3 --digits 50\n"
      "  gradus diff 'x^3' --at 2 --claim '3x^2'\n"
      "  gradus diff 'x^2 y' --at 1,2 --hessian\n"
      "  gradus diff '0.01x^2 + 0.1x' --at 5 --h 1e-4\n"
      "  gradus diff 'sin(x)' --at 1 --method central --sweep");
  command.add_expression(flags->expression);
  command
      .add_option("--at", "the point: 3,4", "",
                  [flags](const std::string& text) {
                    flags->at = parse_point(text);
                    flags->at_as_typed = decimals_of(text);
                  })
      .required();
  command.add_option(
      "--digits", "so many digits, each of them proved", "", [flags](const std::string& text) {
        flags->num_digits = parse_count(text, 1);
        if (flags->num_digits > proof::max_digits) {
          throw ValueError(
              fmt::format("got {}, expected at most {}", flags->num_digits, proof::max_digits));
        }
      });
  command.add_option(
      "--claim", "your derivative, to be checked; of several, with commas", "",
      [flags](const std::string& text) {
        flags->claims = split_formulas(text);
        for (const std::string& claim : flags->claims) {
          static_cast<void>(Expression(claim));  // so that what is wrong is told of here
        }
      });
  command.add_option("--order", "1, or 2: also the second derivatives along each coordinate", "1",
                     [flags](const std::string& text) {
                       flags->order = parse_count(text, 1);
                       if (flags->order > 2) {
                         throw ValueError(fmt::format("got {}, expected 1 or 2", flags->order));
                       }
                     });
  command.add_flag("--hessian", flags->shows_hessian, "all second derivatives");
  command.add_option("--along", "a direction: slope, curvature and how the gradient changes", "",
                     [flags](const std::string& text) { flags->direction = parse_point(text); });
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
