// SPDX-License-Identifier: MIT
// Each optimizer against the formula of its paper, written once more here, in double. What holds
// for every optimizer is in tests/property/optimizer_test.cpp.
#include "gradus/optim/optimizer.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "gradus/core/error.hpp"
#include "support.hpp"
#include "tolerances.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

template <class T>
class OptimizerPath : public ::testing::Test {};
TYPED_TEST_SUITE(OptimizerPath, RealTypes, RealNames);

using Point = std::array<double, 3>;

constexpr Point start{-7, 2, 1.5};
constexpr int num_steps = 5;

/// The gradient of x0^2 / 20 + x1^2 + x2^4 / 4.
Point gradient_at(const Point& x) {
  return {x[0] / 10, 2 * x[1], x[2] * x[2] * x[2]};
}

/// How one number x moves: step(t, g) is called with t = 1, 2, ... and the gradient at x.
using Rule = std::function<double(int t, double g)>;

/// The path of a rule that gives what is added to x; each number has a rule of its own.
std::vector<Point> path_of(const std::function<Rule()>& make_rule) {
  std::array<Rule, 3> rules{make_rule(), make_rule(), make_rule()};
  std::vector<Point> path{start};
  for (int t = 1; t <= num_steps; ++t) {
    Point x = path.back();
    const Point g = gradient_at(x);
    for (std::size_t i = 0; i < 3; ++i) {
      x[i] += rules[i](t, g[i]);
    }
    path.push_back(x);
  }
  return path;
}

/// Lets the library's optimizer walk, and expects it on that path.
template <Real T>
void expect_path(const OptimizerOptions& options, double learning_rate,
                 const std::vector<Point>& path) {
  const auto optimizer = make_optimizer<T>(options, 3);
  std::vector<T> x{static_cast<T>(start[0]), static_cast<T>(start[1]), static_cast<T>(start[2])};
  for (int t = 1; t <= num_steps; ++t) {
    const std::vector<T> g{x[0] / 10, 2 * x[1], x[2] * x[2] * x[2]};
    optimizer->step(x, g, static_cast<T>(learning_rate));
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_NEAR(x[i], path.at(static_cast<std::size_t>(t))[i],
                  tolerance::optimizer_roundoffs * tolerance::roundoff<T>)
          << "step " << t << ", parameter " << i;
    }
  }
}

TYPED_TEST(OptimizerPath, OfSgdIsTheFormula) {
  const auto path = path_of([] { return [](int, double g) { return -0.1 * g; }; });
  expect_path<TypeParam>({.id = "sgd"}, 0.1, path);
}

TYPED_TEST(OptimizerPath, OfMomentumIsTheFormula) {
  const auto path = path_of([] {
    return [v = 0.0](int, double g) mutable {
      v = 0.8 * v - 0.1 * g;
      return v;
    };
  });
  expect_path<TypeParam>({.id = "momentum", .momentum = 0.8}, 0.1, path);
}

// Nesterov's own form keeps a point theta and takes the gradient ahead of it, at theta + mu v. What
// the library moves is the point ahead.
TYPED_TEST(OptimizerPath, OfNesterovIsThePointAheadInItsInventorsForm) {
  constexpr double mu = 0.8;
  constexpr double learning_rate = 0.1;
  Point theta = start;
  Point v{};
  std::vector<Point> path{start};
  for (int t = 1; t <= num_steps; ++t) {
    const Point g = gradient_at(path.back());
    Point ahead{};
    for (std::size_t i = 0; i < 3; ++i) {
      v[i] = mu * v[i] - learning_rate * g[i];
      theta[i] += v[i];
      ahead[i] = theta[i] + mu * v[i];
    }
    path.push_back(ahead);
  }
  expect_path<TypeParam>({.id = "nesterov", .momentum = mu}, learning_rate, path);
}

TYPED_TEST(OptimizerPath, OfAdagradIsTheFormula) {
  const auto path = path_of([] {
    return [h = 0.0](int, double g) mutable {
      h += g * g;
      return -0.5 * g / (std::sqrt(h) + 1e-7);
    };
  });
  expect_path<TypeParam>({.id = "adagrad"}, 0.5, path);
}

