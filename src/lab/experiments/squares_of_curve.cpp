// SPDX-License-Identifier: MIT
#include "squares_of_curve.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <span>
#include <utility>

#include "gradus/core/numbers_below.hpp"
#include "gradus/data/input_source.hpp"
#include "gradus/diff/numerical.hpp"
#include "gradus/loss/loss.hpp"
#include "gradus/loss/sum_squares_error.hpp"
#include "gradus/math/norm.hpp"
#include "gradus/nn/initialize.hpp"
#include "gradus/nn/network.hpp"

namespace gradus {
namespace squares_of_curve {
namespace {

constexpr std::size_t num_units = 8;
constexpr std::size_t num_points_shown = 4;
// Beyond this many times the first error a descent is lost, and stopped.
constexpr double lost = 1e6;
constexpr double highest_drawn = 10;  // times the first error

/// A net and all the points, with its answers y and the right ones t.
class Curve {
 public:
  Curve(const Samples& samples, std::uint64_t seed)
      : indices_(numbers_below<std::uint32_t>(samples.num_samples())),
        source_(samples, scaling_of(samples, indices_, true), InputForm::dense,
                {.means = {0}, .deviations = {1}}),  // the numbers as they are
        parameters_(network_.num_parameters()),
        workspace_(network_, indices_.size()),
        mean_squares_(losses<double>(Task::regression).find("mean_squared_error").make()) {
    initialize<double>(network_, {.standard_deviation = 1}, seed, parameters_);
  }

  /// (N, 1) of the net as it is now.
  MatrixView<const double> answers() {
    return network_.forward(parameters_, source_.rows(indices_), workspace_, team_);
  }

  std::span<const double> truth() {
    targets_ = source_.targets(indices_);
    return std::get<MatrixView<const double>>(targets_).elements();
  }

  /// The root of the mean square, whatever is descended.
  double error() { return std::sqrt(mean_squares_->value(answers(), source_.targets(indices_))); }

  /// dL/dparameters. Of half the sum the gradient by the answers is y - t, as written here; that of
  /// the mean is the loss's own.
  std::vector<double> gradient(bool is_half_sum) {
    const Input<double> x = source_.rows(indices_);
    const MatrixView<const double> y = network_.forward(parameters_, x, workspace_, team_);
    const std::span<double> d_y = workspace_.d_scores().elements();
    if (is_half_sum) {
      const std::span<const double> t = truth();
      for (std::size_t n = 0; n < d_y.size(); ++n) {
        d_y[n] = y.elements()[n] - t[n];
      }
    } else {
      mean_squares_->value_and_gradient(y, source_.targets(indices_), workspace_.d_scores());
    }
    std::vector<double> gradient(parameters_.size());
    network_.backward(parameters_, x, workspace_, gradient, team_);
    return gradient;
  }

  void descend(std::span<const double> gradient, double learning_rate) {
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
      parameters_[i] -= learning_rate * gradient[i];
    }
  }

 private:
  Network<double> network_{{.layer_sizes = {1, num_units, 1}, .activation = "tanh"}};
  std::vector<std::uint32_t> indices_;
  InputSource<double> source_;
  Targets<double> targets_;
  std::vector<double> parameters_;
  Workspace<double> workspace_;
  std::unique_ptr<const Loss<double>> mean_squares_;
  Team team_;
};

struct Descent {
  std::string form;
  double learning_rate;
  double first_length = 0;  // of the gradient
  std::vector<double> errors = {};
};

Descent descend(const Samples& samples, const SquaresOptions& options, std::string form,
                double learning_rate) {
  Curve curve(samples, options.seed);
  Descent descent{.form = std::move(form), .learning_rate = learning_rate};
  descent.errors.push_back(curve.error());
  for (std::size_t step = 0; step < options.num_steps; ++step) {
    const std::vector<double> gradient = curve.gradient(descent.form == "half_sum");
    descent.first_length = step == 0 ? euclidean_norm(gradient) : descent.first_length;
    curve.descend(gradient, learning_rate);
    descent.errors.push_back(curve.error());
    if (!(descent.errors.back() < lost * descent.errors.front())) {
      break;
    }
  }
  return descent;
}

/// The gradient of half the sum of squares by the first answers, in two ways.
void add_gradient(Result& result, const Samples& samples, const SquaresOptions& options) {
  Curve curve(samples, options.seed);
  const std::span<const double> t = curve.truth();
  const MatrixView<const double> answers = curve.answers();
  std::vector<double> y(answers.elements().begin(), answers.elements().end());
  const std::vector<double> numerical = numerical_gradient(
      [t](std::span<const double> answer) { return sum_squares_error(answer, t); },
      std::span<double>(y));
  Table table{"gradient", {{"answer"}, {"truth"}, {"difference"}, {"numerical"}}, {}};
  double largest = 0;
  for (std::size_t n = 0; n < y.size(); ++n) {
    largest = std::max(largest, std::abs(numerical[n] - (y[n] - t[n])));
    if (n < num_points_shown) {
      table.rows.push_back({y[n], t[n], y[n] - t[n], numerical[n]});
    }
  }
  result.tables.push_back(std::move(table));
  result.find("gradient_is_the_difference", {{"count", y.size()}, {"largest", largest}});
}

}  // namespace
}  // namespace squares_of_curve

void add_squares_of_curve(Result& result, const Samples& samples, const SquaresOptions& options) {
  using squares_of_curve::descend;
  const double rate = options.learning_rate;
  const double factor = static_cast<double>(samples.num_samples()) / 2;
  const std::array descents{descend(samples, options, "mean_of_squares", rate),
                            descend(samples, options, "half_sum", rate),
                            descend(samples, options, "half_sum", rate / factor)};
  squares_of_curve::add_gradient(result, samples, options);
  Table table{"forms", {{"form"}, {"rate"}, {"first_length", 4}, {"steps"}, {"last_error", 4}}, {}};
  const double first = descents[1].errors.front();
  const double last = descents[1].errors.back();
  double lowest = first;
  Figure figure{
      .title = "forms_figure", .x = {"steps"}, .y = {.label = "error_of_answers", .is_log = true}};
  for (const squares_of_curve::Descent& descent : descents) {
    table.rows.push_back({TextId{descent.form}, descent.learning_rate, descent.first_length,
                          descent.errors.size() - 1, descent.errors.back()});
    figure.series.push_back(
        {.kind = SeriesKind::line,
         .label = "descent",
         .values = {{"form", TextId{descent.form}}, {"rate", descent.learning_rate}},
         .x = numbers_below<double>(descent.errors.size()),
         .y = descent.errors});
    lowest = std::min(lowest, *std::min_element(descent.errors.begin(), descent.errors.end()));
  }
  result.tables.push_back(std::move(table));
  figure.y.range = std::pair{lowest / 2, squares_of_curve::highest_drawn * first};
  result.figures.push_back(std::move(figure));
  result.find("same_minimum", {{"count", samples.num_samples()},
                               {"factor", factor},
                               {"ratio", descents[1].first_length / descents[0].first_length}});
  result.find(last < first ? "same_rate_still_falls" : "same_rate_is_too_large",
              {{"rate", rate},
               {"first", first},
               {"last", last},
               {"steps", descents[1].errors.size() - 1},
               {"mean_last", descents[0].errors.back()},
               {"smaller", rate / factor},
               {"apart", std::abs(descents[2].errors.back() - descents[0].errors.back())}});
}

}  // namespace gradus
