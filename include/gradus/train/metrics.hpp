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

  /// Standard error of the accuracy as an estimate for samples never seen: sqrt(a (1 - a) / N).
  [[nodiscard]] double accuracy_error() const;

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
