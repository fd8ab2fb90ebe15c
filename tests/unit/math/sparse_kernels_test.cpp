// SPDX-License-Identifier: MIT
// The vector kernels for sparse rows against the plain loops that say what they compute, on every
// instruction set, in shapes that end in the middle of whatever a kernel works on at once.
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "math/plain_sparse_products.hpp"
#include "support.hpp"
#include "tolerances.hpp"
#include "unit/math/instruction_sets.hpp"
#include "unit/math/on_panels.hpp"

namespace gradus {
namespace {

template <class T>
class SparseKernels : public ::testing::Test {};
TYPED_TEST_SUITE(SparseKernels, RealTypes, RealNames);

struct Sizes {
  std::size_t num_samples, num_inputs, num_outputs;
};

/// Outputs: less than a narrow vector, one more, several panels. Inputs: one block, several, more
/// than are done at once. Samples: a few, as many as are done at once, more.
const std::vector<Sizes> all_sizes = {{8, 1, 1},     {9, 56, 4},     {20, 57, 5},   {100, 784, 50},
                                      {128, 393, 3}, {129, 113, 16}, {300, 40, 17}, {40, 448, 64},
                                      {33, 70, 67},  {10, 100, 131}};

/// A batch of bytes of which four fifths are 0; every third sample is there twice.
template <Real T>
class Batch {
 public:
  explicit Batch(const Sizes& sizes) : rows_(bytes(sizes).matrix()) {
    for (std::size_t b = 0; b < sizes.num_samples; ++b) {
      indices_.push_back(static_cast<std::uint32_t>(b % 3 == 0 ? 0 : b));
    }
    for (std::size_t byte = 0; byte < values_.size(); ++byte) {
      values_[byte] = static_cast<T>(static_cast<double>(byte) / 255);
    }
  }

  [[nodiscard]] SparseBatch<T> get() const { return {&rows_, indices_, &values_}; }

 private:
  static Array<std::uint8_t> bytes(const Sizes& sizes) {
    Array<std::uint8_t> all(Shape{sizes.num_samples, sizes.num_inputs});
    Random random(1, Stream::sampling);
    for (std::uint8_t& byte : all.elements()) {
      byte = random.uniform() < 0.8 ? 0 : static_cast<std::uint8_t>(1 + random.below(255));
    }
    return all;
  }

