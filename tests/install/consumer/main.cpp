// Trains a little net, saves it, reads it back, and differentiates a function: a bit of each part
// of the library, so that each has to be linked.
#include <cstdio>
#include <gradus/data/digits.hpp>
#include <gradus/diff/expression.hpp>
#include <gradus/diff/numerical.hpp>
#include <gradus/train/classifier.hpp>
#include <gradus/train/model.hpp>
#include <gradus/train/trainer.hpp>

int main() {
  gradus::Team team(2);
  const gradus::Dataset digits = gradus::make_digits({.num_train = 2000, .num_test = 200}, team);
  gradus::Trainer<float> trainer(digits, {.num_iterations = 200, .evaluate_every = 0}, team);
  const auto result = trainer.run();
  gradus::save_model<float>("model.safetensors", trainer.model());
  const auto model = std::get<gradus::Model<float>>(gradus::load_model("model.safetensors"));

  const gradus::Expression f("x^2");
  const auto slope = gradus::estimate_partial(f, std::vector<double>{3}, 0);
  std::printf("%zu of %zu right, %zu parameters, slope %.3f\n", result.test.num_correct(),
              result.test.num_samples(), model.parameters.size(), slope.value);
  return slope.value == 6 && result.test.num_samples() == 200 ? 0 : 1;
}
