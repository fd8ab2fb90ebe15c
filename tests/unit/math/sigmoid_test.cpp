// SPDX-License-Identifier: MIT
#include "gradus/math/sigmoid.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "gradus/core/error.hpp"
#include "support.hpp"
#include "tolerances.hpp"
#include "unit/math/instruction_sets.hpp"

namespace gradus {
namespace {

template <class T>
class SigmoidInto : public ::testing::Test {};
TYPED_TEST_SUITE(SigmoidInto, RealTypes, RealNames);

TYPED_TEST(SigmoidInto, IsTheFormulaInLongDouble) {
  using T = TypeParam;
  std::vector<T> x;
  for (int i = -870; i <= 870; ++i) {
    x.push_back(static_cast<T>(i) / 10);
  }
  for_every_instruction_set([&] {
    for (const std::size_t count : {std::size_t{0}, std::size_t{1}, std::size_t{7}, x.size()}) {
      std::vector<T> y(count + 1, T{-1});
      sigmoid_into<T>(std::span(x).first(count), std::span(y).first(count));
      for (std::size_t i = 0; i < count; ++i) {
        const auto exact = 1 / (1 + std::exp(-static_cast<long double>(x[i])));
        EXPECT_NEAR(y[i], static_cast<double>(exact),
                    8 * tolerance::roundoff<T> * static_cast<double>(exact))
            << x[i];
      }
      EXPECT_EQ(y[count], T{-1});
    }
  });
}

TYPED_TEST(SigmoidInto, ReachesItsEndsAndKeepsWhatIsNotANumber) {
  using T = TypeParam;
  constexpr T infinity = std::numeric_limits<T>::infinity();
  for_every_instruction_set([&] {
    std::vector<T> y{-1000,
                     1000,
                     -infinity,
                     infinity,
                     std::numeric_limits<T>::lowest(),
                     std::numeric_limits<T>::max(),
                     std::numeric_limits<T>::quiet_NaN(),
                     0};
    sigmoid_into<T>(y, y);
    EXPECT_TRUE(std::isnan(y[6]));
    y.erase(y.begin() + 6);
    EXPECT_EQ(y, (std::vector<T>{0, 1, 0, 1, 0, 1, T{0.5}}));
  });
}

TEST(SigmoidIntoErrors, AnotherLengthIsRefused) {
  std::vector<double> y(2);
  EXPECT_THROW(sigmoid_into<double>(std::vector<double>(3), y), ShapeError);
}

}  // namespace
}  // namespace gradus
