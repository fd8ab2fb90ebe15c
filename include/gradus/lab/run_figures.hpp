// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gradus/data/dataset.hpp"
#include "gradus/lab/figure.hpp"
#include "gradus/train/history.hpp"
#include "gradus/train/metrics.hpp"
#include "gradus/train/miss.hpp"
#include "gradus/train/model.hpp"

namespace gradus {

// Training runs as figures. Their texts are in the group `run`.

/// How a run went.
struct RunCurves {
  std::string name;            // what it is called beside others
  std::vector<double> losses;  // of the batch of each iteration; not finite where it was lost
  std::vector<ScoreRecord> records;
  Task task = Task::classification;
};

/// The mean of the numbers that lie at most (window - 1) / 2 places away, as far as they are
/// finite; NaN where none is.
/// @param window  odd
[[nodiscard]] std::vector<double> smoothed(std::span<const double> numbers, std::size_t window);

/// Of one run every loss, thin, and their mean over a window, which the legend names; of several
/// the means alone. Long runs are thinned out to what can be seen.
/// @returns  nothing when there are no losses, or none is finite
[[nodiscard]] std::optional<Figure> loss_figure(std::span<const RunCurves> runs);

/// Of one run the score (accuracy or R2) on training, test and validation samples; of several that
/// on test samples.
/// @param runs  of one task
/// @returns  nothing when nothing was measured
[[nodiscard]] std::optional<Figure> score_figure(std::span<const RunCurves> runs);

/// The weights of the first layer, a picture for each unit, with as many pixels as the samples; of
/// at most 50 units.
/// @returns  nothing for samples that are no square pictures
template <Real T>
[[nodiscard]] std::optional<Figure> weights_figure(const Model<T>& model);

/// Row true class, column predicted class: percent of the samples of the true class. A cell that
/// nothing fell into is blank.
[[nodiscard]] Figure confusion_figure(const Evaluation& evaluation,
                                      std::span<const std::string> class_names);

// Of numbers, of at most 1,000 samples spread evenly from the worst to the best.

/// Answers over the truth, with the line on which they would be equal.
/// @param misses  of all targets; those of this one are drawn
/// @param name    of the target
[[nodiscard]] Figure predictions_figure(std::span<const Miss> misses, std::size_t target,
                                        const std::string& name);

/// Their differences, answer - truth, over the answers.
[[nodiscard]] Figure residuals_figure(std::span<const Miss> misses, std::size_t target,
                                      const std::string& name);

// What a network has learned of a plane, over the samples: at most 1,000 of those for training,
// hollow, and 1,000 of those for tests. In the units of the data.

/// The class that the network answers everywhere.
/// @param model  one that has_regions()
[[nodiscard]] Figure regions_figure(const AnyModel& model, const Dataset& dataset);

/// The number that the network answers.
/// @param model   one that has_curves()
/// @param target  which number
[[nodiscard]] Figure curve_figure(const AnyModel& model, const Dataset& dataset,
                                  std::size_t target);

/// Those that a model has: its regions, a curve for each number, or none.
[[nodiscard]] std::vector<Figure> plane_figures(const AnyModel& model, const Dataset& dataset);

}  // namespace gradus
