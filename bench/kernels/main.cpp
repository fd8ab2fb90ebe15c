// SPDX-License-Identifier: MIT
// Times each hot operation of the library on its own. Every answer is compared with that of a plain
// loop first; a wrong one is not timed, and the exit code is 1.
//
//   gradus_kernels --benchmark_filter='matmul.*float'
#include <benchmark/benchmark.h>
#include <fmt/core.h>

#include "measure.hpp"
#include "peak.hpp"

int main(int num_arguments, char** arguments) {
  benchmark::Initialize(&num_arguments, arguments);
  if (benchmark::ReportUnrecognizedArguments(num_arguments, arguments)) {
    return 2;
  }
  using gradus::bench::multiply_add_peak;
  benchmark::AddCustomContext(
      "peak of one core",
      fmt::format("{:.1f} GFLOP/s in float, {:.1f} in double", multiply_add_peak<float>() / 1e9,
                  multiply_add_peak<double>() / 1e9));
  benchmark::RunSpecifiedBenchmarks();
  return gradus::bench::was_any_answer_wrong() ? 1 : 0;
}
