// SPDX-License-Identifier: MIT
#include "gradus/lab/run_figures.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

#include "gradus/core/numbers_below.hpp"
#include "gradus/data/classes.hpp"
#include "gradus/nn/network.hpp"
#include "pictures.hpp"
#include "record_series.hpp"

namespace gradus {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t max_units = 50;
constexpr std::size_t units_across = 10;

/// A curve of more points is thinned out: a picture has no more columns.
constexpr std::size_t max_points = 1000;

/// So many iterations share a point.
constexpr std::size_t stretch_of(std::size_t num_iterations) {
  return (num_iterations + max_points - 1) / max_points;
}

/// Of each stretch the least and the greatest loss, so that the noise keeps its width.
Series trace_of(std::span<const double> losses) {
  Series trace{.kind = SeriesKind::trace, .label = "each_batch"};
  const std::size_t stretch = stretch_of(losses.size());
  for (std::size_t begin = 0; begin < losses.size(); begin += stretch) {
    const auto part = losses.subspan(begin, std::min(stretch, losses.size() - begin));
    const auto [least, greatest] = std::minmax_element(part.begin(), part.end());
    for (const auto place : {std::min(least, greatest), std::max(least, greatest)}) {
      trace.x.push_back(
          static_cast<double>(begin + static_cast<std::size_t>(place - part.begin())));
      trace.y.push_back(*place);
    }
  }
  return trace;
}

Series mean_of(std::span<const double> losses, std::size_t window) {
  Series line{.kind = losses.size() > 1 ? SeriesKind::line : SeriesKind::points};
  const std::vector<double> means = smoothed(losses, window);
  const std::size_t stretch = stretch_of(means.size());
  for (std::size_t i = 0; i < means.size(); ++i) {
    if (i % stretch == 0 || i + 1 == means.size()) {
      line.x.push_back(static_cast<double>(i));
      line.y.push_back(means[i]);
    }
  }
  return line;
}

/// Whether curves lie so far apart that on a plain axis only the highest could be seen.
bool are_far_apart(const std::vector<Series>& curves) {
  double lowest = std::numeric_limits<double>::infinity();
  double highest = -lowest;
  for (const Series& curve : curves) {
    for (const double y : curve.y) {
      lowest = std::min(lowest, y);  // a NaN changes nothing
      highest = std::max(highest, y);
    }
  }
  return lowest > 0 && highest > 100 * lowest;
}

/// About a fiftieth of a run, and odd; of a very short one all is shown as it is.
std::size_t window_for(std::size_t num_losses) {
  return num_losses < 20 ? 1 : std::max<std::size_t>(num_losses / 100 * 2 + 1, 5);
}

/// Of a line with one point there would be nothing to see.
Series score_series(const RunCurves& run, std::string label, Measure score) {
  Series series = record_series(std::move(label), run.records, score);
  series.kind = run.records.size() > 1 ? SeriesKind::line : SeriesKind::points;
  return series;
}

}  // namespace

std::vector<double> smoothed(std::span<const double> numbers, std::size_t window) {
  std::vector<double> sums{0};  // of those before each place
  std::vector<std::size_t> counts{0};
  for (const double number : numbers) {
    const bool is_finite = std::isfinite(number);
    sums.push_back(sums.back() + (is_finite ? number : 0));
    counts.push_back(counts.back() + (is_finite ? 1 : 0));
  }
  const std::size_t reach = window / 2;
  std::vector<double> means;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const std::size_t begin = i - std::min(i, reach);
    const std::size_t end = std::min(numbers.size(), i + reach + 1);
    const std::size_t count = counts[end] - counts[begin];
    means.push_back(count == 0 ? not_a_number
                               : (sums[end] - sums[begin]) / static_cast<double>(count));
  }
  return means;
}

