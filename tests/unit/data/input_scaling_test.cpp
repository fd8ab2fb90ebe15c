// SPDX-License-Identifier: MIT
#include "gradus/data/input_scaling.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/core/numbers_below.hpp"
#include "gradus/data/input_source.hpp"
#include "support.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

Samples two_columns() {
  return {.num_features = 2,
          .bytes = {},
          .values = {1, 1000, 2, 3000, 3, 2000, 4, 4000},
          .labels = {0, 1, 0, 1}};
}

Dataset table(const Samples& samples) {
  Dataset dataset;
  dataset.name = "table";
  dataset.sample_shape = Shape{samples.num_features};
  dataset.num_classes = 2;
  dataset.train = samples;
  dataset.test = samples;
  return dataset;
}

const auto all_four = numbers_below<std::uint32_t>(4);

TEST(ShouldStandardize, TablesOfNumbersAlone) {
  EXPECT_TRUE(should_standardize(table(two_columns()), all_four));
  Dataset pictures = table(two_columns());
  pictures.sample_shape = Shape{1, 2};
  EXPECT_FALSE(should_standardize(pictures, all_four));
  Samples bytes = two_columns();
  bytes.values.clear();
  bytes.bytes = {1, 100, 2, 200, 1, 100, 2, 200};
  EXPECT_FALSE(should_standardize(table(bytes), all_four));
  Samples alike = two_columns();
  alike.values = {1, -1, -1, 1, 1, 1, -1, -1};
  EXPECT_FALSE(should_standardize(table(alike), all_four));
}

TEST(InputScaling, IsAFactorOrAStandardization) {
  EXPECT_EQ(InputScaling(0.5).apply(3, 7), 1.5);
  EXPECT_EQ(scaling_of(two_columns(), all_four, false).factor, 1);
  const InputScaling scaling = scaling_of(two_columns(), all_four, true);
  EXPECT_TRUE(scaling.is_standardized());
  EXPECT_EQ(scaling.factor, 1);
  EXPECT_DOUBLE_EQ(scaling.apply(2.5, 0), 0);
  EXPECT_DOUBLE_EQ(scaling.apply(3000, 1), 500 / std::sqrt(1250000.0));
}

TEST(InputScaling, OfASourceIsThatOfEachOfItsCells) {
  Samples bytes = two_columns();
  bytes.values.clear();
  bytes.bytes = {1, 100, 2, 200, 1, 0, 2, 255};
  for (const Samples& samples : {two_columns(), bytes}) {
    const InputScaling scaling = scaling_of(samples, all_four, true);
    InputSource<double> source(samples, scaling, InputForm::dense);
    const auto rows = std::get<MatrixView<const double>>(source.rows(all_four));
    for (std::size_t n = 0; n < 4; ++n) {
      for (std::size_t i = 0; i < 2; ++i) {
        const double feature = samples.values.empty() ? double(samples.bytes[2 * n + i])
                                                      : double(samples.values[2 * n + i]);
        EXPECT_EQ(rows(n, i), scaling.apply(feature, i));
      }
    }
  }
}

TEST(InputScaling, CannotBeAStandardizationOfSparseRowsOrOfOtherColumns) {
  Samples bytes{.num_features = 1, .bytes = {1, 0}, .values = {}, .labels = {0, 1}};
  const InputScaling scaling = scaling_of(bytes, numbers_below<std::uint32_t>(2), true);
  EXPECT_EQ(thrown<ValueError>([&] { InputSource<float>(bytes, scaling, InputForm::sparse); }),
            "sparse rows cannot be standardized: a feature of 0 would not stay 0");
  const Samples wider = two_columns();
  EXPECT_EQ(thrown<ShapeError>([&] { InputSource<float>(wider, scaling, InputForm::dense); }),
            "InputSource: got 2 features, the scaling is of 1");
  EXPECT_EQ(choose_input_form(bytes, true), InputForm::dense);
}

TEST(Strangeness, OfTheTrainingRowsThemselvesIsNeverAboveALimit) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Samples samples{.num_features = 4, .bytes = {}, .values = random_numbers<float>(4000, seed)};
    samples.labels.resize(1000);
    for (float& value : samples.values) {
      value = value * value * value * value * value;  // tails as long as they come
    }
    const auto rows = numbers_below<std::uint32_t>(1000);
    const Strangeness own = strangeness_of(samples, scaling_of(samples, rows, true).columns);
    EXPECT_LE(own.share, largest_far_share);
    EXPECT_GT(own.deviations, 3);
  }
}

TEST(Strangeness, NamesTheColumnThatIsFarOff) {
  const InputScaling scaling = scaling_of(two_columns(), all_four, true);
  Samples other = two_columns();
  other.values = {1, 1, 2, 2, 3, 3e6F, 4, 4e6F};
  const Strangeness strangeness = strangeness_of(other, scaling.columns);
  EXPECT_EQ(strangeness.share, 0.25);
  EXPECT_EQ(strangeness.feature, 1U);
  EXPECT_DOUBLE_EQ(strangeness.deviations, scaling.apply(4e6, 1));
}

}  // namespace
}  // namespace gradus
