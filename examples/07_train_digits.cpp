// SPDX-License-Identifier: MIT
// Trains a network on the built-in digits, keeps it in a file, and lets it read an image.
//
// Prints the accuracy after each epoch, on the images it learns from and on others; then the digit
// of one image, and what the network from the file takes it for. Writes digits.safetensors.
#include <cstdio>
#include <span>
#include <variant>

#include "gradus/data/digits.hpp"
#include "gradus/train/classifier.hpp"
#include "gradus/train/model.hpp"
#include "gradus/train/trainer.hpp"

int main() {
  gradus::Team team(2);  // threads; their number never changes the result
  const gradus::Dataset digits = gradus::make_digits({}, team);

  gradus::TrainingOptions options;
  options.network = {.layer_sizes = {784, 50, 10}, .activation = "relu"};
  options.initializer.id = "he";
  options.num_epochs = 3;
  gradus::Trainer<float> trainer(digits, options, team);
  trainer.run({.on_record = [](const gradus::ScoreRecord& record) {
    std::printf("epoch %.0f: %.0f %% of the training images, %.0f %% of the test images\n",
                record.epoch, 100 * record.train_score, 100 * record.test_score);
  }});
  gradus::save_model("digits.safetensors", trainer.model());

  // Where the network is used, the file is enough.
  const auto model = std::get<gradus::Model<float>>(gradus::load_model("digits.safetensors"));
  gradus::Classifier<float> classifier(model);
  const std::span image = std::span(digits.test.bytes).first(classifier.num_features());
  std::printf("image 0 is a %u, read as %u\n", digits.test.labels[0], classifier.classify(image));
}
