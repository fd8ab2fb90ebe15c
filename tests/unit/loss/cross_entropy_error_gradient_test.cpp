// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <span>
#include <utility>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/diff/numerical.hpp"
#include "gradus/loss/cross_entropy_error.hpp"
#include "gradus/math/softmax.hpp"
#include "support.hpp"
#include "tolerances.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

using Labels = std::vector<Label>;

/// Three rows of four numbers from 0.2 to 1.
Array<double> some_probabilities() {
  Array<double> y(Shape{3, 4});
  Random random(1, Stream::sampling);
  for (double& probability : y.elements()) {
    probability = random.uniform(0.2, 1);
  }
  return y;
}

const Labels some_labels = {3, 0, 3};

TEST(CrossEntropyErrorGradient, IsWhatCentralDifferencesGive) {
  Array<double> y = some_probabilities();
  const auto value = [](std::span<const double> x) {
    return cross_entropy_error(MatrixView<const double>(x.data(), 3, 4), some_labels);
  };
  const auto numerical = numerical_gradient(value, y.elements(), tolerance::softmax_step);
  Array<double> d_y = unwritten_matrix<double>(3, 4);
  cross_entropy_error_gradient_into(y.matrix(), some_labels, d_y.matrix());
  for (std::size_t i = 0; i < numerical.size(); ++i) {
    EXPECT_NEAR(d_y.elements()[i], numerical[i], tolerance::probability_gradient) << "entry " << i;
  }
}

TEST(CrossEntropyErrorGradient, IsZeroAtEveryOtherClass) {
  const Array<double> y = some_probabilities();
  Array<double> d_y = unwritten_matrix<double>(3, 4);
  cross_entropy_error_gradient_into(y.matrix(), some_labels, d_y.matrix());
  for (std::size_t b = 0; b < 3; ++b) {
    for (std::size_t c = 0; c < 4; ++c) {
      EXPECT_EQ(d_y.matrix()(b, c) == 0, c != some_labels[b]) << "row " << b << ", class " << c;
    }
  }
}

// With the delta: (y - t) / B would be off by 1e-7 / y here, more than this test allows.
TEST(CrossEntropyErrorGradient, BehindSoftmaxIsTheGradientWithRespectToTheScores) {
  Array<double> scores = random_matrix<double>(3, 4, 2);
  const auto value = [](std::span<const double> x) {
    Array<double> y(Shape{3, 4});
    softmax_into<double>(MatrixView<const double>(x.data(), 3, 4), y.matrix());
    return cross_entropy_error(std::as_const(y).matrix(), some_labels);
  };
  const auto numerical = numerical_gradient(value, scores.elements(), tolerance::softmax_step);
  Array<double> y(Shape{3, 4});
  softmax_into<double>(scores.matrix(), y.matrix());
  Array<double> d = unwritten_matrix<double>(3, 4);
  cross_entropy_error_gradient_into(y.matrix(), some_labels, d.matrix());
  softmax_backward_into<double>(y.matrix(), d.matrix(), d.matrix());
  for (std::size_t i = 0; i < numerical.size(); ++i) {
    EXPECT_NEAR(d.elements()[i], numerical[i], tolerance::softmax_gradient) << "score " << i;
  }
}

TEST(CrossEntropyErrorGradientErrors, ABatchThatIsNoneIsRefused) {
  const Array<double> y = some_probabilities();
  const auto gradient = [&](const Labels& labels) {
    Array<double> d_y(Shape{3, 4});
    cross_entropy_error_gradient_into(y.matrix(), labels, d_y.matrix());
  };
  EXPECT_EQ(thrown<ShapeError>([&] {
              gradient({0, 1});
            }),
            "cross_entropy_error_gradient: got a (3, 4) matrix and 2 labels, expected at least "
            "one row, at least two classes, and one label for each row");
  EXPECT_EQ(thrown<ValueError>([&] {
              gradient({0, 1, 4});
            }),
            "cross_entropy_error_gradient: the label of row 2 is 4, expected a class below 4");
}

TEST(CrossEntropyErrorGradientErrors, AnOutputOfAnotherShapeIsRefused) {
  const Array<double> y = some_probabilities();
  std::vector<double> memory(12);  // enough for what a function that does not look would write
  for (const MatrixView<double> d_y :
       {MatrixView<double>(memory.data(), 2, 4), MatrixView<double>(memory.data(), 3, 3)}) {
    EXPECT_THROW(cross_entropy_error_gradient_into(y.matrix(), some_labels, d_y), ShapeError);
  }
}

}  // namespace
}  // namespace gradus
