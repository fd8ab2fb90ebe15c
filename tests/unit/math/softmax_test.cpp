// SPDX-License-Identifier: MIT
#include "gradus/math/softmax.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/diff/numerical.hpp"
#include "support.hpp"
#include "tolerances.hpp"
#include "unit/formats/thrown.hpp"
#include "unit/math/instruction_sets.hpp"

namespace gradus {
namespace {

template <class T>
class Softmax : public ::testing::Test {};
TYPED_TEST_SUITE(Softmax, RealTypes, RealNames);

template <class T>
class NegativeLogSoftmax : public ::testing::Test {};
TYPED_TEST_SUITE(NegativeLogSoftmax, RealTypes, RealNames);

template <Real T>
std::vector<T> softmax(const std::vector<T>& scores) {
  std::vector<T> probabilities(scores.size(), std::numeric_limits<T>::quiet_NaN());
  softmax_into<T>(scores, probabilities);
  return probabilities;
}

/// Scores of size up to about 3 whose sum with 1e6 is exact in float: multiples of 1/16.
template <Real T>
std::vector<T> coarse_scores(std::size_t count, std::uint64_t seed) {
  std::vector<T> scores = random_numbers<T>(count, seed);
  for (T& score : scores) {
    score = std::round(score * 16) / 16;
  }
  return scores;
}

/// All scores but one, and that one, so far above that exp of what is between is 0.
template <Real T>
const std::vector<std::pair<T, T>> others_and_largest = {
    {0, 1000}, {0, 1e4}, {-1e4, 0}, {-2e4, -1e4}};

TEST(TextbookSoftmax, GivesTheProbabilitiesOfTheSimpleNet) {
  const auto p = softmax<double>({1.054148091, 0.630716529, 1.132807401});
  EXPECT_NEAR(p[0], 0.36541271113, tolerance::textbook_digits);
  EXPECT_NEAR(p[1], 0.23927077687, tolerance::textbook_digits);
  EXPECT_NEAR(p[2], 0.39531651200, tolerance::textbook_digits);
}

TYPED_TEST(Softmax, IsExpOverTheSumOfExp) {
  using T = TypeParam;
  for_every_instruction_set([] {
    for (const std::size_t num_scores : {1U, 2U, 10U, 20U}) {  // less than a vector, and more
      const std::vector<T> scores = random_numbers<T>(num_scores, 1);
      const std::vector<T> p = softmax(scores);
      long double sum = 0;
      for (const T score : scores) {
        sum += std::exp(static_cast<long double>(score));
      }
      for (std::size_t c = 0; c < p.size(); ++c) {
        const auto exact = static_cast<double>(std::exp(static_cast<long double>(scores[c])) / sum);
        EXPECT_NEAR(p[c], exact, tolerance::softmax_roundoffs * tolerance::roundoff<T> * exact)
            << "class " << c << " of " << num_scores;
      }
    }
  });
}

TYPED_TEST(Softmax, GivesTheSumOfExpThatItDividedEachRowBy) {
  using T = TypeParam;
  for_every_instruction_set([] {
    const std::vector<T> scores{1000, 999, -3000, 1, 1, 1};
    std::vector<T> p(6);
    std::array<SumOfExp<T>, 2> sums;
    softmax_into<T>(MatrixView<const T>(scores.data(), 2, 3), MatrixView<T>(p.data(), 2, 3), sums);
    EXPECT_EQ(sums[0].maximum, T{1000});
    EXPECT_NEAR(sums[0].sum, 1 + std::exp(-1.0), 4 * tolerance::roundoff<T>);
    EXPECT_EQ(sums[1].maximum, T{1});
    EXPECT_EQ(sums[1].sum, T{3});
  });
}

TYPED_TEST(Softmax, OfWhatIsNotANumberIsNothingElse) {
  using T = TypeParam;
  for_every_instruction_set([] {
    for (std::size_t place = 0; place < 20; ++place) {
      std::vector<T> scores = random_numbers<T>(20, 1);
      scores[place] = std::numeric_limits<T>::quiet_NaN();
      for (const T probability : softmax(scores)) {
        EXPECT_TRUE(std::isnan(probability)) << "score " << place;
      }
    }
  });
}

TYPED_TEST(Softmax, RowsSumToOne) {
  using T = TypeParam;
  const Array<T> scores = random_matrix<T>(50, 20, 2);
  Array<T> p = unwritten_matrix<T>(50, 20);
  softmax_into<T>(scores.matrix(), p.matrix());
  for (std::size_t b = 0; b < 50; ++b) {
    double sum = 0;
    for (const T probability : p.matrix().row(b)) {
      EXPECT_GT(probability, 0);
      sum += static_cast<double>(probability);
    }
    EXPECT_NEAR(sum, 1.0, tolerance::softmax_roundoffs * tolerance::roundoff<T>) << "row " << b;
  }
}

TYPED_TEST(Softmax, AddingAConstantToAllScoresChangesNothing) {
  using T = TypeParam;
  const std::vector<T> scores = coarse_scores<T>(10, 3);
  const std::vector<T> expected = softmax(scores);
  for (const T constant : {T{1}, T{-1000}, T{1e6}, T{-1e6}}) {
    std::vector<T> shifted = scores;
    for (T& score : shifted) {
      score += constant;
    }
    EXPECT_EQ(softmax(shifted), expected) << "constant " << constant;
  }
}

TYPED_TEST(Softmax, ScoresOfTenThousandDoNotOverflow) {
  using T = TypeParam;
  EXPECT_EQ(softmax<T>({1e4, -1e4, 0}), (std::vector<T>{1, 0, 0}));
  EXPECT_EQ(softmax<T>({-1e4, 1e4, 1e4}), (std::vector<T>{0, 0.5, 0.5}));
}

// Rows of every length around one vector and more, on each instruction set: what is largest may be
// in the first vector, in a later one, or in the rest. Below the others it must count as well as
// above 0, which is what a vector that is only partly there could be filled with.
TYPED_TEST(Softmax, FindsTheLargestScoreAtEveryPlace) {
  using T = TypeParam;
  for_every_instruction_set([] {
    for (const auto& [others, largest] : others_and_largest<T>) {
      for (std::size_t num_scores = 1; num_scores <= 33; ++num_scores) {
        for (std::size_t place = 0; place < num_scores; ++place) {
          std::vector<T> scores(num_scores, others);
          std::vector<T> expected(num_scores, T{0});
          scores[place] = largest;
          expected[place] = 1;
          ASSERT_EQ(softmax(scores), expected)
              << largest << " at " << place << " of " << num_scores << ", others " << others;
        }
      }
    }
  });
}

TYPED_TEST(Softmax, OfTheLargestNumbersIsUniform) {
  using T = TypeParam;
  constexpr T largest = std::numeric_limits<T>::max();
  EXPECT_EQ(softmax<T>({largest, largest}), (std::vector<T>{0.5, 0.5}));
  EXPECT_EQ(softmax<T>({-largest, -largest}), (std::vector<T>{0.5, 0.5}));
}

TYPED_TEST(Softmax, OfEqualScoresIsUniform) {
  using T = TypeParam;
  EXPECT_EQ(softmax<T>({-3, -3, -3, -3}), std::vector<T>(4, T{0.25}));
}

TYPED_TEST(Softmax, OfOneScoreIsOne) {
  using T = TypeParam;
  EXPECT_EQ(softmax<T>({-7}), std::vector<T>{1});
}

TYPED_TEST(Softmax, OfNothingIsNothing) {
  using T = TypeParam;
  EXPECT_EQ(softmax<T>({}), std::vector<T>{});
}

TYPED_TEST(Softmax, TreatsEachRowByItself) {
  using T = TypeParam;
  const Array<T> scores = random_matrix<T>(3, 5, 4);
  Array<T> p = unwritten_matrix<T>(3, 5);
  softmax_into<T>(scores.matrix(), p.matrix());
  for (std::size_t b = 0; b < 3; ++b) {
    EXPECT_EQ(copy_of(p.matrix().row(b)), softmax(copy_of(scores.matrix().row(b)))) << "row " << b;
  }
}

TYPED_TEST(Softmax, MayWriteOverItsInput) {
  using T = TypeParam;
  const Array<T> scores = random_matrix<T>(3, 5, 5);
  Array<T> expected = unwritten_matrix<T>(3, 5);
  softmax_into<T>(scores.matrix(), expected.matrix());
  Array<T> in_place = scores;
  softmax_into<T>(in_place.matrix(), in_place.matrix());
  EXPECT_EQ(copy_of(in_place.elements()), copy_of(expected.elements()));
}

TYPED_TEST(NegativeLogSoftmax, IsTheLogarithmOfTheProbability) {
  using T = TypeParam;
  const std::vector<T> scores = random_numbers<T>(20, 6);
  long double sum = 0;
  for (const T score : scores) {
    sum += std::exp(static_cast<long double>(score));
  }
  for (std::size_t c = 0; c < scores.size(); ++c) {
    EXPECT_NEAR(negative_log_softmax<T>(scores, c), static_cast<double>(std::log(sum) - scores[c]),
                tolerance::softmax_roundoffs * tolerance::roundoff<T>);
  }
}

TYPED_TEST(NegativeLogSoftmax, OfOneScoreIsZero) {
  using T = TypeParam;
  EXPECT_EQ(negative_log_softmax<T>(std::vector<T>{1000}, 0), T{0});
}

TYPED_TEST(NegativeLogSoftmax, ScoresOfTenThousandDoNotOverflow) {
  using T = TypeParam;
  EXPECT_EQ(negative_log_softmax<T>(std::vector<T>{-1e4, 1e4, 0}, 1), T{0});
  EXPECT_EQ(negative_log_softmax<T>(std::vector<T>{-1e4, 1e4, 0}, 0), T{2e4});
}

TYPED_TEST(NegativeLogSoftmax, FindsTheLargestScoreAtEveryPlace) {
  using T = TypeParam;
  for_every_instruction_set([] {
    for (const auto& [others, largest] : others_and_largest<T>) {
      for (std::size_t num_scores = 1; num_scores <= 33; ++num_scores) {
        for (std::size_t place = 0; place < num_scores; ++place) {
          std::vector<T> scores(num_scores, others);
          scores[place] = largest;
          for (std::size_t c = 0; c < num_scores; ++c) {
            ASSERT_EQ(negative_log_softmax<T>(scores, c), c == place ? T{0} : largest - others)
                << "class " << c << ", " << largest << " at " << place << " of " << num_scores;
          }
        }
      }
    }
  });
}

TYPED_TEST(NegativeLogSoftmax, OfEqualScoresIsTheLogarithmOfTheirNumber) {
  using T = TypeParam;
  EXPECT_EQ(negative_log_softmax<T>(std::vector<T>(10), 3), std::log(T{10}));
}

TEST(NegativeLogSoftmaxErrors, RefuseAClassThatIsNone) {
  EXPECT_THROW(static_cast<void>(negative_log_softmax<double>(std::vector<double>{1, 2}, 2)),
               ValueError);
}

/// d(sum of weights * softmax(scores)) / d(scores) for one row after another.
TEST(SoftmaxBackward, IsTheGradientThatCentralDifferencesGive) {
  constexpr std::size_t num_rows = 4;
  constexpr std::size_t num_classes = 6;
  Array<double> scores = random_matrix<double>(num_rows, num_classes, 7);
  const Array<double> weights = random_matrix<double>(num_rows, num_classes, 8);
  const auto value = [&](std::span<const double> x) {
    Array<double> p = unwritten_matrix<double>(num_rows, num_classes);
    softmax_into<double>(MatrixView<const double>(x.data(), num_rows, num_classes), p.matrix());
    double sum = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      sum += weights.elements()[i] * p.elements()[i];
    }
    return sum;
  };
  const auto numerical = numerical_gradient(value, scores.elements(), tolerance::softmax_step);
  Array<double> p = unwritten_matrix<double>(num_rows, num_classes);
  softmax_into<double>(scores.matrix(), p.matrix());
  Array<double> d_scores = unwritten_matrix<double>(num_rows, num_classes);
  softmax_backward_into<double>(p.matrix(), weights.matrix(), d_scores.matrix());
  for (std::size_t i = 0; i < numerical.size(); ++i) {
    EXPECT_NEAR(d_scores.elements()[i], numerical[i], tolerance::softmax_gradient) << "score " << i;
  }
}

TEST(SoftmaxBackward, MayWriteOverTheGradientItReads) {
  Array<double> p = random_matrix<double>(3, 4, 9);
  softmax_into<double>(p.matrix(), p.matrix());
  Array<double> d = random_matrix<double>(3, 4, 10);
  Array<double> expected = unwritten_matrix<double>(3, 4);
  softmax_backward_into<double>(p.matrix(), d.matrix(), expected.matrix());
  softmax_backward_into<double>(p.matrix(), d.matrix(), d.matrix());
  EXPECT_EQ(copy_of(d.elements()), copy_of(expected.elements()));
}

TEST(SoftmaxErrors, AnotherNumberOfProbabilitiesIsRefused) {
  std::vector<double> p(2);
  EXPECT_EQ(thrown<ShapeError>([&] { softmax_into<double>(std::vector<double>(3), p); }),
            "softmax: got (1, 2), expected (1, 3)");
}

TEST(SoftmaxErrors, AMatrixOfAnotherShapeIsRefused) {
  const auto scores = random_matrix<double>(2, 3, 1);
  for (const Shape& wrong : {Shape{3, 3}, Shape{2, 4}, Shape{3, 2}}) {
    Array<double> p(wrong);
    EXPECT_EQ(thrown<ShapeError>([&] { softmax_into<double>(scores.matrix(), p.matrix()); }),
              "softmax: got " + wrong.to_string() + ", expected (2, 3)");
  }
}

TEST(SoftmaxErrors, AGradientOfAnotherShapeIsRefused) {
  auto p = random_matrix<double>(2, 3, 1);
  const auto refusal = [&](auto& d_p, auto& d_scores) {
    return thrown<ShapeError>(
        [&] { softmax_backward_into<double>(p.matrix(), d_p.matrix(), d_scores.matrix()); });
  };
  for (const Shape& wrong : {Shape{3, 3}, Shape{2, 4}}) {
    Array<double> other(wrong);
    const std::string expected = "softmax_backward: got " + wrong.to_string() + ", expected (2, 3)";
    EXPECT_EQ(refusal(other, p), expected);
    EXPECT_EQ(refusal(p, other), expected);
  }
}

}  // namespace
}  // namespace gradus
