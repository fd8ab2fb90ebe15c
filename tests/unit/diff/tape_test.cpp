// SPDX-License-Identifier: MIT
#include "gradus/diff/tape.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <span>
#include <vector>

#include "gradus/core/error.hpp"
#include "support.hpp"
#include "tolerances.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

using V = Variable<double>;

/// d result / d a and d result / d b of an operation at a = 3, b = 4.
template <class Operation>
std::vector<double> slopes(const Operation& operation) {
  return gradient([&](std::span<const V> x) { return operation(x[0], x[1]); },
                  std::vector<double>{3, 4});
}

TEST(Tape, FollowsTheRulesOfTheTextbook) {
  EXPECT_EQ(slopes([](V a, V b) { return a + b; }), (std::vector<double>{1, 1}));
  EXPECT_EQ(slopes([](V a, V b) { return a - b; }), (std::vector<double>{1, -1}));
  EXPECT_EQ(slopes([](V a, V b) { return a * b; }), (std::vector<double>{4, 3}));
  EXPECT_EQ(slopes([](V a, V b) { return a / b; }), (std::vector<double>{0.25, -3.0 / 16}));
  EXPECT_EQ(slopes([](V a, V) { return -a; }), (std::vector<double>{-1, 0}));
  EXPECT_EQ(slopes([](V a, V) { return 2 / a + a * 5 - 1; }),
            (std::vector<double>{-2.0 / 9 + 5, 0}));
}

TEST(Tape, ComputesInPlace) {
  EXPECT_EQ(slopes([](V a, V b) {
              a += b;
              return a;
            }),
            (std::vector<double>{1, 1}));
  EXPECT_EQ(slopes([](V a, V b) {
              a -= b;
              return a;
            }),
            (std::vector<double>{1, -1}));
  EXPECT_EQ(slopes([](V a, V b) {
              a *= b;
              return a;
            }),
            (std::vector<double>{4, 3}));
  EXPECT_EQ(slopes([](V a, V b) {
              a /= b;
              return a;
            }),
            (std::vector<double>{0.25, -3.0 / 16}));
}

TEST(TapePower, WithAConstantExponentTakesAnyBase) {
  const auto slope = [](double x, double n) {
    return gradient([n](std::span<const V> v) { return pow(v[0], n); }, std::vector{x})[0];
  };
  EXPECT_EQ(slope(-2, 3), 12);
  EXPECT_EQ(slope(4, 0.5), 0.25);
  EXPECT_EQ(slope(0, 1), 1);
  EXPECT_EQ(slope(0, 0), 0);
}

TEST(TapePower, OfANumberFarFromOneLosesNoDigits) {
  for (const double x : {1e150, 1e-150, 1e8}) {
    for (const double n : {0.1, 1.0 / 3, -0.3}) {
      const double slope =
          gradient([n](std::span<const V> v) { return pow(v[0], n); }, std::vector{x})[0];
      const long double exact = n * std::pow(static_cast<long double>(x), n - 1.0L);
      EXPECT_NEAR(slope, static_cast<double>(exact),
                  tolerance::elementary * std::abs(static_cast<double>(exact)))
          << x << "^" << n;
    }
  }
}

TEST(TapePower, DependsOnBothBaseAndExponent) {
  const std::vector<double> d = slopes([](V a, V b) { return pow(a, b); });
  EXPECT_DOUBLE_EQ(d[0], 4 * 27);
  EXPECT_DOUBLE_EQ(d[1], 81 * std::log(3.0));
}

TEST(Tape, WalksAnEntryThatIsReadTwiceOnce) {
  Tape<double> tape;
  const V x = tape.variable(1);
  V y = x;
  for (int i = 0; i < 60; ++i) {
    y = 0.5 * (y + y);  // as a tree this has 2^60 leaves
  }
  EXPECT_EQ(tape.size(), 1U + 2 * 60);
  EXPECT_EQ(y.value(), 1);
  EXPECT_EQ(tape.gradient(y, 1)[0], 1);
}

TEST(Tape, AddsUpWhatComesOverDifferentWays) {
  // y = x^2 + sin(x^2) reads x^2 twice, which reads x twice.
  const auto d = gradient(
      [](std::span<const V> x) {
        const V square = x[0] * x[0];
        return square + sin(square);
      },
      std::vector<double>{1.5});
  EXPECT_NEAR(d[0], 3 + 3 * std::cos(2.25), tolerance::exact_rules);
}

TEST(Tape, AChainOfAMillionOperationsIsNoProblem) {
  const auto chain = [](std::span<const V> x) {
    V y = x[0];
    for (int i = 0; i < 1'000'000; ++i) {
      y = y + x[1];
    }
    return y;
  };
  EXPECT_EQ(gradient(chain, std::vector<double>{2, 0.5}), (std::vector<double>{1, 1e6}));
}

