// SPDX-License-Identifier: MIT
// Three ways to differentiate the same random expression must agree as far as it is well enough
// conditioned for them to.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <span>
#include <string>
#include <vector>

#include "gradus/core/random.hpp"
#include "gradus/diff/dual.hpp"
#include "gradus/diff/expression.hpp"
#include "gradus/diff/running_error.hpp"
#include "gradus/diff/tape.hpp"
#include "random_expression.hpp"
#include "tolerances.hpp"

namespace gradus {
namespace {

constexpr int num_expressions = 200;

double norm(const std::vector<double>& x) {
  double sum = 0;
  for (const double number : x) {
    sum += number * number;
  }
  return std::sqrt(sum);
}

void expect_agreement(const std::vector<double>& a, const std::vector<double>& b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_NEAR(a[i], b[i], tolerance::exact_rules * norm(a)) << "derivative " << i;
  }
}

/// The gradient, and what rounding may have moved each derivative by.
std::vector<RunningError> bounded_gradient(const Expression& f, const std::vector<double>& x) {
  std::vector<Dual<RunningError>> point(x.begin(), x.end());
  std::vector<RunningError> gradient;
  for (Dual<RunningError>& number : point) {
    number.derivative = 1;
    gradient.push_back(f(std::span<const Dual<RunningError>>(point)).derivative);
    number.derivative = 0;
  }
  return gradient;
}

std::vector<double> complex_step_gradient(const Expression& f, const std::vector<double>& x) {
  constexpr double step = 1e-100;
  std::vector<std::complex<double>> point(x.begin(), x.end());
  std::vector<double> gradient;
  for (std::complex<double>& number : point) {
    number.imag(step);
    gradient.push_back(f(std::span<const std::complex<double>>(point)).imag() / step);
    number.imag(0);
  }
  return gradient;
}

/// check(f, x, gradient) for random expressions with a finite, well-conditioned gradient.
template <class Check>
void for_every_expression(const Check& check) {
  Random random(31, Stream::validation);
  int num_checked = 0;
  int num_undefined = 0;
  int num_ill_conditioned = 0;
  while (num_checked < num_expressions) {
    const int num_variables = 1 + static_cast<int>(random.below(4));
    const std::string text = random_expression(random, {.num_variables = num_variables});
    SCOPED_TRACE(text);
    std::vector<double> x(static_cast<std::size_t>(num_variables));
    std::generate(x.begin(), x.end(), [&] { return random.normal(); });
    const Expression f(text);
    const std::vector<double> d = dual_gradient(f, x);
    const std::vector<RunningError> bounded = bounded_gradient(f, x);
    if (!std::isfinite(f.evaluate<double>(x)) || !std::isfinite(norm(d))) {
      ++num_undefined;
    } else if (std::any_of(bounded.begin(), bounded.end(), [&](const RunningError& d_x) {
                 return d_x.error > tolerance::exact_rules / 4 * norm(d);
               })) {
      ++num_ill_conditioned;
    } else {
      check(f, x, d);
      ++num_checked;
    }
  }
  EXPECT_LT(num_undefined, num_expressions / 4);
  EXPECT_LT(num_ill_conditioned, num_expressions / 4);
}

TEST(TheGradientOfAnyExpression, IsTheSameByDualsAndByTheTape) {
  for_every_expression([](const Expression& f, const std::vector<double>& x,
                          const std::vector<double>& d) { expect_agreement(d, gradient(f, x)); });
}

TEST(TheGradientOfAnyExpression, IsTheSameByAComplexStep) {
  for_every_expression(
      [](const Expression& f, const std::vector<double>& x, const std::vector<double>& d) {
        expect_agreement(d, complex_step_gradient(f, x));
      });
}

TEST(TheGradientOfAnyExpression, IsTheSameUnderDualsOfDualsAndDualsOnATape) {
  using Inner = Dual<double>;
  for_every_expression([](const Expression& f, const std::vector<double>& x,
                          const std::vector<double>& d) {
    std::vector<Dual<Inner>> point(x.begin(), x.end());
    Tape<Inner> tape;
    std::vector<Variable<Inner>> on_tape;
    for (const double number : x) {
      on_tape.push_back(tape.variable(number));
    }
    const auto by_tape = tape.gradient(f(std::span<const Variable<Inner>>(on_tape)), x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
      point[i].derivative = 1;
      const double by_duals = f(std::span<const Dual<Inner>>(point)).derivative.value;
      point[i].derivative = 0;
      EXPECT_NEAR(by_duals, d[i], tolerance::exact_rules * norm(d)) << "derivative " << i;
      EXPECT_NEAR(by_tape[i].value, d[i], tolerance::exact_rules * norm(d)) << "derivative " << i;
    }
  });
}

TEST(TheSecondDerivativesOfAnyExpression, AreTheSameByDualsOfDualsAndByDualsOnATape) {
  using Inner = Dual<RunningError>;
  for_every_expression([](const Expression& f, const std::vector<double>& x,
                          const std::vector<double>&) {
    std::vector<double> direction(x.size(), 1.0);
    const std::vector<double> product = hessian_vector_product(f, x, direction);
    for (std::size_t i = 0; i < x.size(); ++i) {
      std::vector<Dual<Inner>> point;
      for (std::size_t j = 0; j < x.size(); ++j) {
        point.emplace_back(Inner(x[j], 1), Inner(i == j ? 1 : 0));
      }
      const RunningError expected = f(std::span<const Dual<Inner>>(point)).derivative.derivative;
      if (std::isfinite(expected.value)) {
        // Both are off by roundings of the same size, in another order.
        EXPECT_NEAR(product[i], expected.value, 4 * expected.error) << "derivative " << i;
      }
    }
  });
}

}  // namespace
}  // namespace gradus
