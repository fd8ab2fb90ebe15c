// SPDX-License-Identifier: MIT
#include "gradus/core/shape.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>
#include <vector>

#include "support.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

constexpr std::size_t max_size = std::numeric_limits<std::size_t>::max();
constexpr std::size_t two_to_32 = std::size_t{1} << 32;

TEST(Shape, CountsItsAxesAndElements) {
  const Shape shape{2, 3, 4};
  EXPECT_EQ(shape.num_axes(), 3U);
  EXPECT_EQ(shape.num_elements(), 24U);
}

TEST(Shape, AScalarHasNoAxesAndOneElement) {
  EXPECT_EQ(Shape().num_axes(), 0U);
  EXPECT_EQ(Shape().num_elements(), 1U);
}

TEST(Shape, HasNoElementsWhenAnyAxisIsEmpty) {
  EXPECT_EQ((Shape{0, 3}).num_elements(), 0U);
  EXPECT_EQ((Shape{3, 0}).num_elements(), 0U);
}

TEST(Shape, GivesTheSizeOfAnAxis) {
  const Shape shape{5, 6, 7};
  EXPECT_EQ(shape[0], 5U);
  EXPECT_EQ(shape[2], 7U);
  EXPECT_EQ(copy_of(shape.sizes()), (std::vector<std::size_t>{5, 6, 7}));
}

TEST(Shape, AnAxisThatIsNotThereIsRefused) {
  const Shape shape{5, 6};
  EXPECT_THROW(static_cast<void>(shape[2]), std::out_of_range);
}

TEST(Shape, InnerIsTheShapeOfOneElementAlongTheFirstAxis) {
  EXPECT_EQ((Shape{2, 3, 4}).inner(), (Shape{3, 4}));
  EXPECT_EQ((Shape{2, 3, 4}).inner().num_elements(), 12U);
  EXPECT_EQ((Shape{7}).inner(), Shape());
}

TEST(Shape, AScalarHasNoInnerShape) {
  EXPECT_EQ(thrown<ShapeError>([] { static_cast<void>(Shape().inner()); }),
            "Shape.inner: a scalar has no first axis");
}

TEST(Shape, IsWrittenAsPeopleWriteIt) {
  EXPECT_EQ((Shape{2, 3, 4}).to_string(), "(2, 3, 4)");
  EXPECT_EQ((Shape{60000}).to_string(), "(60000,)");
  EXPECT_EQ(Shape().to_string(), "()");
}

TEST(Shape, IsEqualWhenAllSizesAre) {
  EXPECT_EQ((Shape{2, 3}), Shape(std::vector<std::size_t>{2, 3}));
  EXPECT_NE((Shape{2, 3}), (Shape{3, 2}));
  EXPECT_NE((Shape{6}), (Shape{2, 3}));
  EXPECT_NE((Shape{6}), (Shape{6, 1}));
}

TEST(Shape, TakesAsManyElementsAsANumberCanCount) {
  EXPECT_EQ((Shape{two_to_32 - 1, two_to_32 + 1}).num_elements(), max_size);
}

TEST(Shape, OneElementMoreIsRefused) {
  EXPECT_EQ(thrown<ShapeError>([] {
              Shape{two_to_32, two_to_32};
            }),
            "Shape: (4294967296, 4294967296) has more elements than memory can address");
}

// An empty axis hides an overflow when it comes first, and must not bring it back in inner().
TEST(Shape, WhetherItFitsDoesNotHangOnTheOrderOfTheAxes) {
  const auto fits = [](std::vector<std::size_t> sizes) {
    return thrown<ShapeError>([&] { Shape{sizes}; }) == "nothing was thrown";
  };
  EXPECT_EQ(fits({0, two_to_32, two_to_32}), fits({two_to_32, two_to_32, 0}));
}

TEST(CheckedProduct, IsTheProductWhereItFits) {
  EXPECT_EQ(checked_product(6, 7), 42U);
  EXPECT_EQ(checked_product(max_size, 1), max_size);
  EXPECT_EQ(checked_product(1, max_size), max_size);
  EXPECT_EQ(checked_product(two_to_32 - 1, two_to_32 + 1), max_size);
}

TEST(CheckedProduct, IsNothingWhereItDoesNot) {
  EXPECT_EQ(checked_product(two_to_32, two_to_32), std::nullopt);
  EXPECT_EQ(checked_product(max_size, 2), std::nullopt);
  EXPECT_EQ(checked_product(2, max_size), std::nullopt);
  EXPECT_EQ(checked_product(max_size / 2 + 1, 2), std::nullopt);
}

TEST(CheckedProduct, WithZeroIsZero) {
  EXPECT_EQ(checked_product(0, max_size), 0U);
  EXPECT_EQ(checked_product(max_size, 0), 0U);
}

}  // namespace
}  // namespace gradus
