// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "every_experiment.hpp"
#include "gradus/data/digits.hpp"
#include "gradus/train/classifier.hpp"
#include "lab/pictures.hpp"
#include "seed_parameter.hpp"
#include "watched_training.hpp"

namespace gradus {
namespace weights_lab {
namespace {

constexpr std::array<std::string_view, 2> hidden_sizes{"4", "20"};
constexpr std::array<std::string_view, 2> iteration_counts{"0", "1000"};
constexpr std::array<std::string_view, 1> deviations{"0.3"};
constexpr std::array<std::string_view, 1> image_counts{"200"};
constexpr std::array parameters{
    Parameter{.id = "hidden",
              .kind = ParameterKind::integer,
              .initial = "12",
              .tries = hidden_sizes,
              .minimum = 1,
              .maximum = 50},
    Parameter{.id = "iterations",
              .kind = ParameterKind::integer,
              .initial = "400",
              .tries = iteration_counts,
              .minimum = 0,
              .maximum = 10'000},
    Parameter{.id = "std",
              .kind = ParameterKind::real,
              .initial = "0.01",
              .tries = deviations,
              .minimum = 0.0001,
              .maximum = 10},
    Parameter{.id = "images",
              .kind = ParameterKind::integer,
              .initial = "1000",
              .tries = image_counts,
              .minimum = 50,
              .maximum = 20'000},
    seed_parameter,
};

constexpr std::size_t num_test_images = 500;
constexpr std::size_t max_misread = 12;

WatchedTraining train(const Settings& given, const Dataset& digits) {
  TrainingOptions options;
  options.network.layer_sizes = {num_digit_pixels, given.integer("hidden"), num_digit_classes};
  options.initializer.standard_deviation = given.real("std");
  options.schedule.learning_rate = 1;
  options.batch_size = 50;
  options.num_iterations = given.integer("iterations");
  options.evaluate_every = 0;
  options.seed = given.integer("seed");
  return train_and_watch(digits, options);
}

/// The weights of an affine layer of the model, counted from 0.
MatrixView<const float> weights_of(const Model<float>& model, std::size_t layer) {
  const Network<float> network(model.network);
  return network.weights(layer).matrix_of(std::span(model.parameters));
}

/// Pictures side by side: nothing is measured along the axes.
Figure sheet(std::string title, std::span<const double> pixels) {
  constexpr std::size_t per_row = 4;
  return {.title = std::move(title),
          .x = {},
          .y = {},
          .series = {pictures(pixels, digit_side, per_row)},
          .has_equal_scales = true};
}

/// The picture of each hidden unit: a column of W1.
std::vector<double> pixels_of(MatrixView<const float> w1) {
  std::vector<double> pixels;
  for (std::size_t unit = 0; unit < w1.num_cols(); ++unit) {
    for (std::size_t pixel = 0; pixel < w1.num_rows(); ++pixel) {
      pixels.push_back(static_cast<double>(w1(pixel, unit)));
    }
  }
  return pixels;
}

/// What each hidden unit says for the digits: a row of W2.
Table units_table(MatrixView<const float> w2) {
  Table table{"units",
              {{"unit"}, {"most_for"}, {"weight_for", 3}, {"most_against"}, {"weight_against", 3}},
              {}};
  for (std::size_t unit = 0; unit < w2.num_rows(); ++unit) {
    const std::span<const float> row = w2.row(unit);
    const auto [low, high] = std::minmax_element(row.begin(), row.end());
    table.rows.push_back({unit + 1, high - row.begin(), *high, low - row.begin(), *low});
  }
  return table;
}

struct Misread {
  std::size_t image;
  Label truth;
  Label guess;
  double sure;   // the probability of the guess
  double right;  // that of the truth
};

struct Reading {
  std::vector<Misread> misread;  // the surest first
  double mean_sure = 0;          // of the guesses on all images
};

Reading read(const Model<float>& model, const Samples& images) {
  Classifier<float> classifier(model);
  Reading reading;
  for (std::size_t i = 0; i < images.num_samples(); ++i) {
    const std::vector<float> p = classifier.probabilities(
        std::span(images.bytes).subspan(i * num_digit_pixels, num_digit_pixels));
    const auto best = std::max_element(p.begin(), p.end());
    const auto guess = static_cast<Label>(best - p.begin());
    const Label truth = images.labels[i];
    reading.mean_sure += static_cast<double>(*best) / static_cast<double>(images.num_samples());
    if (guess != truth) {
      reading.misread.push_back(
          {i, truth, guess, static_cast<double>(*best), static_cast<double>(p[truth])});
    }
  }
  std::stable_sort(reading.misread.begin(), reading.misread.end(),
                   [](const Misread& a, const Misread& b) { return a.sure > b.sure; });
  return reading;
}

void show_misread(Result& result, std::span<const Misread> misread, const Samples& images) {
  Table table{"misread", {{"place"}, {"truth"}, {"guess"}, {"sure", 3}, {"right", 3}}, {}};
  std::vector<double> pixels;
  for (const Misread& mistake : misread) {
    table.rows.push_back(
        {table.rows.size() + 1, mistake.truth, mistake.guess, mistake.sure, mistake.right});
    for (const std::uint8_t byte :
         std::span(images.bytes).subspan(mistake.image * num_digit_pixels, num_digit_pixels)) {
      pixels.push_back(byte / 255.0);
    }
  }
  result.tables.push_back(std::move(table));
  result.figures.push_back(sheet("misread_figure", pixels));
}

/// Weights of pixels that some training image inks, and of those that none does.
struct Margin {
  std::size_t num_pixels = 0;  // never inked
  double blank = 0;            // root mean square of their weights
  double inked = 0;            // of the others
};

Margin margin_of(MatrixView<const float> w1, const Samples& images) {
  std::vector<bool> is_inked(num_digit_pixels, false);
  for (std::size_t i = 0; i < images.bytes.size(); ++i) {
    is_inked[i % num_digit_pixels] = is_inked[i % num_digit_pixels] || images.bytes[i] > 0;
  }
  Margin margin;
  std::array<double, 2> squares{};
  for (std::size_t pixel = 0; pixel < num_digit_pixels; ++pixel) {
    for (const float weight : w1.row(pixel)) {
      squares[is_inked[pixel] ? 1 : 0] += static_cast<double>(weight) * static_cast<double>(weight);
    }
    if (!is_inked[pixel]) {
      ++margin.num_pixels;
    }
  }
  const auto units = static_cast<double>(w1.num_cols());
  const auto blank = static_cast<double>(margin.num_pixels);
  margin.blank = std::sqrt(squares[0] / (blank * units));
  margin.inked = std::sqrt(squares[1] / ((num_digit_pixels - blank) * units));
  return margin;
}

void explain_pictures(Result& result, const Margin& margin, const Settings& given) {
  const std::vector<NamedValue> facts{{"pixels", margin.num_pixels},
                                      {"blank", margin.blank},
                                      {"inked", margin.inked},
                                      {"std", given.real("std")}};
  if (given.integer("iterations") == 0) {
    result.find("untrained", facts);
  } else if (margin.num_pixels > 0) {
    constexpr double stands_out = 2;  // times the first weights
    result.find(margin.inked > stands_out * margin.blank ? "margin_stays" : "first_weights_hide",
                facts);
  }
}

/// The largest weight of W2, and whose it is.
std::vector<NamedValue> strongest_voice(MatrixView<const float> w2) {
  const std::span<const float> all = w2.elements();
  const auto most = std::max_element(all.begin(), all.end());
  const auto place = static_cast<std::size_t>(most - all.begin());
  return {{"unit", place / w2.num_cols() + 1}, {"digit", place % w2.num_cols()}, {"weight", *most}};
}

Result run(const Settings& given) {
  Team team(1);
  const Dataset digits =
      make_digits({.num_train = given.integer("images"), .num_test = num_test_images}, team);
  const WatchedTraining training = train(given, digits);
  const MatrixView<const float> w1 = weights_of(training.model, 0);
  const Reading reading = read(training.model, digits.test);
  const Margin margin = margin_of(w1, digits.train);
  const double accuracy = training.result.test.accuracy();
  Result result;
  result.scalars = {{"test_accuracy", accuracy},
                    {"misread_count", reading.misread.size()},
                    {"mean_sure", reading.mean_sure}};
  result.tables = {units_table(weights_of(training.model, 1))};
  result.figures = {sheet("weights_figure", pixels_of(w1))};
  if (!reading.misread.empty()) {
    const std::span<const Misread> all = reading.misread;
    show_misread(result, all.first(std::min(all.size(), max_misread)), digits.test);
  }
  result.find("reads", {{"accuracy", 100 * accuracy},
                        {"misread", reading.misread.size()},
                        {"tests", num_test_images},
                        {"sure", 100 * reading.mean_sure}});
  explain_pictures(result, margin, given);
  result.find("strongest_unit", strongest_voice(weights_of(training.model, 1)));
  result.mistake("no_digit_in_a_unit");
  result.mistake("column_is_the_neuron");
  if (!reading.misread.empty()) {
    const Misread& surest = reading.misread.front();
    result.mistake("sure_is_not_right",
                   {{"sure", 100 * surest.sure}, {"guess", surest.guess}, {"truth", surest.truth}});
  }
  return result;
}

}  // namespace
}  // namespace weights_lab

constinit const Experiment weights_experiment{"weights", "4.5", weights_lab::parameters,
                                              weights_lab::run};

}  // namespace gradus
