// SPDX-License-Identifier: MIT
#include "gradus/math/outer_product.hpp"

#include <gtest/gtest.h>

#include "gradus/core/error.hpp"
#include "support.hpp"
#include "unit/math/instruction_sets.hpp"

namespace gradus {
namespace {

TEST(OuterProduct, MultipliesEveryNumberOfTheColumnWithEveryNumberOfTheRow) {
  for_every_instruction_set([] {
    for (std::size_t length = 0; length <= 19; ++length) {
      const auto column = random_numbers<double>(3, 1);
      const auto row = random_numbers<double>(length, 2);
      Array<double> product = unwritten_matrix<double>(3, length);
      outer_product_into(column, row, product.matrix());
      for (std::size_t r = 0; r < 3; ++r) {
        for (std::size_t m = 0; m < length; ++m) {
          EXPECT_EQ(product.matrix()(r, m), column[r] * row[m]) << "length " << length;
        }
      }
    }
  });
}

TEST(OuterProduct, RefusesAProductOfAnotherShape) {
  Array<double> product = unwritten_matrix<double>(3, 4);
  EXPECT_THROW(outer_product_into(std::vector<double>(3), std::vector<double>(5), product.matrix()),
               ShapeError);
  EXPECT_THROW(outer_product_into(std::vector<double>(2), std::vector<double>(4), product.matrix()),
               ShapeError);
}

}  // namespace
}  // namespace gradus