TYPED_TEST(OptimizerPath, OfRmspropIsTheFormula) {
  const auto path = path_of([] {
    return [h = 0.0](int, double g) mutable {
      h = 0.99 * h + 0.01 * g * g;
      return -0.05 * g / (std::sqrt(h) + 1e-7);
    };
  });
  expect_path<TypeParam>({.id = "rmsprop"}, 0.05, path);
}

TYPED_TEST(OptimizerPath, OfAdamIsTheFormula) {
  const auto path = path_of([] {
    return [m = 0.0, v = 0.0](int t, double g) mutable {
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      const double m_hat = m / (1 - std::pow(0.9, t));
      const double v_hat = v / (1 - std::pow(0.999, t));
      return -0.3 * m_hat / (std::sqrt(v_hat) + 1e-8);
    };
  });
  expect_path<TypeParam>({.id = "adam"}, 0.3, path);
}

// The constants 1e-7 and 1e-8 show where gradients are as small as they are.
TEST(OptimizerEpsilon, KeepsStepsSmallWhereGradientsAreTiny) {
  constexpr double tiny = 1e-8;
  const auto first_step = [](const char* id) {
    double x = 0;
    const double g = tiny;
    make_optimizer<double>({.id = id}, 1)->step({&x, 1}, {&g, 1}, 1);
    return x;
  };
  const double margin = tolerance::optimizer_roundoffs * tolerance::roundoff<double>;
  EXPECT_NEAR(first_step("adagrad"), -tiny / (tiny + 1e-7), margin);
  EXPECT_NEAR(first_step("rmsprop"), -tiny / (0.1 * tiny + 1e-7), margin);
  EXPECT_NEAR(first_step("adam"), -tiny / (tiny + 1e-8), margin);
}

// With t counted once for each parameter the later ones would move by another length.
TEST(Adam, CountsStepsNotParameters) {
  constexpr std::size_t num_parameters = 100;
  std::vector<double> x(num_parameters);
  std::vector<double> g(num_parameters);
  for (std::size_t i = 0; i < num_parameters; ++i) {
    g[i] = i % 2 == 0 ? 1.0 + static_cast<double>(i) : -1.0;
  }
  make_optimizer<double>({.id = "adam"}, num_parameters)->step(x, g, 0.001);
  for (std::size_t i = 0; i < num_parameters; ++i) {
    const double size = std::abs(g[i]);
    EXPECT_NEAR(x[i], (i % 2 == 0 ? -0.001 : 0.001) * size / (size + 1e-8),
                tolerance::optimizer_roundoffs * tolerance::roundoff<double>)
        << "parameter " << i;
  }
}

TEST(MakeOptimizer, AnUnknownNameIsRefusedWithTheKnownOnes) {
  EXPECT_EQ(thrown<ValueError>([] { static_cast<void>(make_optimizer<float>({.id = "lion"}, 3)); }),
            "unknown optimizer \"lion\"; there are " + optimizers<float>().ids(", "));
}

TEST(MakeOptimizer, AMomentumOutsideZeroToOneIsRefused) {
  const auto refusal = [](double momentum) {
    return thrown<ValueError>([&] {
      static_cast<void>(make_optimizer<double>({.id = "momentum", .momentum = momentum}, 3));
    });
  };
  EXPECT_EQ(refusal(1), "momentum is 1, expected a number from 0 up to but not 1");
  EXPECT_EQ(refusal(-0.1), "momentum is -0.1, expected a number from 0 up to but not 1");
  EXPECT_EQ(refusal(std::nan("")), "momentum is nan, expected a number from 0 up to but not 1");
  EXPECT_EQ(refusal(0), "nothing was thrown");
}

TEST(Optimizers, AreTheSameInFloatAndInDouble) {
  EXPECT_EQ(optimizers<float>().ids(" "), "sgd momentum nesterov adagrad rmsprop adam");
  EXPECT_EQ(optimizers<double>().ids(" "), optimizers<float>().ids(" "));
}

TEST(EveryOptimizerErrors, RefusesAnotherNumberOfParameters) {
  for (const auto& entry : optimizers<double>()) {
    const auto optimizer = entry.make({}, 3);
    std::vector<double> three(3);
    std::vector<double> four(4);
    EXPECT_THROW(optimizer->step(three, four, 0.1), ShapeError) << entry.id;
    if (entry.id != "sgd") {  // remembers nothing
      EXPECT_THROW(optimizer->step(four, four, 0.1), ShapeError) << entry.id;
    }
  }
}

}  // namespace
}  // namespace gradus