std::optional<Figure> loss_figure(std::span<const RunCurves> runs) {
  std::size_t longest = 0;
  for (const RunCurves& run : runs) {
    longest = std::max(longest, run.losses.size());
  }
  const std::size_t window = window_for(longest);
  const std::vector<NamedValue> values{{"window", window}};
  Figure figure{.title = runs.size() == 1 ? "loss_figure" : "losses_figure",
                .values = values,
                .x = {"iteration"},
                .y = {"loss"}};
  for (const RunCurves& run : runs) {
    if (std::none_of(run.losses.begin(), run.losses.end(),
                     [](double loss) { return std::isfinite(loss); })) {
      continue;  // there is nothing to see of it
    }
    Series line = mean_of(run.losses, window);
    if (runs.size() > 1) {
      line.label = "run_name";
      line.values = {{"run", run.name}};
    } else if (window > 1) {
      figure.series.push_back(trace_of(run.losses));
      line.label = "mean_of_batches";
      line.values = values;
    } else {
      line.label = "each_batch";
    }
    figure.series.push_back(std::move(line));
  }
  figure.y.is_log = runs.size() > 1 && are_far_apart(figure.series);
  return figure.series.empty() ? std::nullopt : std::optional(std::move(figure));
}

std::optional<Figure> score_figure(std::span<const RunCurves> runs) {
  const bool is_of_classes = runs.empty() || runs.front().task == Task::classification;
  Figure figure{.title = runs.size() == 1 ? (is_of_classes ? "accuracy_figure" : "r2_figure")
                                          : (is_of_classes ? "accuracies_figure" : "r2s_figure"),
                .x = {"iteration"},
                .y = {is_of_classes ? "accuracy" : "r2"}};
  for (const RunCurves& run : runs) {
    if (run.records.empty()) {
      continue;
    }
    if (runs.size() > 1) {
      Series line = score_series(run, "run_name", test_score_of);
      line.values = {{"run", run.name}};
      figure.series.push_back(std::move(line));
      continue;
    }
    figure.series.push_back(score_series(run, "training_samples", train_score_of));
    figure.series.push_back(score_series(run, "test_samples", test_score_of));
    if (run.records.front().validation_score) {
      figure.series.push_back(score_series(run, "validation_samples", validation_score_of));
    }
  }
  return figure.series.empty() ? std::nullopt : std::optional(std::move(figure));
}

template <Real T>
std::optional<Figure> weights_figure(const Model<T>& model) {
  const Shape& shape = model.sample_shape;
  const Network<T> network(model.network);
  if (shape.num_axes() != 2 || shape[0] != shape[1] ||
      shape[0] * shape[1] != network.num_inputs()) {
    return std::nullopt;
  }
  const std::size_t num_units = model.network.layer_sizes[1];
  const std::size_t num_shown = std::min(num_units, max_units);
  const MatrixView<const T> weights = network.weights(0).matrix_of(std::span(model.parameters));
  std::vector<double> pixels;
  for (std::size_t unit = 0; unit < num_shown; ++unit) {
    for (std::size_t i = 0; i < weights.num_rows(); ++i) {
      pixels.push_back(static_cast<double>(weights(i, unit)));
    }
  }
  return Figure{.title = num_shown < num_units ? "some_weights_figure" : "weights_figure",
                .values = {{"shown", num_shown}, {"units", num_units}},
                .x = {""},
                .y = {""},
                .series = {pictures(pixels, shape[0], units_across)},
                .has_equal_scales = true};
}

Figure confusion_figure(const Evaluation& evaluation, std::span<const std::string> class_names) {
  const auto counts = evaluation.confusion.matrix();
  Series image{.kind = SeriesKind::image,
               .x = numbers_below<double>(counts.num_rows()),
               .y = numbers_below<double>(counts.num_rows())};
  std::vector<std::string> names;
  for (std::size_t c = 0; c < counts.num_rows(); ++c) {
    names.push_back(class_name(class_names, c));
  }
  for (std::size_t guess = 0; guess < counts.num_cols(); ++guess) {
    for (std::size_t truth = 0; truth < counts.num_rows(); ++truth) {
      double of_class = 0;
      for (const std::uint64_t count : counts.row(truth)) {
        of_class += static_cast<double>(count);
      }
      const auto count = static_cast<double>(counts(truth, guess));
      image.z.push_back(count > 0 ? std::round(1000 * count / of_class) / 10 : not_a_number);
    }
  }
  return {.title = "confusion_figure",
          .x = {.label = "predicted_class", .names = names},
          .y = {.label = "true_class", .names = names},
          .z = Axis{"percent_of_class"},
          .series = {std::move(image)},
          .has_equal_scales = true};
}

template std::optional<Figure> weights_figure<float>(const Model<float>&);
template std::optional<Figure> weights_figure<double>(const Model<double>&);

}  // namespace gradus
