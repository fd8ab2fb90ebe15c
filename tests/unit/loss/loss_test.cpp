// SPDX-License-Identifier: MIT
// What no loss takes for a batch. What holds for every loss is in tests/property/loss_test.cpp.
#include "gradus/loss/loss.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

template <class T>
class LossErrors : public ::testing::Test {};
TYPED_TEST_SUITE(LossErrors, RealTypes, RealNames);

template <Real T, class Check>
void for_every_loss(Check check) {
  for (const LossEntry<T>& entry : losses<T>(Task::classification)) {
    SCOPED_TRACE(std::string(entry.id));
    check(*entry.make());
  }
}

/// The message of what both functions of a loss throw for this batch.
template <class Error, Real T>
std::string refusal(const Loss<T>& loss, std::size_t rows, std::size_t cols,
                    const std::vector<Label>& given) {
  std::vector<T> scores(rows * cols);
  std::vector<T> d_scores(rows * cols);
  const MatrixView<const T> view(scores.data(), rows, cols);
  const std::string message = thrown<Error>([&] { static_cast<void>(loss.value(view, given)); });
  EXPECT_EQ(thrown<Error>([&] {
              loss.value_and_gradient(view, given, {d_scores.data(), rows, cols});
            }),
            message);
  return message.substr(message.find(": ") + 2);  // without the name of the loss
}

TYPED_TEST(LossErrors, ABatchOfNoneIsRefused) {
  using T = TypeParam;
  for_every_loss<T>([](const Loss<T>& loss) {
    EXPECT_EQ((refusal<ShapeError>(loss, 0, 5, {})),
              "got a (0, 5) matrix and 0 labels, expected at least one row, at least two classes, "
              "and one label for each row");
  });
}

TYPED_TEST(LossErrors, ASingleClassIsRefused) {
  using T = TypeParam;
  for_every_loss<T>([](const Loss<T>& loss) {
    EXPECT_EQ((refusal<ShapeError>(loss, 2, 1, {0, 0})),
              "got a (2, 1) matrix and 2 labels, expected at least one row, at least two classes, "
              "and one label for each row");
  });
}

TYPED_TEST(LossErrors, AnotherNumberOfLabelsIsRefused) {
  using T = TypeParam;
  for_every_loss<T>([](const Loss<T>& loss) {
    EXPECT_EQ((refusal<ShapeError>(loss, 2, 5, {0, 0, 1})),
              "got a (2, 5) matrix and 3 labels, expected at least one row, at least two classes, "
              "and one label for each row");
    EXPECT_EQ((refusal<ShapeError>(loss, 2, 5, {0})),
              "got a (2, 5) matrix and 1 labels, expected at least one row, at least two classes, "
              "and one label for each row");
  });
}

TYPED_TEST(LossErrors, AClassThatIsNotThereIsRefused) {
  using T = TypeParam;
  for_every_loss<T>([](const Loss<T>& loss) {
    EXPECT_EQ((refusal<ValueError>(loss, 3, 5, {0, 4, 5})),
              "the label of row 2 is 5, expected a class below 5");
  });
}

TYPED_TEST(LossErrors, AGradientOfAnotherShapeIsRefused) {
  using T = TypeParam;
  for_every_loss<T>([](const Loss<T>& loss) {
    const Array<T> scores = random_matrix<T>(3, 5, 1);
    std::vector<T> memory(15);  // enough for what a loss that does not look would write
    const auto run = [&](std::size_t rows, std::size_t cols) {
      loss.value_and_gradient(scores.matrix(), std::vector<Label>{0, 1, 2},
                              {memory.data(), rows, cols});
    };
    EXPECT_THROW(run(2, 5), ShapeError);
    EXPECT_THROW(run(3, 4), ShapeError);
  });
}

TEST(LossMessages, NameTheLoss) {
  const MatrixView<const float> none;
  EXPECT_EQ(
      thrown<ShapeError>([&] {
        static_cast<void>(
            losses<float>(Task::classification).find("cross_entropy").make()->value(none, {}));
      }).substr(0, 21),
      "SoftmaxCrossEntropy: ");
  EXPECT_EQ(
      thrown<ShapeError>([&] {
        static_cast<void>(
            losses<float>(Task::classification).find("mean_squared_error").make()->value(none, {}));
      }).substr(0, 25),
      "SoftmaxMeanSquaredError: ");
}

TEST(Losses, AnUnknownNameIsRefusedWithTheKnownOnes) {
  const std::string message = thrown<ValueError>(
      [] { static_cast<void>(losses<float>(Task::classification).find("hinge")); });
  EXPECT_EQ(message, "unknown loss for classes \"hinge\"; there are " +
                         losses<float>(Task::classification).ids(", "));
}

TEST(Losses, AreTheSameInFloatAndInDouble) {
  EXPECT_EQ(losses<float>(Task::classification).ids(" "), "cross_entropy mean_squared_error");
  EXPECT_EQ(losses<double>(Task::classification).ids(" "),
            losses<float>(Task::classification).ids(" "));
}

}  // namespace
}  // namespace gradus
