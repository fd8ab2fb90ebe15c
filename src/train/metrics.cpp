// SPDX-License-Identifier: MIT
#include "gradus/train/metrics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "gradus/core/error.hpp"

namespace gradus {
namespace {

constexpr std::size_t rows_at_once = 512;  // enough work to share out, small enough for the cache

double share(std::uint64_t part, std::uint64_t whole) {
  return static_cast<double>(part) / static_cast<double>(whole);
}

std::optional<double> share_if_any(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? std::nullopt : std::optional(share(part, whole));
}

/// Writes down answers and truth of a batch of numbers, in their units.
template <Real T>
void append_in_units(MatrixView<const T> numbers, const Standardization& columns,
                     std::vector<double>& all) {
  for (std::size_t b = 0; b < numbers.num_rows(); ++b) {
    for (std::size_t k = 0; k < numbers.num_cols(); ++k) {
      all.push_back(columns.undo(static_cast<double>(numbers(b, k)), k));
    }
  }
}

}  // namespace

std::uint64_t Evaluation::num_samples() const {
  if (task() == Task::regression) {
    return fit.num_samples;
  }
  const auto counts = confusion.elements();
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

std::uint64_t Evaluation::num_correct() const {
  const auto counts = confusion.matrix();
  std::uint64_t sum = 0;
  for (std::size_t c = 0; c < counts.num_rows(); ++c) {
    sum += counts(c, c);
  }
  return sum;
}

Interval wilson_interval(std::uint64_t num_right, std::uint64_t num_all) {
  if (num_all == 0) {
    return {0, 1};
  }
  constexpr double z = 1.959963984540054;  // of the normal distribution 95 % lie between -z and z
  const auto n = static_cast<double>(num_all);
  const double p = static_cast<double>(num_right) / n;
  const double middle = p + z * z / (2 * n);
  const double reach = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  const double whole = 1 + z * z / n;
  // At the ends the formula is exactly 0 or 1, up to its rounding.
  return {num_right == 0 ? 0 : (middle - reach) / whole,
          num_right == num_all ? 1 : (middle + reach) / whole};
}

double Evaluation::score() const {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  return task() == Task::classification ? accuracy() : fit.r2.value_or(none);
}

double Evaluation::accuracy() const {
  return share(num_correct(), num_samples());
}

Interval Evaluation::accuracy_interval() const {
  return wilson_interval(num_correct(), num_samples());
}

std::optional<double> Evaluation::precision(std::size_t c) const {
  const auto counts = confusion.matrix();
  std::uint64_t predicted = 0;
  for (std::size_t truth = 0; truth < counts.num_rows(); ++truth) {
    predicted += counts(truth, c);
  }
  return share_if_any(counts(c, c), predicted);
}

std::optional<double> Evaluation::recall(std::size_t c) const {
  const auto row = confusion.matrix().row(c);
  return share_if_any(row[c], std::accumulate(row.begin(), row.end(), std::uint64_t{0}));
}

template <Real T>
Label predicted_class(std::span<const T> scores) {
  return static_cast<Label>(std::max_element(scores.begin(), scores.end()) - scores.begin());
}

template <Real T>
Evaluation evaluate(const Network<T>& network, std::span<const T> parameters, const Loss<T>& loss,
                    InputSource<T>& source, std::span<const std::uint32_t> indices, Team& team) {
  if (indices.empty()) {
    throw ShapeError("evaluate: there are no samples to evaluate on");
  }
  Evaluation result;
  const bool is_of_classes = source.samples().task() == Task::classification;
  const std::size_t num_classes = is_of_classes ? network.num_outputs() : 0;
  result.confusion = Array<std::uint64_t>(Shape{num_classes, num_classes});
  const auto confusion = result.confusion.matrix();
  std::vector<double> answers;
  std::vector<double> truth;
  Workspace<T> workspace(network, std::min(rows_at_once, indices.size()), Passes::forward);
  double sum_of_losses = 0;
  for (std::size_t start = 0; start < indices.size(); start += rows_at_once) {
    const auto batch = indices.subspan(start, std::min(rows_at_once, indices.size() - start));
    const Targets<T> targets = source.targets(batch);
    const auto scores = network.forward(parameters, source.rows(batch), workspace, team);
    sum_of_losses +=
        static_cast<double>(loss.value(scores, targets)) * static_cast<double>(batch.size());
    if (const auto* const labels = std::get_if<std::span<const Label>>(&targets)) {
      for (std::size_t b = 0; b < batch.size(); ++b) {
        ++confusion((*labels)[b], predicted_class<T>(scores.row(b)));
      }
    } else {
      append_in_units<T>(scores, source.target_columns(), answers);
      append_in_units<T>(std::get<MatrixView<const T>>(targets), source.target_columns(), truth);
    }
  }
  if (!is_of_classes) {
    const std::size_t num_targets = network.num_outputs();
    result.fit = fit_of({answers.data(), indices.size(), num_targets},
                        {truth.data(), indices.size(), num_targets}, source.target_columns().means);
  }
  result.loss = sum_of_losses / static_cast<double>(indices.size());
  return result;
}

template Label predicted_class<float>(std::span<const float>);
template Label predicted_class<double>(std::span<const double>);
template Evaluation evaluate<float>(const Network<float>&, std::span<const float>,
                                    const Loss<float>&, InputSource<float>&,
                                    std::span<const std::uint32_t>, Team&);
template Evaluation evaluate<double>(const Network<double>&, std::span<const double>,
                                     const Loss<double>&, InputSource<double>&,
                                     std::span<const std::uint32_t>, Team&);

}  // namespace gradus
