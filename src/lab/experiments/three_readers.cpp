// SPDX-License-Identifier: MIT
#include "three_readers.hpp"

#include <limits>

#include "digit_rules.hpp"
#include "gradus/train/classifier.hpp"
#include "oriented_gradients.hpp"
#include "watched_training.hpp"

namespace gradus {
namespace {

std::vector<double> features_of(const Samples& samples, std::size_t i,
                                const ReaderOptions& options) {
  return normalized_blocks(
      oriented_gradients(image_of(samples, i), options.cell_side, options.num_directions));
}

/// The place of the known features that are least far away; of equal ones the first.
std::size_t nearest(const std::vector<std::vector<double>>& known, std::span<const double> x) {
  std::size_t best = 0;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < known.size(); ++i) {
    double squared_distance = 0;
    for (std::size_t j = 0; j < x.size(); ++j) {
      squared_distance += (known[i][j] - x[j]) * (known[i][j] - x[j]);
    }
    if (squared_distance < least) {
      least = squared_distance;
      best = i;
    }
  }
  return best;
}

Model<float> train_net(const Dataset& digits, std::uint64_t seed) {
  TrainingOptions options;
  options.network.activation = "relu";
  options.initializer.id = "he";
  options.batch_size = 20;
  options.num_iterations = 500;
  options.evaluate_every = 0;
  options.seed = seed;
  return train_and_watch(digits, options).model;
}

}  // namespace

std::span<const std::uint8_t, num_digit_pixels> image_of(const Samples& samples, std::size_t i) {
  return std::span(samples.bytes).subspan(i * num_digit_pixels).first<num_digit_pixels>();
}

std::vector<Answer> ask_three_readers(const Dataset& digits, const ReaderOptions& options) {
  std::vector<std::vector<double>> known;
  for (std::size_t i = 0; i < digits.train.num_samples(); ++i) {
    known.push_back(features_of(digits.train, i, options));
  }
  Classifier<float> net(train_net(digits, options.seed));
  std::vector<Answer> answers;
  for (std::size_t i = 0; i < digits.test.num_samples(); ++i) {
    Answer answer;
    answer.rule = deciding_rule(shape_of(image_of(digits.test, i)));
    answer.nearest = nearest(known, features_of(digits.test, i, options));
    const std::vector<float> p = net.probabilities(image_of(digits.test, i));
    const auto most = std::max_element(p.begin(), p.end());
    answer.probability = static_cast<double>(*most);
    answer.labels = {digit_rules()[answer.rule].digit, digits.train.labels[answer.nearest],
                     static_cast<Label>(most - p.begin())};
    answers.push_back(answer);
  }
  return answers;
}

}  // namespace gradus
