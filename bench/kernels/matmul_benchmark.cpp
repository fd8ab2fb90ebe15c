// SPDX-License-Identifier: MIT
// The three products of a layer, in the shapes that occur: forward, the gradient of the weights,
// the gradient of the inputs.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>

#include "gradus/core/parallel.hpp"
#include "gradus/math/matmul.hpp"
#include "measure.hpp"

namespace gradus::bench {
namespace {

enum class Transposed { none, a, b };

template <Real T, Transposed transposed>
void matmul(benchmark::State& state) {
  constexpr bool is_a_transposed = transposed == Transposed::a;
  constexpr bool is_b_transposed = transposed == Transposed::b;
  const std::size_t m = argument(state, 0);
  const std::size_t k = argument(state, 1);
  const std::size_t n = argument(state, 2);
  Team team(argument(state, 3));
  const auto a = is_a_transposed ? Matrix<T>::random(k, m, 1) : Matrix<T>::random(m, k, 1);
  const auto b = is_b_transposed ? Matrix<T>::random(n, k, 2) : Matrix<T>::random(k, n, 2);
  Matrix<T> c(m, n);
  const auto run = [&] {
    if constexpr (is_a_transposed) {
      matmul_transposed_a_into<T>(a.view(), b.view(), c.view(), team);
    } else if constexpr (is_b_transposed) {
      matmul_transposed_b_into<T>(a.view(), b.view(), c.view(), team);
    } else {
      matmul_into<T>(a.view(), b.view(), c.view(), team);
    }
  };
  run();
  const Expected expected = plain_product(
      m, k, n,
      [&](std::size_t r, std::size_t i) { return is_a_transposed ? a.at(i, r) : a.at(r, i); },
      [&](std::size_t i, std::size_t o) { return is_b_transposed ? b.at(o, i) : b.at(i, o); });
  if (check(state, c.elements(), expected)) {
    time_operations<T>(state, 2.0 * static_cast<double>(m * k * n), team.num_threads(), run);
  }
}

/// Batch, inputs and outputs of each layer that is measured.
constexpr std::size_t layers[][3] = {{100, 784, 50},  {100, 50, 10},   {1000, 784, 50},
                                     {128, 784, 512}, {128, 512, 256}, {128, 256, 10}};

void name(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgNames({"M", "K", "N", "threads"})->UseRealTime()->Unit(benchmark::kMicrosecond);
}

void add(benchmark::internal::Benchmark* benchmark, std::size_t m, std::size_t k, std::size_t n) {
  for (const std::int64_t threads : {1, 2}) {
    benchmark->Args({static_cast<std::int64_t>(m), static_cast<std::int64_t>(k),
                     static_cast<std::int64_t>(n), threads});
  }
}

void forward(benchmark::internal::Benchmark* benchmark) {
  name(benchmark);
  for (const auto& [batch, inputs, outputs] : layers) {
    add(benchmark, batch, inputs, outputs);
  }
}

void gradient_of_weights(benchmark::internal::Benchmark* benchmark) {
  name(benchmark);
  for (const auto& [batch, inputs, outputs] : layers) {
    add(benchmark, inputs, batch, outputs);
  }
}

void gradient_of_inputs(benchmark::internal::Benchmark* benchmark) {
  name(benchmark);
  for (const auto& [batch, inputs, outputs] : layers) {
    if (inputs != 784) {  // the first layer's is never asked for
      add(benchmark, batch, outputs, inputs);
    }
  }
}

BENCHMARK(matmul<float, Transposed::none>)->Name("matmul/float")->Apply(forward);
BENCHMARK(matmul<double, Transposed::none>)->Name("matmul/double")->Apply(forward);
BENCHMARK(matmul<float, Transposed::a>)
    ->Name("matmul_transposed_a/float")
    ->Apply(gradient_of_weights);
BENCHMARK(matmul<double, Transposed::a>)
    ->Name("matmul_transposed_a/double")
    ->Apply(gradient_of_weights);
BENCHMARK(matmul<float, Transposed::b>)
    ->Name("matmul_transposed_b/float")
    ->Apply(gradient_of_inputs);
BENCHMARK(matmul<double, Transposed::b>)
    ->Name("matmul_transposed_b/double")
    ->Apply(gradient_of_inputs);

}  // namespace
}  // namespace gradus::bench
