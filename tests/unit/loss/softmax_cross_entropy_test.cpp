// SPDX-License-Identifier: MIT
// What holds for every trainable loss is in tests/property/loss_test.cpp.
#include "gradus/loss/softmax_cross_entropy.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "support.hpp"
#include "tolerances.hpp"

namespace gradus {
namespace {

template <class T>
class SoftmaxCrossEntropyIn : public ::testing::Test {};
TYPED_TEST_SUITE(SoftmaxCrossEntropyIn, RealTypes, RealNames);

/// The loss of one sample, and its gradient.
template <Real T>
struct Result {
  T value;
  std::vector<T> gradient;
};

template <Real T>
Result<T> evaluate(const std::vector<T>& scores, Label label) {
  std::vector<T> d_scores(scores.size());
  const T value = SoftmaxCrossEntropy<T>().value_and_gradient({scores.data(), 1, scores.size()},
                                                              std::vector<Label>{label},
                                                              {d_scores.data(), 1, scores.size()});
  return {value, d_scores};
}

TYPED_TEST(SoftmaxCrossEntropyIn, OfUniformScoresIsTheLogarithmOfTheNumberOfClasses) {
  using T = TypeParam;
  for (const std::size_t num_classes : {2U, 3U, 10U, 1000U}) {
    const T value = evaluate(std::vector<T>(num_classes, T{0}), 1).value;
    EXPECT_EQ(value, std::log(static_cast<T>(num_classes))) << num_classes << " classes";
  }
}

TYPED_TEST(SoftmaxCrossEntropyIn, IsTheFormula) {
  using T = TypeParam;
  const std::vector<T> scores = random_numbers<T>(10, 1);
  long double sum = 0;
  for (const T score : scores) {
    sum += std::exp(static_cast<long double>(score));
  }
  for (Label label = 0; label < 10; ++label) {
    EXPECT_NEAR(evaluate(scores, label).value, static_cast<double>(std::log(sum) - scores[label]),
                tolerance::softmax_roundoffs * tolerance::roundoff<T>)
        << "label " << label;
  }
}

TYPED_TEST(SoftmaxCrossEntropyIn, HasSoftmaxMinusOneHotAsItsGradient) {
  using T = TypeParam;
  const std::vector<T> scores = random_numbers<T>(10, 2);
  long double sum = 0;
  for (const T score : scores) {
    sum += std::exp(static_cast<long double>(score));
  }
  const std::vector<T> gradient = evaluate(scores, 4).gradient;
  for (std::size_t c = 0; c < 10; ++c) {
    const long double p = std::exp(static_cast<long double>(scores[c])) / sum;
    EXPECT_NEAR(gradient[c], static_cast<double>(p) - (c == 4 ? 1 : 0),
                tolerance::softmax_roundoffs * tolerance::roundoff<T>)
        << "class " << c;
  }
}

TYPED_TEST(SoftmaxCrossEntropyIn, ScoresOfTenThousandDoNotOverflow) {
  using T = TypeParam;
  EXPECT_EQ(evaluate<T>({1e4, -1e4, 0}, 0).value, T{0});
  EXPECT_EQ(evaluate<T>({1e4, -1e4, 0}, 1).value, T{2e4});
  EXPECT_EQ(evaluate<T>({1e4, -1e4, 0}, 1).gradient, (std::vector<T>{1, -1, 0}));
}

// Rows are gone through by 64: in the second and the third such block each row has its own label
// too.
TYPED_TEST(SoftmaxCrossEntropyIn, OfALargeBatchIsTheMeanOfItsSamples) {
  using T = TypeParam;
  constexpr std::size_t num_samples = 150;
  constexpr std::size_t num_classes = 5;
  const Array<T> scores = random_matrix<T>(num_samples, num_classes, 3);
  std::vector<Label> labels;
  for (std::size_t b = 0; b < num_samples; ++b) {
    labels.push_back(static_cast<Label>(b * b % 7 % num_classes));
  }
  Array<T> d_scores = unwritten_matrix<T>(num_samples, num_classes);
  const T value =
      SoftmaxCrossEntropy<T>().value_and_gradient(scores.matrix(), labels, d_scores.matrix());
  double sum = 0;
  for (std::size_t b = 0; b < num_samples; ++b) {
    const Result<T> alone = evaluate(copy_of(scores.matrix().row(b)), labels[b]);
    sum += static_cast<double>(alone.value);
    for (std::size_t c = 0; c < num_classes; ++c) {
      EXPECT_NEAR(d_scores.matrix()(b, c), static_cast<double>(alone.gradient[c]) / num_samples,
                  3 * tolerance::roundoff<T> / num_samples)  // 1 / 150, a product, a quotient
          << "row " << b << ", class " << c;
    }
  }
  // A sum and a division; the mean of these losses is below 10.
  EXPECT_NEAR(value, sum / num_samples, tolerance::rounded_sum<T>(num_samples + 1, 10));
}

TYPED_TEST(SoftmaxCrossEntropyIn, IsNeverNegative) {
  using T = TypeParam;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    std::vector<T> scores = random_numbers<T>(3, seed);
    for (T& score : scores) {
      score *= 100;
    }
    for (Label label = 0; label < 3; ++label) {
      EXPECT_GE(evaluate(scores, label).value, T{0}) << "seed " << seed << ", label " << label;
    }
  }
}

// ln(1 + e^-10), between scores so large that their own last place is more than that.
TYPED_TEST(SoftmaxCrossEntropyIn, ASmallLossIsNotLostBesideLargeScores) {
  using T = TypeParam;
  EXPECT_NEAR(evaluate<T>({1000, 990}, 0).value, std::log1p(std::exp(-10.0)),
              tolerance::softmax_roundoffs * tolerance::roundoff<T>);
}

}  // namespace
}  // namespace gradus
