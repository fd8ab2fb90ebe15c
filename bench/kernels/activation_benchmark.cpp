// SPDX-License-Identifier: MIT
// The three activations that hidden layers are made of, forward and backward.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstddef>
#include <string_view>

#include "gradus/core/parallel.hpp"
#include "gradus/nn/activations.hpp"
#include "measure.hpp"

namespace gradus::bench {
namespace {

/// exp and tanh are off by a few roundings, and by some of their argument's.
constexpr double roundings = 20;

struct Formula {
  std::string_view id;
  double (*value)(double x);
  double (*slope)(double y);
};

constexpr Formula sigmoid_formula = {"sigmoid", [](double x) { return 1 / (1 + std::exp(-x)); },
                                     [](double y) { return y * (1 - y); }};
constexpr Formula tanh_formula = {"tanh", [](double x) { return std::tanh(x); },
                                  [](double y) { return 1 - y * y; }};
constexpr Formula relu_formula = {"relu", [](double x) { return x > 0 ? x : 0.0; },
                                  [](double y) { return y > 0 ? 1.0 : 0.0; }};

template <Real T, const Formula& formula>
void forward(benchmark::State& state) {
  const std::size_t batch = argument(state, 0);
  const std::size_t width = argument(state, 1);
  Team team;
  const auto layer = activations<T>().find(formula.id).make(width);
  const auto x = Matrix<T>::random(batch, width, 1);
  Matrix<T> y(batch, width);
  const auto run = [&] { layer->forward({}, x.view(), y.view(), team); };
  run();
  Expected expected;
  for (const T element : x.elements()) {
    expected.values.push_back(formula.value(static_cast<double>(element)));
    expected.roundings.push_back(roundings * std::abs(expected.values.back()));
  }
  if (check(state, y.elements(), expected)) {
    time_elements(state, batch * width, run);
  }
}

template <Real T, const Formula& formula>
void backward(benchmark::State& state) {
  const std::size_t batch = argument(state, 0);
  const std::size_t width = argument(state, 1);
  Team team;
  const auto layer = activations<T>().find(formula.id).make(width);
  const auto x = Matrix<T>::random(batch, width, 1);
  const auto d_y = Matrix<T>::random(batch, width, 2);
  Matrix<T> y(batch, width);
  Matrix<T> d_x(batch, width);
  layer->forward({}, x.view(), y.view(), team);
  const auto run = [&] {
    layer->backward({}, {x.view(), y.view(), d_y.view(), d_x.view()}, {}, team);
  };
  run();
  Expected expected;
  for (std::size_t i = 0; i < batch * width; ++i) {
    const double d = static_cast<double>(d_y.elements()[i]);
    expected.values.push_back(d * formula.slope(static_cast<double>(y.elements()[i])));
    expected.roundings.push_back(roundings * std::abs(d));
  }
  if (check(state, d_x.elements(), expected)) {
    time_elements(state, batch * width, run);
  }
}

void hidden_layers(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgNames({"B", "I"})->UseRealTime()->Unit(benchmark::kMicrosecond);
  benchmark->Args({100, 50})->Args({128, 512});
}

BENCHMARK(forward<float, sigmoid_formula>)->Name("sigmoid/float")->Apply(hidden_layers);
BENCHMARK(forward<double, sigmoid_formula>)->Name("sigmoid/double")->Apply(hidden_layers);
BENCHMARK(forward<float, tanh_formula>)->Name("tanh/float")->Apply(hidden_layers);
BENCHMARK(forward<double, tanh_formula>)->Name("tanh/double")->Apply(hidden_layers);
BENCHMARK(forward<float, relu_formula>)->Name("relu/float")->Apply(hidden_layers);
BENCHMARK(forward<double, relu_formula>)->Name("relu/double")->Apply(hidden_layers);
BENCHMARK(backward<float, sigmoid_formula>)->Name("sigmoid_backward/float")->Apply(hidden_layers);
BENCHMARK(backward<double, sigmoid_formula>)->Name("sigmoid_backward/double")->Apply(hidden_layers);
BENCHMARK(backward<float, relu_formula>)->Name("relu_backward/float")->Apply(hidden_layers);
BENCHMARK(backward<double, relu_formula>)->Name("relu_backward/double")->Apply(hidden_layers);

}  // namespace
}  // namespace gradus::bench
