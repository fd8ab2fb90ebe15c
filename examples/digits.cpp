// SPDX-License-Identifier: MIT
// Trains a network on the built-in digits and asks it about one of them.
#include <cstdio>

#include "gradus/data/digits.hpp"
#include "gradus/train/trainer.hpp"

int main() {
  gradus::Team team(2);  // threads; their number never changes the result
  const gradus::Dataset digits = gradus::make_digits({}, team);

  gradus::TrainingOptions options;
  options.network = {.layer_sizes = {784, 50, 10}, .activation = "relu"};
  options.initializer.id = "he";
  options.num_iterations = 2000;
  gradus::Trainer<float> trainer(digits, options, team);
  const gradus::TrainingResult result = trainer.run({});
  std::printf("%.0f %% of the test images\n", 100 * result.test.accuracy());

  gradus::InputSource<float> images(digits.test, 1.0 / 255, gradus::InputForm::dense);
  gradus::Workspace<float> workspace(trainer.network(), 1);
  const std::uint32_t index = 0;
  const auto scores =
      trainer.network().forward(trainer.parameters(), images.rows({&index, 1}), workspace, team);
  std::printf("image 0 is a %u, read as %u\n", digits.test.labels[index],
              gradus::predicted_class<float>(scores.row(0)));
}
