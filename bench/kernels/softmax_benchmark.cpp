// SPDX-License-Identifier: MIT
// Softmax, and the cross entropy error of scores with its gradient.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstddef>
#include <vector>

#include "gradus/core/label.hpp"
#include "gradus/loss/softmax_cross_entropy.hpp"
#include "gradus/math/softmax.hpp"
#include "measure.hpp"

namespace gradus::bench {
namespace {

constexpr std::size_t num_classes = 10;

/// A probability is off by some roundings of its size, and by those of the largest score.
constexpr double probability_roundings = 50;

template <Real T>
Expected plain_softmax(const Matrix<T>& scores, std::size_t num_rows) {
  Expected expected;
  for (std::size_t b = 0; b < num_rows; ++b) {
    double sum = 0;
    for (std::size_t c = 0; c < num_classes; ++c) {
      sum += std::exp(scores.at(b, c));
    }
    for (std::size_t c = 0; c < num_classes; ++c) {
      expected.values.push_back(std::exp(scores.at(b, c)) / sum);
      expected.roundings.push_back(probability_roundings * expected.values.back());
    }
  }
  return expected;
}

template <Real T>
void softmax(benchmark::State& state) {
  const std::size_t batch = argument(state, 0);
  const auto scores = Matrix<T>::random(batch, num_classes, 1);
  Matrix<T> probabilities(batch, num_classes);
  const auto run = [&] { softmax_into<T>(scores.view(), probabilities.view()); };
  run();
  if (check(state, probabilities.elements(), plain_softmax(scores, batch))) {
    time_elements(state, batch * num_classes, run);
  }
}

template <Real T>
void softmax_cross_entropy(benchmark::State& state) {
  const std::size_t batch = argument(state, 0);
  const auto scores = Matrix<T>::random(batch, num_classes, 1);
  std::vector<Label> labels(batch);
  for (std::size_t b = 0; b < batch; ++b) {
    labels[b] = static_cast<Label>(b * 7 % num_classes);
  }
  Matrix<T> d_scores(batch, num_classes);
  const SoftmaxCrossEntropy<T> loss;
  const auto run = [&] {
    benchmark::DoNotOptimize(loss.value_and_gradient(scores.view(), labels, d_scores.view()));
  };
  run();
  Expected expected = plain_softmax(scores, batch);
  for (std::size_t i = 0; i < expected.values.size(); ++i) {
    const bool is_right = labels[i / num_classes] == i % num_classes;
    expected.values[i] = (expected.values[i] - (is_right ? 1 : 0)) / static_cast<double>(batch);
    expected.roundings[i] = probability_roundings / static_cast<double>(batch);
  }
  if (check(state, d_scores.elements(), expected)) {
    time_elements(state, batch * num_classes, run);
  }
}

void batches(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgName("B")->Arg(100)->Arg(1000)->UseRealTime()->Unit(benchmark::kMicrosecond);
}

BENCHMARK(softmax<float>)->Name("softmax/float")->Apply(batches);
BENCHMARK(softmax<double>)->Name("softmax/double")->Apply(batches);
BENCHMARK(softmax_cross_entropy<float>)->Name("softmax_cross_entropy/float")->Apply(batches);
BENCHMARK(softmax_cross_entropy<double>)->Name("softmax_cross_entropy/double")->Apply(batches);

}  // namespace
}  // namespace gradus::bench
