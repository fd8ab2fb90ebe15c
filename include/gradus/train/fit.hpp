// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "gradus/core/matrix_view.hpp"

namespace gradus {

/// How well one number is predicted, in the units it came in.
struct TargetFit {
  double root_mean_square_error = 0;
  double mean_absolute_error = 0;
  double error_of_mean = 0;  // the first, of always answering with the mean of the training rows

  /// 1 - sum (answer - truth)^2 / sum (mean - truth)^2, with the mean of these samples: 1 is
  /// perfect, 0 no better than that mean. None when the truth is the same everywhere.
  std::optional<double> r2;

  /// Standard error of R2 as an estimate for samples never seen, none without R2 or of one sample.
  ///
  /// R2 is 1 - q, a ratio of two means: of e = (answer - truth)^2 and u = (mean - truth)^2. To
  /// first order in what a sample changes (the delta method), its variance is
  /// sum (e - q u)^2 / (N (N - 1) mean(u)^2); that of the mean within u is of second order.
  /// Source  Cochran, "Sampling Techniques" (1977), section 6.4, the error of a ratio.
  std::optional<double> r2_error;
};

/// How well K numbers are predicted.
struct Fit {
  std::uint64_t num_samples = 0;   // N; 0 for a network that tells classes apart
  std::vector<TargetFit> targets;  // (K)

  /// The mean of those that have one, and its standard error: errors of one sample in several
  /// targets are not taken as independent.
  std::optional<double> r2;
  std::optional<double> r2_error;
};

/// @param answers      (N, K)
/// @param truth        (N, K)
/// @param mean_answer  (K) of the training rows
/// @throws ShapeError  the shapes differ, or there are no samples
/// Cost  three looks at each number
[[nodiscard]] Fit fit_of(MatrixView<const double> answers, MatrixView<const double> truth,
                         std::span<const double> mean_answer);

}  // namespace gradus
