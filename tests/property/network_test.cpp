// SPDX-License-Identifier: MIT
// What must hold for every network that can be built from the registries: backward() is the
// gradient of forward(), in every combination of activation, loss, input form and precision.
#include "gradus/nn/network.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gradus/core/random.hpp"
#include "gradus/data/input_source.hpp"
#include "gradus/diff/numerical.hpp"
#include "gradus/loss/loss.hpp"
#include "gradus/nn/activations.hpp"
#include "tolerances.hpp"

namespace gradus {
namespace {

constexpr std::size_t num_samples = 5;
constexpr std::size_t num_inputs = 7;
constexpr std::size_t num_classes = 4;

/// A batch of bytes, most of them 0, as the rows of a small data set.
Samples make_samples(std::uint64_t seed) {
  Random random(seed, Stream::sampling);
  Samples samples;
  samples.num_features = num_inputs;
  for (std::size_t n = 0; n < num_samples; ++n) {
    samples.labels.push_back(random.below(num_classes));
    for (std::size_t i = 0; i < num_inputs; ++i) {
      const bool is_ink = random.uniform() < 0.4;
      samples.bytes.push_back(is_ink ? static_cast<std::uint8_t>(1 + random.below(255)) : 0);
    }
  }
  return samples;
}

template <Real T>
std::vector<T> random_parameters(std::size_t count, std::uint64_t seed) {
  Random random(seed, Stream::initialization);
  std::vector<T> parameters(count);
  std::generate(parameters.begin(), parameters.end(),
                [&] { return static_cast<T>(random.normal()); });
  return parameters;
}

/// One network on one batch, ready to give its loss and its gradient.
template <Real T>
class Problem {
 public:
  Problem(const std::string& activation, std::string_view loss, InputForm form,
          const Samples& samples)
      : network_({.layer_sizes = {num_inputs, 6, 5, num_classes}, .activation = activation}),
        loss_(losses<T>(Task::classification).find(loss).make()),
        source_(samples, 1.0 / 255, form),
        workspace_(network_, num_samples) {
    const auto labels = source_.labels(indices_);
    labels_.assign(labels.begin(), labels.end());
  }

  [[nodiscard]] std::size_t num_parameters() const { return network_.num_parameters(); }

  double value(std::span<const T> parameters) {
    const auto scores = network_.forward(parameters, source_.rows(indices_), workspace_, team_);
    return static_cast<double>(loss_->value(scores, labels_));
  }

  std::vector<T> gradient(std::span<const T> parameters) {
    const Input<T> x = source_.rows(indices_);
    const auto scores = network_.forward(parameters, x, workspace_, team_);
    loss_->value_and_gradient(scores, labels_, workspace_.d_scores());
    std::vector<T> gradient(parameters.size());
    network_.backward(parameters, x, workspace_, gradient, team_);
    std::vector<T> again(parameters.size(), T{42});
    network_.backward(parameters, x, workspace_, again, team_);
    EXPECT_EQ(gradient, again) << "backward() must be able to run twice";
    return gradient;
  }

 private:
  Network<T> network_;
  std::unique_ptr<const Loss<T>> loss_;
  InputSource<T> source_;
  std::vector<Label> labels_;
  Workspace<T> workspace_;
  Team team_;
  std::vector<std::uint32_t> indices_ = {4, 0, 2, 1, 3};
};

template <class Check>
void for_every_network(Check check) {
  for (const auto& activation : activations<double>()) {
    for (const auto& loss : losses<double>(Task::classification)) {
      for (const InputForm form : {InputForm::dense, InputForm::sparse}) {
        for (std::uint64_t seed = 1; seed <= 5; ++seed) {
          SCOPED_TRACE(std::string(activation.id) + ", " + std::string(loss.id) +
                       (form == InputForm::dense ? ", dense" : ", sparse") + ", seed " +
                       std::to_string(seed));
          check(std::string(activation.id), loss.id, form, seed);
        }
      }
    }
  }
}

TEST(EveryNetwork, HasTheGradientThatCentralDifferencesGive) {
  for_every_network(
      [](const std::string& activation, std::string_view loss, InputForm form, std::uint64_t seed) {
        const Samples samples = make_samples(seed);
        Problem<double> problem(activation, loss, form, samples);
        std::vector<double> parameters = random_parameters<double>(problem.num_parameters(), seed);
        const auto gradient = problem.gradient(parameters);
        const auto f = [&](std::span<const double> x) { return problem.value(x); };
        const auto numerical = numerical_gradient(f, parameters, tolerance::network_step);
        for (std::size_t i = 0; i < gradient.size(); ++i) {
          EXPECT_NEAR(gradient[i], numerical[i], tolerance::network_gradient) << "parameter " << i;
        }
      });
}

TEST(EveryNetwork, HasTheSameGradientInFloat) {
  for_every_network([](const std::string& activation, std::string_view loss, InputForm form,
                       std::uint64_t seed) {
    const Samples samples = make_samples(seed);
    Problem<double> exact(activation, loss, form, samples);
    Problem<float> rounded(activation, loss, form, samples);
    const auto expected = exact.gradient(random_parameters<double>(exact.num_parameters(), seed));
    const auto found = rounded.gradient(random_parameters<float>(exact.num_parameters(), seed));
    for (std::size_t i = 0; i < expected.size(); ++i) {
      EXPECT_NEAR(found[i], expected[i], tolerance::network_float) << "parameter " << i;
    }
  });
}

TEST(EveryNetwork, HasTheSameGradientFromDenseAndFromSparseRows) {
  for (const auto& activation : activations<double>()) {
    const Samples samples = make_samples(3);
    const std::string id(activation.id);
    Problem<double> dense(id, "cross_entropy", InputForm::dense, samples);
    Problem<double> sparse(id, "cross_entropy", InputForm::sparse, samples);
    const auto parameters = random_parameters<double>(dense.num_parameters(), 3);
    const auto expected = dense.gradient(parameters);
    const auto found = sparse.gradient(parameters);
    for (std::size_t i = 0; i < expected.size(); ++i) {
      EXPECT_NEAR(found[i], expected[i], tolerance::order_of_sums) << "parameter " << i;
    }
  }
}

}  // namespace
}  // namespace gradus
