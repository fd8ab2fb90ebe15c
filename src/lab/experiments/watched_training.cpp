// SPDX-License-Identifier: MIT
#include "watched_training.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace gradus {
namespace {

constexpr std::size_t most_points = 1000;

/// Every how many iterations there is a point.
std::size_t stride_of(const WatchedTraining& training) {
  return training.curves.losses.size() / most_points + 1;
}

}  // namespace

double WatchedTraining::mean_loss(std::size_t first, std::size_t end) const {
  double sum = 0;
  for (std::size_t i = first; i < end; ++i) {
    sum += curves.losses[i];
  }
  return sum / static_cast<double>(end - first);
}

WatchedTraining train_and_watch(const Dataset& dataset, const TrainingOptions& options) {
  Team team(1);
  Trainer<float> trainer(dataset, options, team);
  WatchedTraining training;
  TrainingObserver observer;
  observer.on_iteration = [&](std::uint64_t, double loss) {
    training.curves.losses.push_back(loss);
  };
  observer.on_record = [&](const ScoreRecord& record) {
    training.curves.records.push_back(record);
  };
  training.result = trainer.run(observer);
  training.model = trainer.model();
  return training;
}

Series loss_series(std::string label, const WatchedTraining& training) {
  Series series{.kind = SeriesKind::line, .label = std::move(label)};
  for (std::size_t i = 0; i < training.curves.losses.size(); i += stride_of(training)) {
    series.x.push_back(static_cast<double>(i));
    series.y.push_back(training.curves.losses[i]);
  }
  return series;
}

Series mean_loss_series(std::string label, const WatchedTraining& training) {
  Series series{.kind = SeriesKind::line, .label = std::move(label)};
  for (std::size_t end = loss_window; end <= training.curves.losses.size();
       end += stride_of(training)) {
    series.x.push_back(static_cast<double>(end) - loss_window / 2.0);
    series.y.push_back(training.mean_loss(end - loss_window, end));
  }
  return series;
}

}  // namespace gradus
