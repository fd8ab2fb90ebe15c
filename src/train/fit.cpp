// SPDX-License-Identifier: MIT
#include "gradus/train/fit.hpp"

#include <fmt/core.h>

#include <cmath>
#include <functional>
#include <numeric>

#include "gradus/core/error.hpp"

namespace gradus {
namespace {

double square(double x) {
  return x * x;
}

/// Of numbers with mean 0, the standard error of their mean.
std::optional<double> error_of(const std::vector<double>& influences) {
  const auto count = static_cast<double>(influences.size());
  if (influences.size() < 2) {
    return std::nullopt;
  }
  const double sum =
      std::transform_reduce(influences.begin(), influences.end(), 0.0, std::plus<>(), square);
  return std::sqrt(sum / (count * (count - 1)));
}

/// @param influences  (N) out: what each sample does to R2, times N; 0 everywhere without R2
TargetFit fit_target(MatrixView<const double> answers, MatrixView<const double> truth,
                     std::size_t k, double mean_answer, std::vector<double>& influences) {
  const auto count = static_cast<double>(truth.num_rows());
  TargetFit fit;
  double mean = 0;
  double squares = 0;
  double squares_of_mean = 0;
  for (std::size_t n = 0; n < truth.num_rows(); ++n) {
    const double difference = answers(n, k) - truth(n, k);
    squares += square(difference) / count;
    fit.mean_absolute_error += std::abs(difference) / count;
    squares_of_mean += square(mean_answer - truth(n, k)) / count;
    mean += (truth(n, k) - mean) / static_cast<double>(n + 1);  // exact when all are equal
  }
  double variance = 0;
  for (std::size_t n = 0; n < truth.num_rows(); ++n) {
    variance += square(truth(n, k) - mean) / count;
  }
  fit.root_mean_square_error = std::sqrt(squares);
  fit.error_of_mean = std::sqrt(squares_of_mean);
  influences.assign(truth.num_rows(), 0);
  if (variance > 0) {
    const double ratio = squares / variance;
    for (std::size_t n = 0; n < truth.num_rows(); ++n) {
      influences[n] =
          (ratio * square(truth(n, k) - mean) - square(answers(n, k) - truth(n, k))) / variance;
    }
    fit.r2 = 1 - ratio;
    fit.r2_error = error_of(influences);
  }
  return fit;
}

}  // namespace

Fit fit_of(MatrixView<const double> answers, MatrixView<const double> truth,
           std::span<const double> mean_answer) {
  if (truth.empty() || answers.num_rows() != truth.num_rows() ||
      answers.num_cols() != truth.num_cols() || mean_answer.size() != truth.num_cols()) {
    throw ShapeError(
        fmt::format("fit_of: answers are ({}, {}), the truth is ({}, {}), expected the "
                    "same shape with at least one sample, and {} means",
                    answers.num_rows(), answers.num_cols(), truth.num_rows(), truth.num_cols(),
                    mean_answer.size()));
  }
  Fit fit{.num_samples = truth.num_rows(), .targets = {}, .r2 = {}, .r2_error = {}};
  std::vector<double> influences;
  std::vector<double> sums(truth.num_rows());
  double sum = 0;
  std::size_t num_with_r2 = 0;
  for (std::size_t k = 0; k < truth.num_cols(); ++k) {
    fit.targets.push_back(fit_target(answers, truth, k, mean_answer[k], influences));
    if (fit.targets.back().r2) {
      ++num_with_r2;
      sum += *fit.targets.back().r2;
      for (std::size_t n = 0; n < sums.size(); ++n) {
        sums[n] += influences[n];
      }
    }
  }
  if (num_with_r2 > 0) {
    const auto count = static_cast<double>(num_with_r2);
    for (double& influence : sums) {
      influence /= count;
    }
    fit.r2 = sum / count;
    fit.r2_error = error_of(sums);
  }
  return fit;
}

}  // namespace gradus
