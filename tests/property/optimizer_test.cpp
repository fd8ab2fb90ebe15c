// SPDX-License-Identifier: MIT
// What must hold for every optimizer there is.
#include "gradus/optim/optimizer.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "support.hpp"
#include "tolerances.hpp"

namespace gradus {
namespace {

template <class T>
class EveryOptimizer : public ::testing::Test {};
TYPED_TEST_SUITE(EveryOptimizer, RealTypes, RealNames);

constexpr std::size_t num_parameters = 20;
constexpr std::uint64_t num_steps = 10;

/// check(make) for every optimizer; make(P) gives a new one for P parameters.
template <Real T, class Check>
void for_every_optimizer(Check check) {
  for (const OptimizerEntry<T>& entry : optimizers<T>()) {
    SCOPED_TRACE(std::string(entry.id));
    check(
        [&](std::size_t count) { return make_optimizer<T>({.id = std::string(entry.id)}, count); });
  }
}

/// Ten steps of 0.1 with the same random gradients for whoever asks.
template <Real T>
std::vector<T> parameters_after_steps(Optimizer<T>& optimizer) {
  std::vector<T> parameters = random_numbers<T>(num_parameters, 1);
  for (std::uint64_t step = 0; step < num_steps; ++step) {
    optimizer.step(parameters, random_numbers<T>(num_parameters, 2 + step), T{0.125});
  }
  return parameters;
}

TYPED_TEST(EveryOptimizer, MovesEachParameterByItself) {
  using T = TypeParam;
  for_every_optimizer<T>([](const auto& make) {
    const std::vector<T> together = parameters_after_steps(*make(num_parameters));
    constexpr std::size_t cut = 7;
    const auto front = make(cut);
    const auto back = make(num_parameters - cut);
    std::vector<T> apart = random_numbers<T>(num_parameters, 1);
    for (std::uint64_t step = 0; step < num_steps; ++step) {
      const std::vector<T> gradient = random_numbers<T>(num_parameters, 2 + step);
      const std::span<const T> g(gradient);
      front->step(std::span(apart).first(cut), g.first(cut), T{0.125});
      back->step(std::span(apart).subspan(cut), g.subspan(cut), T{0.125});
    }
    EXPECT_EQ(apart, together);
  });
}

TYPED_TEST(EveryOptimizer, KeepsWhatItRemembersToItself) {
  using T = TypeParam;
  for_every_optimizer<T>([](const auto& make) {
    const auto used = make(num_parameters);
    const std::vector<T> expected = parameters_after_steps(*used);
    EXPECT_EQ(parameters_after_steps(*make(num_parameters)), expected);
  });
}

TYPED_TEST(EveryOptimizer, StartsAgainstTheGradient) {
  using T = TypeParam;
  for_every_optimizer<T>([](const auto& make) {
    const std::vector<T> gradient = random_numbers<T>(num_parameters, 3);
    std::vector<T> parameters(num_parameters);
    make(num_parameters)->step(parameters, gradient, T{0.125});
    for (std::size_t i = 0; i < num_parameters; ++i) {
      EXPECT_LT(parameters[i] * gradient[i], T{0}) << "parameter " << i;
    }
  });
}

TYPED_TEST(EveryOptimizer, DoesNotMoveWhereTheGradientHasAlwaysBeenZero) {
  using T = TypeParam;
  for_every_optimizer<T>([](const auto& make) {
    const std::vector<T> zeros(num_parameters);
    std::vector<T> parameters = random_numbers<T>(num_parameters, 1);
    const auto optimizer = make(num_parameters);
    for (std::uint64_t step = 0; step < num_steps; ++step) {
      optimizer->step(parameters, zeros, T{0.125});
    }
    EXPECT_EQ(parameters, random_numbers<T>(num_parameters, 1));
  });
}

TYPED_TEST(EveryOptimizer, TakesTheLearningRateOfEachStep) {
  using T = TypeParam;
  for_every_optimizer<T>([](const auto& make) {
    const std::vector<T> gradient = random_numbers<T>(num_parameters, 3);
    std::vector<T> short_step(num_parameters);
    std::vector<T> long_step(num_parameters);
    make(num_parameters)->step(short_step, gradient, T{0.125});
    make(num_parameters)->step(long_step, gradient, T{0.25});
    for (std::size_t i = 0; i < num_parameters; ++i) {
      EXPECT_EQ(long_step[i], 2 * short_step[i]) << "parameter " << i;  // doubling is exact
    }
  });
}

TYPED_TEST(EveryOptimizer, DescendsIntoALongValley) {
  using T = TypeParam;
  for_every_optimizer<T>([](const auto& make) {
    const auto f = [](const std::vector<T>& x) { return x[0] * x[0] / 20 + x[1] * x[1]; };
    std::vector<T> x{-7, 2};
    const T at_start = f(x);
    const auto optimizer = make(2);
    for (int step = 0; step < 100; ++step) {
      optimizer->step(x, std::vector<T>{x[0] / 10, 2 * x[1]}, T{0.1F});
    }
    EXPECT_LT(f(x), at_start / 2);
  });
}

TEST(EveryOptimizerInFloat, AgreesWithDouble) {
  for (const OptimizerEntry<float>& entry : optimizers<float>()) {
    SCOPED_TRACE(std::string(entry.id));
    const OptimizerOptions options{.id = std::string(entry.id)};
    const auto in_float = parameters_after_steps(*make_optimizer<float>(options, num_parameters));
    const auto in_double = parameters_after_steps(*make_optimizer<double>(options, num_parameters));
    for (std::size_t i = 0; i < num_parameters; ++i) {
      EXPECT_NEAR(in_float[i], in_double[i], tolerance::optimizer_in_float) << "parameter " << i;
    }
  }
}

}  // namespace
}  // namespace gradus
