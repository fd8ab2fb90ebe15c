// SPDX-License-Identifier: MIT
#include "squares_for_classes.hpp"

#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gradus/loss/loss.hpp"
#include "gradus/train/trainer.hpp"
#include "mean_of_runs.hpp"
#include "plane_points.hpp"

namespace gradus {
namespace squares_for_classes {
namespace {

constexpr std::array<std::string_view, 2> loss_ids{"cross_entropy", "mean_squared_error"};
constexpr std::array rates{0.3, 1.0, 3.0};
constexpr std::array deviations{1.0, 10.0};  // of the first weights
constexpr std::size_t num_runs = 5;
constexpr std::size_t num_points = 200;
constexpr std::uint64_t most_iterations = 600;
constexpr std::uint64_t iterations_between_looks = 20;
constexpr double goal = 0.95;

/// Several runs with one loss and one learning rate.
struct Trial {
  std::string_view loss;
  double deviation;
  double rate;
  std::vector<double> iterations;  // of the runs that reached the goal

  [[nodiscard]] bool is_better_than(const Trial& other) const {
    return iterations.size() != other.iterations.size()
               ? iterations.size() > other.iterations.size()
               : !iterations.empty() &&
                     mean_of_runs(iterations).mean < mean_of_runs(other.iterations).mean;
  }
};

/// When the goal was reached first, if it was.
std::optional<std::uint64_t> iterations_to_goal(const Dataset& points, const Trial& trial,
                                                std::uint64_t seed) {
  TrainingOptions options;
  options.network = {.layer_sizes = {2, 8, 2}, .activation = "tanh"};
  options.initializer.standard_deviation = trial.deviation;
  options.loss = trial.loss;
  options.schedule.learning_rate = trial.rate;
  options.batch_size = 20;
  options.num_iterations = most_iterations;
  options.evaluate_every = iterations_between_looks;
  options.standardize = false;
  options.seed = seed;
  Team team(1);
  Trainer<double> trainer(points, options, team);
  std::optional<std::uint64_t> reached;
  TrainingObserver observer;
  observer.on_record = [&](const ScoreRecord& record) {
    if (!reached && record.train_score >= goal) {
      reached = record.iteration;
    }
  };
  observer.should_stop = [&] { return reached.has_value(); };
  trainer.run(observer);
  return reached;
}

Trial best_trial(std::string_view loss, double deviation, const std::vector<Dataset>& points,
                 std::uint64_t seed) {
  std::optional<Trial> best;
  for (const double rate : rates) {
    Trial trial{loss, deviation, rate, {}};
    for (std::size_t run = 0; run < num_runs; ++run) {
      if (const auto reached = iterations_to_goal(points[run], trial, seed + run)) {
        trial.iterations.push_back(static_cast<double>(*reached));
      }
    }
    if (!best || trial.is_better_than(*best)) {
      best = std::move(trial);
    }
  }
  return *std::move(best);
}

std::vector<Value> row(const Trial& trial) {
  std::vector<Value> cells{trial.deviation, TextId{std::string(trial.loss)}};
  if (trial.iterations.empty()) {
    cells.insert(cells.end(), {TextId{"none"}, 0, TextId{"none"}, TextId{"none"}});
    return cells;
  }
  const MeanOfRuns runs = mean_of_runs(trial.iterations);
  const Value error = trial.iterations.size() > 1 ? Value(runs.error) : Value(TextId{"none"});
  cells.insert(cells.end(), {trial.rate, trial.iterations.size(), runs.mean, error});
  return cells;
}

/// How hard each loss pulls at the score of the right class of two, by its probability.
Figure pull_figure() {
  Figure figure{.title = "pull_figure", .x = {"right_probability"}, .y = {"pull"}};
  constexpr int num_places = 50;
  for (const std::string_view id : loss_ids) {
    const auto loss = losses<double>(Task::classification).find(id).make();
    Series pull{.kind = SeriesKind::line, .label = std::string(id)};
    for (int i = 1; i < num_places; ++i) {
      const double p = static_cast<double>(i) / num_places;
      const std::array scores{std::log(p / (1 - p)), 0.0};
      std::array<double, 2> gradient{};
      constexpr std::array<Label, 1> right{0};
      loss->value_and_gradient(MatrixView<const double>(scores.data(), 1, 2),
                               std::span<const Label>(right),
                               MatrixView<double>(gradient.data(), 1, 2));
      pull.x.push_back(p);
      pull.y.push_back(-gradient[0]);
    }
    figure.series.push_back(std::move(pull));
  }
  return figure;
}

}  // namespace
}  // namespace squares_for_classes

void add_squares_for_classes(Result& result, std::uint64_t seed) {
  using squares_for_classes::Trial;
  std::vector<Dataset> points;
  for (std::size_t run = 0; run < squares_for_classes::num_runs; ++run) {
    points.push_back(plane_points(
        {.kind = "xor", .num_samples = squares_for_classes::num_points, .seed = seed + run},
        min_plane_samples));
  }
  Table table{"classes",
              {{"first_weights"},
               {"loss"},
               {"rate"},
               {"runs_there"},
               {"iterations", 3},
               {"uncertainty", 3}},
              {}};
  std::vector<Trial> trials;
  for (const double deviation : squares_for_classes::deviations) {
    for (const std::string_view loss : squares_for_classes::loss_ids) {
      trials.push_back(squares_for_classes::best_trial(loss, deviation, points, seed));
      table.rows.push_back(squares_for_classes::row(trials.back()));
    }
  }
  result.tables.push_back(std::move(table));
  result.figures.push_back(squares_for_classes::pull_figure());
  const auto there = [&](std::size_t i) { return trials[i].iterations.size(); };
  result.find("both_losses", {{"runs", squares_for_classes::num_runs},
                              {"entropy_there", there(0)},
                              {"squares_there", there(1)}});
  if (there(3) < there(2)) {
    result.find("squares_are_stuck", {{"deviation", trials[3].deviation},
                                      {"steps", squares_for_classes::most_iterations},
                                      {"runs", squares_for_classes::num_runs},
                                      {"entropy_there", there(2)},
                                      {"squares_there", there(3)}});
  }
}

}  // namespace gradus
