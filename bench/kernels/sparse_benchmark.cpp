// SPDX-License-Identifier: MIT
// The products of a first layer whose input is mostly 0. The rates count what is multiplied, not
// what is left out.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "gradus/core/parallel.hpp"
#include "math/sparse_products.hpp"
#include "measure.hpp"

namespace gradus::bench {
namespace {

constexpr std::size_t num_inputs = 784;

/// The images of a batch, spread over the data as drawn ones are.
class SparseImages {
 public:
  explicit SparseImages(std::size_t batch)
      : rows_({some_digits().bytes.data(), some_digits().num_samples(), num_inputs}),
        indices_(batch) {
    for (std::size_t b = 0; b < batch; ++b) {
      indices_[b] = static_cast<std::uint32_t>(b * 7919 % some_digits().num_samples());
      rows_.for_each_entry(indices_[b], [this](std::size_t, std::uint8_t) { ++num_entries_; });
    }
  }

  template <Real T>
  [[nodiscard]] SparseBatch<T> batch(const ByteValues<T>& values) const {
    return {&rows_, indices_, &values};
  }
  [[nodiscard]] double num_entries() const { return static_cast<double>(num_entries_); }
  [[nodiscard]] double at(std::size_t b, std::size_t i) const {
    return some_digits().bytes[indices_[b] * num_inputs + i] / 255.0;
  }

 private:
  SparseRows rows_;
  std::vector<std::uint32_t> indices_;
  std::size_t num_entries_ = 0;
};

template <Real T>
ByteValues<T> pixel_values() {
  ByteValues<T> values;
  for (std::size_t v = 0; v < values.size(); ++v) {
    values[v] = static_cast<T>(static_cast<double>(v) / 255);
  }
  return values;
}

template <Real T>
void sparse_affine(benchmark::State& state) {
  const std::size_t batch = argument(state, 0);
  const std::size_t outputs = argument(state, 1);
  Team team(argument(state, 2));
  const SparseImages images(batch);
  const auto values = pixel_values<T>();
  const auto w = Matrix<T>::random(num_inputs, outputs, 1);
  const auto bias = Matrix<T>::random(1, outputs, 2);
  Matrix<T> y(batch, outputs);
  ColumnPanels<T> panels;
  ColumnPanels<T> y_panels;
  pack_into(w.view(), panels, team);
  ColumnLists lists;  // written along the way, as in training
  const auto run = [&] {
    sparse_affine_into<T>(images.batch(values), panels, bias.elements(), y_panels, &lists, team);
  };
  run();
  unpack_into(y_panels, 0, y.view(), team);
  Expected expected = plain_product(
      batch, num_inputs, outputs, [&](std::size_t b, std::size_t i) { return images.at(b, i); },
      [&](std::size_t i, std::size_t o) { return w.at(i, o); });
  for (std::size_t i = 0; i < expected.values.size(); ++i) {
    expected.values[i] += bias.at(0, i % outputs);
    expected.roundings[i] += num_inputs * std::abs(bias.at(0, i % outputs));
  }
  if (check(state, y.elements(), expected)) {
    time_operations<T>(state, 2 * images.num_entries() * static_cast<double>(outputs),
                       team.num_threads(), run);
  }
}

/// c = factor_c * c - 0.1 * x^T * d: with 0 the gradient of the weights, with 1 their update.
template <Real T>
void sparse_transposed_product(benchmark::State& state, T factor_c) {
  constexpr T factor_x = static_cast<T>(-0.1);
  const std::size_t batch = argument(state, 0);
  const std::size_t outputs = argument(state, 1);
  Team team(argument(state, 2));
  const SparseImages images(batch);
  const auto values = pixel_values<T>();
  const auto d = Matrix<T>::random(batch, outputs, 1);
  const auto before = Matrix<T>::random(num_inputs, outputs, 2);
  Matrix<T> c = before;
  ColumnLists lists;
  const Matrix<T> w(num_inputs, 1);
  const Matrix<T> bias(1, 1);
  Matrix<T> y(batch, 1);
  ColumnPanels<T> panels;
  sparse_affine_into<T>(images.batch(values), w.view(), bias.elements(), y.view(), panels, &lists,
                        team);
  pack_into(before.view(), panels, team);
  const auto run = [&] {
    sparse_transposed_product_into<T>(factor_x, lists, values, d.view(), factor_c, panels, team);
  };
  run();
  unpack_into(panels, 0, c.view(), team);
  Expected expected = plain_product(
      num_inputs, batch, outputs,
      [&](std::size_t i, std::size_t b) { return static_cast<double>(factor_x) * images.at(b, i); },
      [&](std::size_t b, std::size_t o) { return d.at(b, o); });
  for (std::size_t i = 0; i < expected.values.size(); ++i) {
    const double old = static_cast<double>(factor_c * before.elements()[i]);
    expected.values[i] += old;
    expected.roundings[i] += static_cast<double>(batch) * std::abs(old);
  }
  if (check(state, c.elements(), expected)) {
    time_operations<T>(state, 2 * images.num_entries() * static_cast<double>(outputs),
                       team.num_threads(), run);
  }
}

template <Real T>
void sparse_gradient(benchmark::State& state) {
  sparse_transposed_product<T>(state, 0);
}

template <Real T>
void sparse_update(benchmark::State& state) {
  sparse_transposed_product<T>(state, 1);
}

void first_layers(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgNames({"B", "O", "threads"})->UseRealTime()->Unit(benchmark::kMicrosecond);
  for (const std::int64_t threads : {1, 2}) {
    benchmark->Args({100, 50, threads})->Args({1000, 50, threads})->Args({128, 512, threads});
  }
}

BENCHMARK(sparse_affine<float>)->Name("sparse_affine/float")->Apply(first_layers);
BENCHMARK(sparse_affine<double>)->Name("sparse_affine/double")->Apply(first_layers);
BENCHMARK(sparse_gradient<float>)->Name("sparse_gradient/float")->Apply(first_layers);
BENCHMARK(sparse_gradient<double>)->Name("sparse_gradient/double")->Apply(first_layers);
BENCHMARK(sparse_update<float>)->Name("sparse_update/float")->Apply(first_layers);
BENCHMARK(sparse_update<double>)->Name("sparse_update/double")->Apply(first_layers);

}  // namespace
}  // namespace gradus::bench