  SparseRows rows_;
  std::vector<std::uint32_t> indices_;
  ByteValues<T> values_{};
};

/// Expects the same numbers up to what two orders of a sum allow: the terms are below 5.
template <Real T>
void expect_near(const Array<T>& found, const Array<T>& expected, std::size_t num_terms) {
  const double bound = 2 * tolerance::rounded_sum<T>(num_terms, 5.0L * num_terms);
  for (std::size_t i = 0; i < found.elements().size(); ++i) {
    ASSERT_NEAR(found.elements()[i], expected.elements()[i], bound) << "element " << i;
  }
}

template <class Check>
void for_every_size_and_instruction_set(Check check) {
  for (const Sizes& sizes : all_sizes) {
    SCOPED_TRACE(std::to_string(sizes.num_samples) + " samples, " +
                 std::to_string(sizes.num_inputs) + " inputs, " +
                 std::to_string(sizes.num_outputs) + " outputs");
    for_every_instruction_set([&] { check(sizes); });
  }
}

TYPED_TEST(SparseKernels, AffineIsThePlainLoop) {
  using T = TypeParam;
  Team one(1);
  Team three(3, 3);
  for_every_size_and_instruction_set([&](const Sizes& sizes) {
    const Batch<T> batch(sizes);
    const Array<T> w = random_matrix<T>(sizes.num_inputs, sizes.num_outputs, 2);
    const std::vector<T> bias = random_numbers<T>(sizes.num_outputs, 3);
    Array<T> expected = unwritten_matrix<T>(sizes.num_samples, sizes.num_outputs);
    Array<T> y = expected;
    Array<T> y_of_three = expected;
    plain_sparse_affine<T>(batch.get(), w.matrix(), bias.data(), expected.matrix(), nullptr);
    affine_on_panels<T>(batch.get(), w.matrix(), bias, y.matrix(), nullptr, one);
    affine_on_panels<T>(batch.get(), w.matrix(), bias, y_of_three.matrix(), nullptr, three);
    expect_near(y, expected, sizes.num_inputs + 1);
    EXPECT_EQ(copy_of(y_of_three.elements()), copy_of(y.elements()));
  });
}

using Lists = std::vector<std::vector<std::pair<std::size_t, std::size_t>>>;

/// For each column the samples with an entry there, and its value, in the order of the lists.
Lists contents_of(const ColumnLists& lists, std::size_t copy) {
  Lists contents(lists.num_columns());
  for (std::size_t first = 0; first < lists.num_samples();
       first += ColumnLists::samples_per_group) {
    for (std::size_t column = 0; column < lists.num_columns(); ++column) {
      for (const auto& entry : lists.list(copy, first / ColumnLists::samples_per_group, column)) {
        contents[column].emplace_back(first + entry.sample(), entry.value());
      }
    }
  }
  return contents;
}

// By one thread and by three, each into a copy of its own, and in several panels of outputs.
TYPED_TEST(SparseKernels, AffineNotesEachEntryOnceByItsColumn) {
  using T = TypeParam;
  Team one(1);
  Team three(3, 3);
  for_every_size_and_instruction_set([&](const Sizes& sizes) {
    const Batch<T> batch(sizes);
    Lists expected(sizes.num_inputs);
    for (std::size_t b = 0; b < sizes.num_samples; ++b) {
      batch.get().rows->for_each_entry(
          batch.get().indices[b],
          [&](std::size_t column, std::uint8_t value) { expected[column].emplace_back(b, value); });
    }
    const Array<T> w = random_matrix<T>(sizes.num_inputs, sizes.num_outputs, 2);
    Array<T> y = unwritten_matrix<T>(sizes.num_samples, sizes.num_outputs);
    ColumnLists lists;
    for (Team* team : {&one, &three}) {
      affine_on_panels<T>(batch.get(), w.matrix(), std::vector<T>(sizes.num_outputs), y.matrix(),
                          &lists, *team);
      for (std::size_t copy = 0; copy < lists.num_copies(); ++copy) {
        ASSERT_EQ(contents_of(lists, copy), expected);
      }
    }
  });
}

TYPED_TEST(SparseKernels, TheTransposedProductIsThePlainLoop) {
  using T = TypeParam;
  Team one(1);
  Team three(3, 3);
  for_every_size_and_instruction_set([&](const Sizes& sizes) {
    const Batch<T> batch(sizes);
    const ByteValues<T>& byte_values = *batch.get().byte_values;
    const Array<T> d = random_matrix<T>(sizes.num_samples, sizes.num_outputs, 2);
    ColumnLists lists;
    fill_lists<T>(lists, batch.get(), one);
    for (const T factor_c : {T{0}, T{1}, T{-0.5}}) {
      SCOPED_TRACE(factor_c);
      Array<T> expected = random_matrix<T>(sizes.num_inputs, sizes.num_outputs, 3);
      Array<T> c = expected;
      Array<T> c_of_three = expected;
      plain_sparse_transposed_product<T>(T{0.25}, lists, byte_values, d.matrix(), factor_c,
                                         expected.matrix());
      transposed_product_on_panels<T>(T{0.25}, lists, byte_values, d.matrix(), factor_c, c.matrix(),
                                      one);
      transposed_product_on_panels<T>(T{0.25}, lists, byte_values, d.matrix(), factor_c,
                                      c_of_three.matrix(), three);
      expect_near(c, expected, sizes.num_samples + 2);
      EXPECT_EQ(copy_of(c_of_three.elements()), copy_of(c.elements()));
    }
  });
}

// A network whose weights are not numbers any more must not look healthy.
TYPED_TEST(SparseKernels, KeepWhatIsNotANumber) {
  using T = TypeParam;
  Team team;
  const Sizes sizes{9, 56, 5};
  const Batch<T> batch(sizes);
  const Array<T> nan = unwritten_matrix<T>(sizes.num_inputs, sizes.num_outputs);
  for_every_instruction_set([&] {
    Array<T> y(Shape{sizes.num_samples, sizes.num_outputs});
    affine_on_panels<T>(batch.get(), nan.matrix(), std::vector<T>(sizes.num_outputs), y.matrix(),
                        nullptr, team);
    for (const T number : y.elements()) {
      EXPECT_TRUE(std::isnan(number));
    }
  });
}

}  // namespace
}  // namespace gradus
