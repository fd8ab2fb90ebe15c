// SPDX-License-Identifier: MIT
#include "terminal/fit_lines.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace gradus::cli {
namespace {

std::string name_of(const std::vector<std::string>& names, std::size_t k) {
  return k < names.size() ? names[k] : fmt::format("target {}", k);
}

}  // namespace

std::string interval_text(const Evaluation& evaluation) {
  const Interval interval = evaluation.accuracy_interval();
  return fmt::format("for samples never seen between {:.2f} and {:.2f} % (95 % interval)",
                     100 * interval.low, 100 * interval.high);
}

std::string note_on_errors(const Fit& fit) {
  const bool has_error = std::any_of(fit.targets.begin(), fit.targets.end(),
                                     [](const TargetFit& target) { return target.r2_error; });
  return has_error ? "± is one standard error, as an estimate for samples never seen" : "";
}

std::string r2_text(const std::optional<double>& r2, const std::optional<double>& error) {
  if (!r2) {
    return "no R2";
  }
  return fmt::format("R2 {:.2f}", *r2) + (error ? fmt::format(" ± {:.2f}", *error) : "");
}

std::vector<std::string> fit_lines(const Fit& fit, const std::vector<std::string>& names) {
  std::vector<std::string> lines;
  for (std::size_t k = 0; k < fit.targets.size(); ++k) {
    const TargetFit& target = fit.targets[k];
    lines.push_back(fmt::format("{}: RMSE {:.4g} (guessing the mean: {:.4g}), {}",
                                name_of(names, k), target.root_mean_square_error,
                                target.error_of_mean, r2_text(target.r2, target.r2_error)));
  }
  return lines;
}

Json or_null(const std::optional<double>& number) {
  return number ? Json(*number) : Json();
}

Json targets_to_json(const Fit& fit, const std::vector<std::string>& names) {
  Json list = Json::array();
  for (std::size_t k = 0; k < fit.targets.size(); ++k) {
    const TargetFit& target = fit.targets[k];
    list.push_back({{"name", name_of(names, k)},
                    {"rmse", target.root_mean_square_error},
                    {"mae", target.mean_absolute_error},
                    {"rmse_of_mean", target.error_of_mean},
                    {"r2", or_null(target.r2)},
                    {"r2_error", or_null(target.r2_error)}});
  }
  return list;
}

}  // namespace gradus::cli
