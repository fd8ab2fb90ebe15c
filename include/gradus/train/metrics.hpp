// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "gradus/core/array.hpp"
#include "gradus/core/parallel.hpp"
#include "gradus/data/input_source.hpp"
#include "gradus/loss/loss.hpp"
#include "gradus/nn/network.hpp"
#include "gradus/train/fit.hpp"

namespace gradus {

/// From one number to another.
struct Interval {
  double low = 0;
  double high = 0;
};

[[nodiscard]] constexpr double half_width(const Interval& interval) noexcept {
  return (interval.high - interval.low) / 2;
}

/// The 95 % interval of a probability of which `num_right` of `num_all` trials are known: never
/// empty, inside of [0, 1], and narrower with more trials. Also where all or none are right.
///
///   (p + z^2 / 2n -+ z sqrt(p (1 - p) / n + z^2 / 4n^2)) / (1 + z^2 / n),  z = 1.96
///
/// Source  Wilson, "Probable inference, the law of succession, and statistical inference" (1927).
/// @returns  0 to 1 of no trials
[[nodiscard]] Interval wilson_interval(std::uint64_t num_right, std::uint64_t num_all);

/// How well a network does on some samples: of classes a confusion matrix, of numbers a fit.
struct Evaluation {
  double loss = 0;                              // mean over the samples
  Array<std::uint64_t> confusion{Shape{0, 0}};  // (C, C): row true class, column predicted class
  Fit fit = {};

  [[nodiscard]] std::uint64_t num_samples() const;
  [[nodiscard]] Task task() const {
    return fit.num_samples == 0 ? Task::classification : Task::regression;
  }

  /// One number to compare by, 1 when all is right: the accuracy of classes, R2 of numbers. Not a
  /// number when there is none.
  [[nodiscard]] double score() const;

  // Of classes:

  [[nodiscard]] std::uint64_t num_correct() const;

  /// Share of samples whose highest score is that of their class; of equal ones the first counts.
  /// Not a number when there are no samples.
  [[nodiscard]] double accuracy() const;

  /// Where the accuracy for samples never seen lies: in 95 of 100 such tests it does.
  [[nodiscard]] Interval accuracy_interval() const;

  /// Of the samples predicted as class c, the share that are. None when there are none.
  [[nodiscard]] std::optional<double> precision(std::size_t c) const;

  /// Of the samples of class c, the share predicted as such. None when there are none.
  [[nodiscard]] std::optional<double> recall(std::size_t c) const;
};

/// The class with the highest score; of equal ones the first.
template <Real T>
[[nodiscard]] Label predicted_class(std::span<const T> scores);

/// Runs the network on the samples with these numbers.
/// @param parameters  (P)
/// @param indices     at least one
/// @throws ShapeError  the samples do not fit the network, or there are none
/// @throws ValueError  a label is not one of the network's classes
template <Real T>
[[nodiscard]] Evaluation evaluate(const Network<T>& network, std::span<const T> parameters,
                                  const Loss<T>& loss, InputSource<T>& source,
                                  std::span<const std::uint32_t> indices, Team& team);

}  // namespace gradus
