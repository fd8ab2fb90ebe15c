// SPDX-License-Identifier: MIT
// What the benchmarks of kernels share: numbers to work on, the check of an answer, rates.
#pragma once

#include <benchmark/benchmark.h>

#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "gradus/core/matrix_view.hpp"
#include "gradus/core/random.hpp"
#include "gradus/core/real.hpp"
#include "gradus/data/dataset.hpp"
#include "peak.hpp"

namespace gradus::bench {

/// A matrix of its own memory.
template <Real T>
class Matrix {
 public:
  Matrix(std::size_t num_rows, std::size_t num_cols)
      : num_rows_(num_rows), num_cols_(num_cols), elements_(num_rows * num_cols) {}

  /// Numbers from N(0, 1).
  static Matrix random(std::size_t num_rows, std::size_t num_cols, std::uint64_t seed) {
    Matrix matrix(num_rows, num_cols);
    Random source(seed, Stream::validation);
    for (T& element : matrix.elements_) {
      element = static_cast<T>(source.normal());
    }
    return matrix;
  }

  [[nodiscard]] MatrixView<T> view() { return {elements_.data(), num_rows_, num_cols_}; }
  [[nodiscard]] MatrixView<const T> view() const {
    return {elements_.data(), num_rows_, num_cols_};
  }
  [[nodiscard]] std::span<const T> elements() const { return elements_; }
  [[nodiscard]] double at(std::size_t r, std::size_t c) const {
    return static_cast<double>(elements_[r * num_cols_ + c]);
  }

 private:
  std::size_t num_rows_;
  std::size_t num_cols_;
  std::vector<T> elements_;
};

/// Images to work on, most of whose bytes are 0.
[[nodiscard]] const Samples& some_digits();

/// Tells the benchmark that its answer is wrong, and main(): nothing wrong is timed.
void report_wrong_answer(benchmark::State& state);
[[nodiscard]] bool was_any_answer_wrong();

/// What a plain loop in double gets, and what each number may be off by, in roundings.
struct Expected {
  std::vector<double> values;
  std::vector<double> roundings;
};

/// The product of a (M, K) and b (K, N), where a_of(m, k) and b_of(k, n) are their elements. Sums
/// in any order are off by at most K roundings of the sum of the sizes of what is added.
template <class A, class B>
Expected plain_product(std::size_t m, std::size_t k, std::size_t n, A a_of, B b_of) {
  Expected expected{std::vector<double>(m * n), std::vector<double>(m * n)};
  for (std::size_t r = 0; r < m; ++r) {
    for (std::size_t i = 0; i < k; ++i) {
      const double factor = static_cast<double>(a_of(r, i));
      for (std::size_t c = 0; c < n; ++c) {
        const double product = factor * static_cast<double>(b_of(i, c));
        expected.values[r * n + c] += product;
        expected.roundings[r * n + c] += static_cast<double>(k) * std::abs(product);
      }
    }
  }
  return expected;
}

/// @returns  whether all answers are right; if not, the benchmark is over
template <Real T>
bool check(benchmark::State& state, std::span<const T> got, const Expected& expected) {
  const double rounding = static_cast<double>(std::numeric_limits<T>::epsilon());
  for (std::size_t i = 0; i < got.size(); ++i) {
    const double difference = std::abs(static_cast<double>(got[i]) - expected.values[i]);
    if (!(difference <= rounding * expected.roundings[i])) {
      report_wrong_answer(state);
      return false;
    }
  }
  return true;
}

/// Times run() and returns its mean in seconds.
template <class Run>
double time(benchmark::State& state, Run run) {
  const auto start = std::chrono::steady_clock::now();
  for ([[maybe_unused]] auto _ : state) {
    run();
    benchmark::ClobberMemory();
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  return seconds.count() / static_cast<double>(state.iterations());
}

/// Times run() and reports its rate, and its share of what so many cores can do at most.
/// @param operations  additions and multiplications in one run
template <Real T, class Run>
void time_operations(benchmark::State& state, double operations, std::size_t num_threads, Run run) {
  const double rate = operations / time(state, run);
  state.counters["GFLOP/s"] = rate / 1e9;
  state.counters["% of peak"] =
      100 * rate / (static_cast<double>(num_threads) * multiply_add_peak<T>());
}

/// Times run() and reports how many numbers it reads in a second.
template <class Run>
void time_elements(benchmark::State& state, std::size_t num_elements, Run run) {
  state.counters["Gelement/s"] = static_cast<double>(num_elements) / time(state, run) / 1e9;
}

/// A number among a benchmark's arguments.
[[nodiscard]] inline std::size_t argument(const benchmark::State& state, std::size_t i) {
  return static_cast<std::size_t>(state.range(i));
}

}  // namespace gradus::bench
