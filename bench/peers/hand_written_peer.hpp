// SPDX-License-Identifier: MIT
// The tasks of a program by hand. It starts from the weights Gradus starts from and draws the
// samples Gradus draws, so that the accuracies must agree.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include "gradus/data/batches.hpp"
#include "gradus/data/mnist.hpp"
#include "gradus/nn/initialize.hpp"
#include "gradus/nn/network.hpp"
#include "gradus/train/model.hpp"
#include "hand_written_net.hpp"
#include "job.hpp"

namespace gradus::bench {

/// Samples as numbers from 0 to 1, in memory before the clock starts.
template <class T>
class FloatSamples {
 public:
  explicit FloatSamples(const Samples& samples)
      : labels(samples.labels),
        num_features(samples.num_features),
        features_(samples.bytes.size()) {
    std::transform(samples.bytes.begin(), samples.bytes.end(), features_.begin(),
                   [](std::uint8_t byte) { return static_cast<T>(byte) / T{255}; });
  }

  [[nodiscard]] const T* row(std::size_t r) const { return features_.data() + r * num_features; }

  /// Copies the rows with these numbers.
  void gather(std::span<const std::uint32_t> indices, std::vector<T>& x,
              std::vector<Label>& chosen) const {
    x.resize(indices.size() * num_features);
    chosen.resize(indices.size());
    for (std::size_t b = 0; b < indices.size(); ++b) {
      std::copy_n(row(indices[b]), num_features, x.data() + b * num_features);
      chosen[b] = labels[indices[b]];
    }
  }

  const std::vector<Label>& labels;
  const std::size_t num_features;

 private:
  std::vector<T> features_;
};

/// Rows of one product when many images are evaluated: what fits a cache.
inline constexpr std::size_t evaluation_rows = 500;

template <class Library, class T>
class HandWrittenPeer {
 public:
  using Net = HandWrittenNet<Library, T>;

  static nlohmann::json train(const Job& job) {
    const Dataset data = read_data(job);
    const FloatSamples<T> train(data.train);
    const FloatSamples<T> test(data.test);
    Net net = initial_net(job);
    Batches batches = batches_of(job, data);
    std::vector<T> x;
    std::vector<Label> labels;
    const Stopwatch stopwatch;
    for (std::uint64_t i = 0; i < job.iterations; ++i) {
      train.gather(batches.at(i), x, labels);
      net.train(x.data(), labels, static_cast<T>(job.learning_rate));
      if (job.evaluate_every > 0 && i % job.evaluate_every == 0) {
        accuracy(net, train);
        accuracy(net, test);
      }
    }
    const double seconds = stopwatch.seconds();
    return {{"seconds", seconds}, {"accuracy", accuracy(net, test)}};
  }

  /// Two losses for each of some parameters; the time is scaled up to all of them.
  static nlohmann::json gradient(const Job& job) {
    const Dataset data = read_data(job);
    const FloatSamples<T> train(data.train);
    Net net = initial_net(job);
    Batches batches = batches_of(job, data);
    std::vector<T> x;
    std::vector<Label> labels;
    train.gather(batches.at(0), x, labels);
    std::vector<T> exact = net.parameters();
    {
      Net moved = net;  // a step of rate 1 is the gradient
      moved.train(x.data(), labels, T{1});
      std::transform(exact.begin(), exact.end(), moved.parameters().begin(), exact.begin(),
                     std::minus());
    }
    const T h = static_cast<T>(1e-4);
    const std::size_t count = exact.size();
    const std::size_t stride = job.sample == 0 ? 1 : std::max<std::size_t>(1, count / job.sample);
    std::size_t num_measured = 0;
    T largest_error = 0;
    const Stopwatch stopwatch;
    for (std::size_t p = 0; p < count; p += stride, ++num_measured) {
      T& parameter = net.parameters()[p];
      const T value = parameter;
      parameter = value + h;
      const T above = net.loss(x.data(), labels);
      parameter = value - h;
      const T below = net.loss(x.data(), labels);
      parameter = value;
      largest_error = std::max(largest_error, std::abs((above - below) / (2 * h) - exact[p]));
    }
    const double scale = static_cast<double>(count) / static_cast<double>(num_measured);
    return {{"seconds", stopwatch.seconds() * scale},
            {"error", largest_error},
            {"measured_on", num_measured}};
  }

