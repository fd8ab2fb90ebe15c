// SPDX-License-Identifier: MIT
#include "gradus/core/array.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <type_traits>
#include <vector>

#include "support.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

/// The numbers 0, 1, 2, ... in this shape.
Array<int> counting(const Shape& shape) {
  Array<int> array(shape);
  std::iota(array.elements().begin(), array.elements().end(), 0);
  return array;
}

TEST(Array, IndexingTakesOneAxisAwayAtATime) {
  const Array<int> x = counting(Shape{2, 3, 4});
  EXPECT_EQ(x.shape(), (Shape{2, 3, 4}));
  EXPECT_EQ(x[0].shape(), (Shape{3, 4}));
  EXPECT_EQ(x[0][0].shape(), (Shape{4}));
  EXPECT_EQ(x[0][0][0].shape(), Shape());
}

TEST(Array, HasOneAxisLessWithEachIndex) {
  const Array<int> x = counting(Shape{2, 3, 4});
  EXPECT_EQ(x.shape().num_axes(), 3U);
  EXPECT_EQ(x[0].shape().num_axes(), 2U);
  EXPECT_EQ(x[0][0].shape().num_axes(), 1U);
  EXPECT_EQ(x[0][0][0].shape().num_axes(), 0U);
}

TEST(Array, KeepsItsElementsRowAfterRow) {
  const Array<int> x = counting(Shape{2, 3, 4});
  EXPECT_EQ(copy_of(x[0][0].elements()), (std::vector<int>{0, 1, 2, 3}));
  EXPECT_EQ(copy_of(x[0].elements()), (std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}));
  EXPECT_EQ(x[0][0][0].value(), 0);
  EXPECT_EQ(x[1][2][3].value(), 23);
  EXPECT_EQ(x[1][0][2].value(), 14);
}

TEST(Array, StartsWithZeros) {
  const Array<double> x(Shape{2, 2});
  EXPECT_EQ(copy_of(x.elements()), std::vector<double>(4, 0.0));
}

TEST(Array, IsAScalarZeroByDefault) {
  const Array<double> x;
  EXPECT_EQ(x.shape(), Shape());
  EXPECT_EQ(x.view().value(), 0.0);
}

TEST(Array, ACopyHasElementsOfItsOwn) {
  Array<int> x = counting(Shape{3});
  const Array<int> copy = x;
  x.elements()[1] = 42;
  EXPECT_EQ(copy_of(copy.elements()), (std::vector<int>{0, 1, 2}));
}

TEST(Array, IsWrittenThroughItsViews) {
  Array<int> x = counting(Shape{2, 3});
  x[1][2].value() = 42;
  x.matrix()(0, 1) = 17;
  EXPECT_EQ(copy_of(x.elements()), (std::vector<int>{0, 17, 2, 3, 4, 42}));
}

TEST(Array, GivesAConstArraysElementsForReadingOnly) {
  Array<int> x = counting(Shape{2, 3});
  const Array<int>& const_x = x;
  EXPECT_TRUE((std::is_same_v<decltype(x[0].value()), int&>));
  EXPECT_TRUE((std::is_same_v<decltype(const_x[0].value()), const int&>));
  EXPECT_TRUE((std::is_same_v<decltype(const_x.matrix()), MatrixView<const int>>));
}

TEST(Array, RefusesElementsThatDoNotFillItsShape) {
  EXPECT_EQ(thrown<ShapeError>([] {
              Array<int>(Shape{2, 3}, {1, 2, 3, 4, 5});
            }),
            "ArrayView: got 5 elements, shape (2, 3) needs 6");
  EXPECT_EQ(thrown<ShapeError>([] { Array<int>(Shape{}, {}); }),
            "ArrayView: got 0 elements, shape () needs 1");
}

TEST(ArrayView, RefusesAnIndexOutsideTheFirstAxis) {
  const Array<int> x = counting(Shape{2, 3});
  EXPECT_EQ(thrown<ValueError>([&] { static_cast<void>(x[2]); }),
            "ArrayView: index 2 is outside the first axis of (2, 3)");
}

TEST(ArrayView, RefusesAnIndexWhenNoAxisIsLeft) {
  const Array<int> x = counting(Shape{2});
  EXPECT_EQ(thrown<ShapeError>([&] { static_cast<void>(x[0][0]); }),
            "Shape.inner: a scalar has no first axis");
}

TEST(ArrayView, SeveralElementsAreNotOneNumber) {
  const Array<int> x = counting(Shape{2, 3});
  EXPECT_EQ(thrown<ShapeError>([&] { static_cast<void>(x[0].value()); }),
            "ArrayView.value: an array of shape (3,) is not one number");
}

TEST(ArrayView, IsAMatrixWithTwoAxesOnly) {
  const Array<int> x = counting(Shape{2, 3, 4});
  EXPECT_EQ(x[1].matrix()(2, 3), 23);
  EXPECT_EQ(x[1].matrix().num_rows(), 3U);
  EXPECT_EQ(x[1].matrix().num_cols(), 4U);
  EXPECT_EQ(thrown<ShapeError>([&] { static_cast<void>(x.matrix()); }),
            "ArrayView.matrix: shape (2, 3, 4) does not have two axes");
}

TEST(MatrixView, IsRowMajor) {
  const Array<int> x = counting(Shape{3, 4});
  const MatrixView<const int> m = x.matrix();
  EXPECT_EQ(m(1, 2), 6);
  EXPECT_EQ(copy_of(m.row(2)), (std::vector<int>{8, 9, 10, 11}));
  EXPECT_EQ(m.num_elements(), 12U);
  EXPECT_EQ(m.elements().size(), 12U);
}

TEST(MatrixView, WritesWhatItLooksAt) {
  std::vector<int> numbers(4);
  const MatrixView<int> m(numbers.data(), 2, 2);
  m(1, 0) = 5;
  m.row(0)[1] = 6;
  EXPECT_EQ(numbers, (std::vector<int>{0, 6, 5, 0}));
}

TEST(MatrixView, AViewToWriteIsAViewToRead) {
  std::vector<int> numbers{1, 2, 3, 4, 5, 6};
  const MatrixView<const int> m = MatrixView<int>(numbers.data(), 2, 3);
  EXPECT_EQ(m.data(), numbers.data());
  EXPECT_EQ(m.num_rows(), 2U);
  EXPECT_EQ(m.num_cols(), 3U);
  EXPECT_FALSE((std::is_convertible_v<MatrixView<const int>, MatrixView<int>>));
}

TEST(MatrixView, IsEmptyWithoutRowsOrWithoutColumns) {
  std::vector<int> numbers(3);
  EXPECT_TRUE(MatrixView<int>().empty());
  EXPECT_TRUE(MatrixView<int>(numbers.data(), 0, 3).empty());
  EXPECT_TRUE(MatrixView<int>(numbers.data(), 3, 0).empty());
  EXPECT_FALSE(MatrixView<int>(numbers.data(), 3, 1).empty());
}

}  // namespace
}  // namespace gradus
