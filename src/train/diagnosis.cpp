// SPDX-License-Identifier: MIT
#include "gradus/train/diagnosis.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "gradus/core/numbers_below.hpp"

namespace gradus {
namespace {

constexpr std::uint64_t few = 20;  // losses of single batches jump; their mean does not
constexpr double explosion_factor = 10;
constexpr std::uint64_t shortest_stretch = 1000;
constexpr double share_of_guess = 0.98;
constexpr double near_guess = 1.1;  // farther above, a loss may still be on its way down

// A run this short may have learned nothing yet and be well.
constexpr std::uint64_t enough_iterations = 500;

constexpr double dead_limit = 2.0 / 3;
constexpr double saturated_limit = 0.5;
constexpr std::size_t num_probed = 1000;

// With fewer even a good network may be right no more often than chance allows.
constexpr std::uint64_t enough_test_samples = 200;
constexpr std::uint64_t enough_to_judge_a_fit = 20;
constexpr double largest_common_share = 0.9;  // among 300 samples 30 are then of other classes

/// Whether there are enough samples, of more than one class, for a good network to stand out.
bool can_tell_from_chance(const Evaluation& evaluation) {
  const auto counts = evaluation.confusion.matrix();
  const std::uint64_t num_samples = evaluation.num_samples();
  std::uint64_t most = 0;
  for (std::size_t c = 0; c < counts.num_rows(); ++c) {
    const auto row = counts.row(c);
    most = std::max(most, std::accumulate(row.begin(), row.end(), std::uint64_t{0}));
  }
  return num_samples >= enough_test_samples &&
         static_cast<double>(most) <= largest_common_share * static_cast<double>(num_samples);
}

}  // namespace

namespace {

template <Real T>
double blind_guess_of_classes(const Loss<T>& loss, std::span<const Label> labels,
                              std::size_t num_outputs) {
  std::vector<double> shares(num_outputs);
  for (const Label label : labels) {
    shares[label] += 1 / static_cast<double>(labels.size());
  }
  std::vector<T> scores(num_outputs);
  std::transform(shares.begin(), shares.end(), scores.begin(), [](double share) {
    constexpr double as_good_as_0 = 1e-9;  // ln 0 is no score
    return static_cast<T>(std::log(std::max(share, as_good_as_0)));
  });
  double guess = 0;
  for (std::size_t c = 0; c < num_outputs; ++c) {
    const auto label = static_cast<Label>(c);
    guess += shares[c] *
             static_cast<double>(loss.value({scores.data(), 1, num_outputs}, std::span(&label, 1)));
  }
  return guess;
}

/// The loss of one answer for all rows.
template <Real T>
double loss_of_answer(const Loss<T>& loss, std::span<const T> answer, MatrixView<const T> targets) {
  std::vector<T> scores;
  scores.reserve(targets.num_elements());
  for (std::size_t n = 0; n < targets.num_rows(); ++n) {
    scores.insert(scores.end(), answer.begin(), answer.end());
  }
  return static_cast<double>(
      loss.value({scores.data(), targets.num_rows(), targets.num_cols()}, targets));
}

template <Real T>
double blind_guess_of_numbers(const Loss<T>& loss, MatrixView<const T> targets) {
  std::vector<T> means;
  std::vector<T> medians;
  std::vector<T> column(targets.num_rows());
  for (std::size_t k = 0; k < targets.num_cols(); ++k) {
    for (std::size_t n = 0; n < targets.num_rows(); ++n) {
      column[n] = targets(n, k);
    }
    means.push_back(static_cast<T>(std::accumulate(column.begin(), column.end(), 0.0) /
                                   static_cast<double>(column.size())));
    const auto middle = column.begin() + static_cast<std::ptrdiff_t>(column.size() / 2);
    std::nth_element(column.begin(), middle, column.end());
    medians.push_back(*middle);
  }
  return std::min(loss_of_answer<T>(loss, means, targets),
                  loss_of_answer<T>(loss, medians, targets));
}

}  // namespace

template <Real T>
double blind_guess_loss(const Loss<T>& loss, const Targets<T>& targets, std::size_t num_outputs) {
  if (const auto* const labels = std::get_if<std::span<const Label>>(&targets)) {
    return blind_guess_of_classes(loss, *labels, num_outputs);
  }
  return blind_guess_of_numbers(loss, std::get<MatrixView<const T>>(targets));
}

LossWatch::LossWatch(double guess, std::uint64_t epoch_length)
    : guess_(guess), stretch_(std::max(shortest_stretch, 2 * epoch_length)) {
}

std::optional<Finding> LossWatch::look_for_explosion(std::uint64_t iteration, double loss) {
  sum_of_few_ += loss;
  if (++num_of_few_ < few) {
    return std::nullopt;
  }
  const double mean = std::exchange(sum_of_few_, 0) / static_cast<double>(few);
  num_of_few_ = 0;
  if (has_exploded_ || mean <= explosion_factor * *reference_) {
    return std::nullopt;
  }
  has_exploded_ = true;
  return Finding{"loss_exploding", iteration + 1, {{"loss", mean}, {"reference", *reference_}}};
}

std::optional<Finding> LossWatch::look_for_standstill(std::uint64_t iteration, double loss) {
  const std::uint64_t place = iteration % stretch_;
  if (place >= stretch_ - stretch_ / 5) {
    sum_of_tail_ += loss;
    ++num_of_tail_;
  }
  if (place + 1 < stretch_) {
    return std::nullopt;
  }
  const double mean = std::exchange(sum_of_tail_, 0) / static_cast<double>(num_of_tail_);
  num_of_tail_ = 0;
  if (has_stood_still_ || has_exploded_ || !is_still(mean)) {
    return std::nullopt;
  }
  has_stood_still_ = true;
  return Finding{"loss_not_moving", iteration + 1, {{"loss", mean}, {"guess", guess_}}};
}

bool LossWatch::is_still(double mean) const {
  const bool is_coming_down =
      mean > near_guess * guess_ && mean < share_of_guess * reference_.value_or(guess_);
  return mean >= share_of_guess * guess_ && !is_coming_down;
}

std::optional<Finding> LossWatch::add(std::uint64_t iteration, double loss) {
  if (!reference_) {
    reference_ = std::max(loss, guess_);
  }
  auto explosion = look_for_explosion(iteration, loss);
  auto standstill = look_for_standstill(iteration, loss);
  return explosion ? explosion : standstill;
}

std::optional<Finding> find_one_class(const Evaluation& evaluation, std::uint64_t iteration) {
  const auto counts = evaluation.confusion.matrix();
  const std::size_t num_classes = counts.num_rows();
  const std::uint64_t num_samples = evaluation.num_samples();
  for (std::size_t c = 0; c < num_classes; ++c) {
    std::uint64_t predicted = 0;
    std::uint64_t of_class = 0;
    for (std::size_t other = 0; other < num_classes; ++other) {
      predicted += counts(other, c);
      of_class += counts(c, other);
    }
    const std::uint64_t num_others = num_samples - of_class;
    if (num_others > 0 && 100 * (num_others - (predicted - counts(c, c))) < num_others) {
      return Finding{"one_class",
                     iteration,
                     {{"class", static_cast<double>(c)},
                      {"share", static_cast<double>(predicted) / static_cast<double>(num_samples)},
                      {"accuracy", evaluation.accuracy()}}};
    }
  }
  return std::nullopt;
}

std::optional<Finding> find_no_better_than_mean(const Fit& train, const Fit& test,
                                                std::uint64_t iteration) {
  if (test.num_samples < enough_to_judge_a_fit || !test.r2 || *test.r2 >= 0 || !train.r2) {
    return std::nullopt;
  }
  return Finding{"no_better_than_mean", iteration, {{"r2", *test.r2}, {"train_r2", *train.r2}}};
}

Agreement agreement_of(const Evaluation& evaluation) {
  const auto counts = evaluation.confusion.matrix();
  const auto num_samples = static_cast<double>(evaluation.num_samples());
  Agreement agreement{.observed = evaluation.accuracy(), .num_samples = evaluation.num_samples()};
  for (std::size_t c = 0; c < counts.num_rows(); ++c) {
    double predicted = 0;
    double of_class = 0;
    for (std::size_t other = 0; other < counts.num_rows(); ++other) {
      predicted += static_cast<double>(counts(other, c));
      of_class += static_cast<double>(counts(c, other));
    }
    agreement.expected += predicted / num_samples * (of_class / num_samples);
  }
  return agreement;
}

std::vector<Finding> find_sick_layers(std::span<const LayerHealth> layers,
                                      std::uint64_t iteration) {
  std::vector<Finding> found;
  const auto dead_share = [](const LayerHealth& layer) {
    return static_cast<double>(layer.num_dead) / static_cast<double>(layer.num_units);
  };
  const auto number_of = [&](auto layer) {
    return static_cast<double>(layer - layers.begin() + 1);
  };
  const auto deadest =
      std::max_element(layers.begin(), layers.end(),
                       [&](const auto& a, const auto& b) { return dead_share(a) < dead_share(b); });
  if (deadest != layers.end() && dead_share(*deadest) > dead_limit) {
    found.push_back({"dead_units",
                     iteration,
                     {{"layer", number_of(deadest)},
                      {"dead", static_cast<double>(deadest->num_dead)},
                      {"units", static_cast<double>(deadest->num_units)},
                      {"samples", static_cast<double>(deadest->num_samples)}}});
  }
  const auto flattest = std::max_element(
      layers.begin(), layers.end(),
      [](const auto& a, const auto& b) { return a.saturated_share < b.saturated_share; });
  if (flattest != layers.end() && flattest->saturated_share > saturated_limit) {
    found.push_back({"saturated_units",
                     iteration,
                     {{"layer", number_of(flattest)},
                      {"share", flattest->saturated_share},
                      {"samples", static_cast<double>(flattest->num_samples)}}});
  }
  return found;
}

template <Real T>
RunDiagnosis<T>::RunDiagnosis(const Subject& subject, std::function<void(const Finding&)> tell)
    : subject_(subject),
      tell_(std::move(tell)),
      guess_(blind_guess_loss(subject.loss, subject.train_source.targets(subject.training_indices),
                              subject.network.num_outputs())),
      watch_(guess_, subject.epoch_length) {
}

template <Real T>
bool RunDiagnosis<T>::has(std::string_view id) const {
  return std::any_of(findings_.begin(), findings_.end(),
                     [id](const Finding& finding) { return finding.id == id; });
}

template <Real T>
void RunDiagnosis<T>::add(Finding finding) {
  if (has(finding.id)) {
    return;
  }
  findings_.push_back(std::move(finding));
  if (tell_) {
    tell_(findings_.back());
  }
}

template <Real T>
void RunDiagnosis<T>::look_at_layers(std::uint64_t iteration) {
  const auto all = subject_.training_indices;
  std::vector<std::uint32_t> indices;
  for (const std::size_t place : some_numbers_below<std::size_t>(all.size(), num_probed)) {
    indices.push_back(all[place]);
  }
  const auto layers = examine_layers<T>(subject_.network, subject_.step.parameters(),
                                        subject_.train_source, indices, subject_.team);
  for (Finding& finding : find_sick_layers(layers, iteration)) {
    add(std::move(finding));
  }
}

template <Real T>
void RunDiagnosis<T>::look_at_labels(std::uint64_t iteration, const Evaluation& test) {
  if (!can_tell_from_chance(test) || agreement_of(test).is_beyond_chance()) {
    return;
  }
  const Agreement reference = nearest_neighbour_agreement(subject_.dataset);
  if (!reference.is_beyond_chance()) {
    add({"labels_unrelated",
         iteration,
         {{"agreement", reference.observed},
          {"chance", reference.expected},
          {"samples", static_cast<double>(reference.num_samples)}}});
  }
}

template <Real T>
void RunDiagnosis<T>::note_loss(std::uint64_t iteration, double loss) {
  if (!std::isfinite(loss)) {
    return;  // the run ends here, and find_divergence() has the word
  }
  if (auto finding = watch_.add(iteration, loss)) {
    add(*std::move(finding));
    look_at_layers(iteration + 1);  // where the reason may be
  }
}

template <Real T>
void RunDiagnosis<T>::conclude(std::uint64_t num_iterations, const Evaluation& train,
                               const Evaluation& test) {
  look_at_layers(num_iterations);
  if (num_iterations < std::max(enough_iterations, subject_.epoch_length)) {
    return;
  }
  if (watch_.is_still(train.loss) && !has("loss_exploding")) {
    add({"loss_not_moving", num_iterations, {{"loss", train.loss}, {"guess", guess_}}});
  }
  if (test.task() == Task::regression) {
    if (auto no_better = find_no_better_than_mean(train.fit, test.fit, num_iterations)) {
      add(*std::move(no_better));
    }
    return;
  }
  if (auto one_class = find_one_class(test, num_iterations)) {
    const auto c = static_cast<std::size_t>(one_class->number("class"));
    if (c < subject_.dataset.class_names.size()) {
      one_class->name = subject_.dataset.class_names[c];
    }
    add(*std::move(one_class));
  }
  look_at_labels(num_iterations, test);
}

template double blind_guess_loss<float>(const Loss<float>&, const Targets<float>&, std::size_t);
template double blind_guess_loss<double>(const Loss<double>&, const Targets<double>&, std::size_t);
template class RunDiagnosis<float>;
template class RunDiagnosis<double>;

}  // namespace gradus
