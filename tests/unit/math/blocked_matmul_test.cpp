// SPDX-License-Identifier: MIT
// The vector kernel behind all products of dense matrices against the plain loops that say what it
// computes, on every instruction set.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "math/plain_matmul.hpp"
#include "support.hpp"
#include "tolerances.hpp"
#include "unit/math/instruction_sets.hpp"

namespace gradus {
namespace {

template <class T>
class BlockedMatmul : public ::testing::Test {};
TYPED_TEST_SUITE(BlockedMatmul, RealTypes, RealNames);

struct Sizes {
  std::size_t m, k, n;
};

/// Rows: too few for a copy of b, a tile, more. Columns: less than a vector, several panels and a
/// rest. Terms: none, one, and more than are summed at once. The larger ones are shared by threads.
const std::vector<Sizes> all_sizes = {{1, 40, 50},  {3, 7, 64},     {4, 1, 16},    {12, 0, 33},
                                      {13, 50, 10}, {100, 50, 10},  {50, 100, 10}, {25, 33, 70},
                                      {5, 2100, 3}, {61, 4100, 35}, {2, 2049, 64}, {128, 64, 131}};

/// One way to store the factors, and what becomes of the product.
struct Form {
  bool is_a_transposed, is_b_transposed, has_bias;
  double keep, scale;
};
const std::vector<Form> forms = {{false, false, false, 0, 1},   {true, false, false, 0, 1},
                                 {false, true, false, 0, 1},    {false, false, true, 0, 1},
                                 {true, false, false, 1, -0.5}, {true, false, false, 0.75, 1},
                                 {false, false, true, 0, 2}};

template <Real T>
Factor<T> factor(const Array<T>& stored, bool is_transposed) {
  return is_transposed ? Factor<T>::transposed(stored.matrix()) : Factor<T>::of(stored.matrix());
}

TYPED_TEST(BlockedMatmul, IsThePlainLoopAndHasTheSameBitsOnThreeThreads) {
  using T = TypeParam;
  Team one(1);
  Team three(3, 3);
  for (const Sizes& sizes : all_sizes) {
    for (const Form& form : forms) {
      SCOPED_TRACE("M " + std::to_string(sizes.m) + ", K " + std::to_string(sizes.k) + ", N " +
                   std::to_string(sizes.n) + (form.is_a_transposed ? ", a transposed" : "") +
                   (form.is_b_transposed ? ", b transposed" : "") +
                   (form.has_bias ? ", with a bias" : "") + ", keep " + std::to_string(form.keep) +
                   ", scale " + std::to_string(form.scale));
      const Array<T> a = form.is_a_transposed ? random_matrix<T>(sizes.k, sizes.m, 1)
                                              : random_matrix<T>(sizes.m, sizes.k, 1);
      const Array<T> b = form.is_b_transposed ? random_matrix<T>(sizes.n, sizes.k, 2)
                                              : random_matrix<T>(sizes.k, sizes.n, 2);
      const std::vector<T> bias = random_numbers<T>(sizes.n, 3);
      const Blend<T> blend{.keep = static_cast<T>(form.keep), .scale = static_cast<T>(form.scale)};
      const auto target = [&] {
        return blend.keep == 0 ? unwritten_matrix<T>(sizes.m, sizes.n)
                               : random_matrix<T>(sizes.m, sizes.n, 4);
      };
      Array<T> expected = target();
      MatrixProduct<T> product{.a = factor(a, form.is_a_transposed),
                               .b = factor(b, form.is_b_transposed),
                               .bias = form.has_bias ? bias.data() : nullptr,
                               .num_terms = sizes.k,
                               .c = expected.matrix(),
                               .blend = blend};
      plain_matmul(product, one);
      // Each order of the sum is off by at most so much; products of two normal numbers are
      // below 20. The result is scaled and has what was kept added, at most twice as much.
      const double bound = 4 * tolerance::rounded_sum<T>(sizes.k + 2, 20.0L * (sizes.k + 2));
      for_every_instruction_set([&] {
        Array<T> c = target();
        product.c = c.matrix();
        blocked_matmul(product, one);
        for (std::size_t i = 0; i < c.elements().size(); ++i) {
          ASSERT_NEAR(c.elements()[i], expected.elements()[i], bound) << "element " << i;
        }
        Array<T> c_of_three = target();
        product.c = c_of_three.matrix();
        blocked_matmul(product, three);
        EXPECT_EQ(copy_of(c_of_three.elements()), copy_of(c.elements()));
      });
    }
  }
}

}  // namespace
}  // namespace gradus
