// SPDX-License-Identifier: MIT
// Gradus as bench/compare measures it.
#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/core/numbers_below.hpp"
#include "gradus/core/parallel.hpp"
#include "gradus/data/batches.hpp"
#include "gradus/data/input_source.hpp"
#include "gradus/data/mnist.hpp"
#include "gradus/loss/loss.hpp"
#include "gradus/nn/initialize.hpp"
#include "gradus/nn/network.hpp"
#include "gradus/nn/numerical_gradient.hpp"
#include "gradus/train/classifier.hpp"
#include "gradus/train/metrics.hpp"
#include "gradus/train/model.hpp"
#include "gradus/train/trainer.hpp"
#include "job.hpp"

namespace gradus::bench {
namespace {

using nlohmann::json;

TrainingOptions options_of(const Job& job) {
  TrainingOptions options;
  options.network = {.layer_sizes = job.layers, .activation = job.activation};
  options.initializer.id = job.initializer;
  options.schedule.learning_rate = job.learning_rate;
  options.batch_size = job.batch;
  options.num_iterations = job.iterations;
  options.evaluate_every = job.evaluate_every;
  options.seed = job.seed;
  if (!job.first_layer.empty()) {
    options.first_layer = job.first_layer == "sparse" ? InputForm::sparse : InputForm::dense;
  }
  return options;
}

template <Real T>
json train(const Job& job) {
  const Dataset data = read_data(job);
  Team team(job.threads);
  const Stopwatch preparing;
  Trainer<T> trainer(data, options_of(job), team);
  const double prepare_seconds = preparing.seconds();
  const TrainingResult result = trainer.run();
  if (!job.model.empty()) {
    save_model(job.model, trainer.model());
  }
  return {{"seconds", job.evaluate_every == 0 ? result.train_seconds : result.seconds},
          {"accuracy", result.test.accuracy()},
          {"prepare_seconds", prepare_seconds},
          {"step", trainer.step_id()}};
}

/// The numerical gradient of the first batch of a run, and how far it is from backpropagation.
json gradient(const Job& job) {
  const Dataset data = read_data(job);
  Team team(job.threads);
  const Network<double> network({.layer_sizes = job.layers, .activation = job.activation});
  const auto loss = losses<double>(Task::classification).find("cross_entropy").make();
  std::vector<double> parameters(network.num_parameters());
  initialize<double>(network, {.id = job.initializer}, job.seed, parameters);
  InputSource<double> source(data.train, input_scale(data.train), choose_input_form(data.train));
  Batches batches(
      {.num_samples = data.train.num_samples(), .batch_size = job.batch, .seed = job.seed});
  const auto indices = batches.at(0);
  const Input<double> x = source.rows(indices);
  const auto labels = source.labels(indices);

  std::vector<double> numerical(parameters.size());
  NetworkNumericalGradient differences(network, *loss, job.batch);
  differences.run(parameters, x, labels, numerical, team);  // takes its memory
  const Stopwatch stopwatch;
  for (std::uint64_t i = 0; i < job.iterations; ++i) {
    differences.run(parameters, x, labels, numerical, team);
  }
  const double seconds = stopwatch.seconds() / static_cast<double>(job.iterations);

  std::vector<double> exact(parameters.size());
  Workspace<double> workspace(network, job.batch);
  const auto scores = network.forward(parameters, x, workspace, team);
  loss->value_and_gradient(scores, labels, workspace.d_scores());
  network.backward(parameters, x, workspace, exact, team);
  double largest_error = 0;
  for (std::size_t p = 0; p < exact.size(); ++p) {
    largest_error = std::max(largest_error, std::abs(numerical[p] - exact[p]));
  }
  return {{"seconds", seconds}, {"error", largest_error}};
}

Model<float> model_of(const Job& job) {
  return std::get<Model<float>>(load_model(job.model));
}

/// All test images at once.
json evaluate_all(const Job& job) {
  const Dataset data = read_data(job);
  const Model<float> model = model_of(job);
  const Network<float> network(model.network);
  const auto loss = losses<float>(Task::classification).find(model.loss).make();
  Team team(job.threads);
  InputSource<float> source(data.test, model.scaling, choose_input_form(data.test));
  const std::vector<std::uint32_t> indices = numbers_below<std::uint32_t>(data.test.num_samples());
  const auto run = [&] {
    return evaluate<float>(network, model.parameters, *loss, source, indices, team).accuracy();
  };
  const double accuracy = run();
  const Stopwatch stopwatch;
  for (std::uint64_t i = 0; i < job.iterations; ++i) {
    run();
  }
  return {{"seconds", stopwatch.seconds() / static_cast<double>(job.iterations)},
          {"accuracy", accuracy}};
}

/// Each test image on its own.
json predict(const Job& job) {
  const Dataset data = read_data(job);
  Classifier<float> classifier(model_of(job));
  const std::span bytes(data.test.bytes);
  const std::size_t count = std::min<std::size_t>(job.iterations, data.test.num_samples());
  std::size_t num_right = 0;
  const Stopwatch stopwatch;
  for (std::size_t i = 0; i < count; ++i) {
    const auto image = bytes.subspan(i * data.test.num_features, data.test.num_features);
    num_right += classifier.classify(image) == data.test.labels[i] ? 1U : 0U;
  }
  return {{"seconds", stopwatch.seconds() / static_cast<double>(count)},
          {"accuracy", static_cast<double>(num_right) / static_cast<double>(count)}};
}

json load(const Job& job) {
  const Stopwatch stopwatch;
  const Dataset data = read_data(job);
  return {{"seconds", stopwatch.seconds()}, {"images", data.train.num_samples()}};
}

json run(const Job& job) {
  if (job.task == "train") {
    return job.precision == "double" ? train<double>(job) : train<float>(job);
  }
  if (job.task == "gradient") {
    return gradient(job);
  }
  if (job.task == "evaluate") {
    return evaluate_all(job);
  }
  if (job.task == "predict") {
    return predict(job);
  }
  if (job.task == "load") {
    return load(job);
  }
  throw NoSuchTask();
}

}  // namespace
}  // namespace gradus::bench

int main(int num_arguments, char** arguments) {
  return gradus::bench::answer(num_arguments, arguments, gradus::bench::run);
}
