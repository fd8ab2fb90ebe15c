// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "gradus/core/parallel.hpp"
#include "gradus/data/dataset.hpp"
#include "gradus/train/metrics.hpp"
#include "gradus/train/model.hpp"

namespace gradus {

/// @param name  of the model, for the message
/// @throws ShapeError  the model takes other features than the data have, has fewer classes or
///                     another count of numbers, or is of the other task
void check_fit(const std::string& name, const AnyModel& model, const Dataset& dataset);

/// As above, of samples alone.
/// @param data  what has the samples, for the message
void check_fit(const std::string& name, const AnyModel& model, const Samples& samples,
               const std::string& data);

/// Runs the model on all samples.
/// @throws ShapeError  there are none
[[nodiscard]] Evaluation evaluate_model(const AnyModel& model, const Samples& samples, Team& team);

/// @param name  what has the samples, for the message
/// @param part  which of them they are: "test samples", "rows"
/// @throws DataError  the loss is not finite; the message names the first sample to blame
void check_finite(const Evaluation& evaluation, const AnyModel& model, const Samples& samples,
                  const std::string& name, std::string_view part);

/// Whether all of what a network answers is finite. It is not when numbers on the way to it were
/// too large.
template <Real T>
[[nodiscard]] bool is_finite(std::span<const T> answers);

/// The largest absolute value; 0 when there are no numbers.
template <class Number>
[[nodiscard]] double largest_size(std::span<const Number> numbers);

/// A sentence for an answer that is not finite, with the numbers it came from.
[[nodiscard]] std::string no_finite_answer(double largest_input, double largest_parameter);

}  // namespace gradus
