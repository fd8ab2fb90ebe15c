// SPDX-License-Identifier: MIT
// Trains a network on the built-in digits and asks it about one of them.
#include <cstdio>
#include <span>

#include "gradus/data/digits.hpp"
#include "gradus/train/classifier.hpp"
#include "gradus/train/trainer.hpp"

int main() {
  gradus::Team team(2);  // threads; their number never changes the result
  const gradus::Dataset digits = gradus::make_digits({}, team);

  gradus::TrainingOptions options;
  options.network = {.layer_sizes = {784, 50, 10}, .activation = "relu"};
  options.initializer.id = "he";
  options.num_iterations = 2000;
  gradus::Trainer<float> trainer(digits, options, team);
  const gradus::TrainingResult result = trainer.run();
  std::printf("%.0f %% of the test images\n", 100 * result.test.accuracy());

  gradus::Classifier<float> classifier(trainer.model());
  const std::span image = std::span(digits.test.bytes).first(784);
  std::printf("image 0 is a %u, read as %u\n", digits.test.labels[0], classifier.classify(image));
}