TEST(Tape, ManyInputsCostOneWalk) {
  const std::vector<double> x = random_numbers<double>(10'000, 5);
  const auto f = [](std::span<const V> v) {
    V sum;
    for (const V& number : v) {
      sum += number * number;
    }
    return sum;
  };
  std::vector<double> expected(x.size());
  std::transform(x.begin(), x.end(), expected.begin(), [](double number) { return 2 * number; });
  std::vector<double> d(x.size());
  EXPECT_NEAR(value_and_gradient(f, x, d), std::inner_product(x.begin(), x.end(), x.begin(), 0.0),
              1e-8);
  EXPECT_EQ(d, expected);
}

TEST(Tape, AConstantHasNoSlope) {
  const std::vector<double> x{3, 4};
  const std::vector<double> zeros{0, 0};
  EXPECT_EQ(gradient([](std::span<const V>) { return V(7); }, x), zeros);
  EXPECT_EQ(gradient([](std::span<const V>) { return exp(V(1)) * V(2); }, x), zeros);
  EXPECT_EQ(gradient([](std::span<const V> v) { return 0 * v[0]; }, x), zeros);
}

TEST(Tape, ConstantsLeaveNoEntries) {
  Tape<double> tape;
  const V x = tape.variable(3);
  const V y = x * (V(2) + V(5)) + sin(V(1));
  EXPECT_EQ(tape.size(), 3U);
  EXPECT_EQ(y.value(), 21 + std::sin(1.0));
}

TEST(Tape, AnInputThatIsTheResultHasSlopeOne) {
  EXPECT_EQ(gradient([](std::span<const V> v) { return v[1]; }, std::vector<double>{3, 4}),
            (std::vector<double>{0, 1}));
}

TEST(Tape, CountsOnlyWhatTheResultDependsOn) {
  Tape<double> tape;
  const V x = tape.variable(3);
  const V y = x * x;
  const V later = y * y;
  EXPECT_EQ(tape.gradient(y, 1)[0], 6);
  EXPECT_EQ(tape.gradient(later, 1)[0], 4 * 27);
}

TEST(ValueAndGradient, OverwritesTheGradient) {
  std::vector<double> d{100, 100};
  EXPECT_EQ(value_and_gradient([](std::span<const V> v) { return v[0] * v[1]; },
                               std::vector<double>{3, 4}, d),
            12);
  EXPECT_EQ(d, (std::vector<double>{4, 3}));
}

TEST(ValueAndGradient, RoomForAnotherNumberOfDerivativesIsRefused) {
  std::vector<double> d(3);
  EXPECT_EQ(
      thrown<ShapeError>([&] {
        value_and_gradient([](std::span<const V> v) { return v[0]; }, std::vector<double>{3, 4}, d);
      }),
      "value_and_gradient: room for 3 derivatives, the point has 2 numbers");
}

TEST(HessianVectorProduct, IsThatOfTheClosedForm) {
  // f = x0^2 x1 + x1^3: the matrix is ((2 x1, 2 x0), (2 x0, 6 x1)).
  const auto f = [](auto x) { return x[0] * x[0] * x[1] + x[1] * x[1] * x[1]; };
  const std::vector<double> x{3, 4};
  EXPECT_EQ(hessian_vector_product(f, x, std::vector<double>{1, 0}), (std::vector<double>{8, 6}));
  EXPECT_EQ(hessian_vector_product(f, x, std::vector<double>{0, 1}), (std::vector<double>{6, 24}));
  EXPECT_EQ(hessian_vector_product(f, x, std::vector<double>{2, -1}),
            (std::vector<double>{10, -12}));
}

TEST(HessianVectorProduct, IsThatOfDualsOfDuals) {
  const auto f = [](auto x) { return exp(x[0] * x[1]) / (x[1] + 3) + pow(x[0], 2.5); };
  using Inner = Dual<double>;
  const std::vector<double> x{1.25, -0.5};
  for (std::size_t j = 0; j < 2; ++j) {
    std::vector<double> direction(2);
    direction[j] = 1;
    const std::vector<double> column = hessian_vector_product(f, x, direction);
    for (std::size_t i = 0; i < 2; ++i) {
      std::vector<Dual<Inner>> point;
      for (std::size_t k = 0; k < 2; ++k) {
        point.emplace_back(Inner(x[k], k == j ? 1 : 0), Inner(k == i ? 1 : 0));
      }
      const double expected = f(std::span<const Dual<Inner>>(point)).derivative.derivative;
      EXPECT_NEAR(column[i], expected, tolerance::exact_rules * std::abs(expected));
    }
  }
}

TEST(HessianVectorProduct, ADirectionOfAnotherLengthIsRefused) {
  EXPECT_EQ(
      thrown<ShapeError>([] {
        static_cast<void>(hessian_vector_product(
            [](auto x) { return x[0]; }, std::vector<double>{3, 4}, std::vector<double>{1, 0, 0}));
      }),
      "hessian_vector_product: the direction has 3 numbers, the point has 2");
}

}  // namespace
}  // namespace gradus
