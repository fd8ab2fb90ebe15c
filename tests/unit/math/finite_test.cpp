// SPDX-License-Identifier: MIT
#include "gradus/math/finite.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "support.hpp"

namespace gradus {
namespace {

template <class T>
class Finite : public ::testing::Test {};
TYPED_TEST_SUITE(Finite, RealTypes, RealNames);

TYPED_TEST(Finite, OneNumberThatIsNotSpoilsAll) {
  using Limits = std::numeric_limits<TypeParam>;
  EXPECT_TRUE(are_finite<TypeParam>({}));
  std::vector<TypeParam> numbers{0, -1, Limits::max(), Limits::denorm_min()};
  EXPECT_TRUE(are_finite<TypeParam>(numbers));
  for (const TypeParam wrong : {Limits::infinity(), -Limits::infinity(), Limits::quiet_NaN()}) {
    numbers.back() = wrong;
    EXPECT_FALSE(are_finite<TypeParam>(numbers)) << wrong;
  }
}

}  // namespace
}  // namespace gradus