  static nlohmann::json evaluate(const Job& job) {
    const Dataset data = read_data(job);
    const FloatSamples<T> test(data.test);
    Net net = loaded_net(job);
    const double result = accuracy(net, test);
    const Stopwatch stopwatch;
    for (std::uint64_t i = 0; i < job.iterations; ++i) {
      accuracy(net, test);
    }
    return {{"seconds", stopwatch.seconds() / static_cast<double>(job.iterations)},
            {"accuracy", result}};
  }

  static nlohmann::json predict(const Job& job) {
    const Dataset data = read_data(job);
    const FloatSamples<T> test(data.test);
    Net net = loaded_net(job);
    const std::size_t count = std::min<std::size_t>(job.iterations, test.labels.size());
    std::size_t num_right = 0;
    const Stopwatch stopwatch;
    for (std::size_t i = 0; i < count; ++i) {
      num_right += num_right_of(net, test, i, 1);
    }
    return {{"seconds", stopwatch.seconds() / static_cast<double>(count)},
            {"accuracy", static_cast<double>(num_right) / static_cast<double>(count)}};
  }

 private:
  static Net make_net(const NetworkOptions& options, std::vector<T> parameters, std::size_t batch) {
    return Net({.layers = options.layer_sizes, .is_relu = options.activation == "relu"},
               std::move(parameters), std::max(batch, evaluation_rows));
  }

  static Net initial_net(const Job& job) {
    const NetworkOptions options{.layer_sizes = job.layers, .activation = job.activation};
    const Network<T> network(options);
    std::vector<T> parameters(network.num_parameters());
    initialize<T>(network, {.id = job.initializer}, job.seed, parameters);
    return make_net(options, std::move(parameters), job.batch);
  }

  static Net loaded_net(const Job& job) {
    const auto model = std::get<Model<float>>(load_model(job.model));
    return make_net(model.network, {model.parameters.begin(), model.parameters.end()}, 1);
  }

  static Batches batches_of(const Job& job, const Dataset& data) {
    return Batches(
        {.num_samples = data.train.num_samples(), .batch_size = job.batch, .seed = job.seed});
  }

  static std::size_t num_right_of(Net& net, const FloatSamples<T>& samples, std::size_t first,
                                  std::size_t count) {
    const T* scores = net.forward(samples.row(first), count);
    const std::size_t classes = net.num_classes();
    std::size_t num_right = 0;
    for (std::size_t b = 0; b < count; ++b) {
      const T* row = scores + b * classes;
      const auto best = std::max_element(row, row + classes) - row;
      num_right += static_cast<Label>(best) == samples.labels[first + b] ? 1 : 0;
    }
    return num_right;
  }

  static double accuracy(Net& net, const FloatSamples<T>& samples) {
    const std::size_t count = samples.labels.size();
    std::size_t num_right = 0;
    for (std::size_t first = 0; first < count; first += evaluation_rows) {
      num_right += num_right_of(net, samples, first, std::min(evaluation_rows, count - first));
    }
    return static_cast<double>(num_right) / static_cast<double>(count);
  }
};

/// @tparam has_double  whether the library multiplies doubles, which differences of losses need
template <class Library, bool has_double>
nlohmann::json run_by_hand(const Job& job) {
  using Peer = HandWrittenPeer<Library, float>;
  if (job.task == "train") {
    return Peer::train(job);
  }
  if (job.task == "evaluate") {
    return Peer::evaluate(job);
  }
  if (job.task == "predict") {
    return Peer::predict(job);
  }
  if constexpr (has_double) {
    if (job.task == "gradient") {
      return HandWrittenPeer<Library, double>::gradient(job);
    }
  }
  throw NoSuchTask();
}

}  // namespace gradus::bench
