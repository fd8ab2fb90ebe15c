// SPDX-License-Identifier: MIT
#include "gradus/data/input_source.hpp"

#include <gtest/gtest.h>

#include <variant>
#include <vector>

#include "gradus/core/error.hpp"
#include "math/sparse_products.hpp"
#include "support.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

template <class T>
class Inputs : public ::testing::Test {};
TYPED_TEST_SUITE(Inputs, RealTypes, RealNames);

using Indices = std::vector<std::uint32_t>;

/// Four samples of three bytes; five of the twelve are not 0.
Samples byte_samples() {
  return {.num_features = 3,
          .bytes = {0, 255, 0, 51, 0, 0, 0, 0, 0, 1, 2, 3},
          .values = {},
          .labels = {7, 0, 3, 9}};
}

Samples number_samples() {
  return {.num_features = 2, .bytes = {}, .values = {0.5F, -2, 0, 4}, .labels = {1, 0}};
}

/// The rows as numbers, whichever form they are in: each times the identity.
template <Real T>
Array<T> as_matrix(const Input<T>& input) {
  const std::size_t num_features = num_cols(input);
  Array<T> rows = unwritten_matrix<T>(num_rows(input), num_features);
  Array<T> identity(Shape{num_features, num_features});
  for (std::size_t i = 0; i < num_features; ++i) {
    identity.matrix()(i, i) = 1;
  }
  if (const auto* dense = std::get_if<MatrixView<const T>>(&input)) {
    std::copy(dense->elements().begin(), dense->elements().end(), rows.elements().begin());
  } else {
    Team team;
    ColumnPanels<T> panels;
    sparse_affine_into<T>(std::get<SparseBatch<T>>(input), identity.matrix(),
                          std::vector<T>(num_features), rows.matrix(), panels, nullptr, team);
  }
  return rows;
}

template <Real T>
std::vector<T> rows_of(const Samples& samples, double scale, InputForm form,
                       const Indices& indices) {
  InputSource<T> source(samples, scale, form);
  return copy_of(as_matrix(source.rows(indices)).elements());
}

TYPED_TEST(Inputs, AreTheChosenRowsTimesTheScale) {
  using T = TypeParam;
  const T fifth = static_cast<T>(51 * (1.0 / 255));
  for (const InputForm form : {InputForm::dense, InputForm::sparse}) {
    EXPECT_EQ(rows_of<T>(byte_samples(), 1.0 / 255, form, {1, 0, 1}),
              (std::vector<T>{fifth, 0, 0, 0, 1, 0, fifth, 0, 0}));
    EXPECT_EQ(rows_of<T>(byte_samples(), 2, form, {3, 0}), (std::vector<T>{2, 4, 6, 0, 510, 0}));
  }
}

TYPED_TEST(Inputs, AreTheSameDenseAndSparse) {
  using T = TypeParam;
  Samples samples{.num_features = 32, .bytes = {}, .values = {}, .labels = Indices(256)};
  for (std::size_t i = 0; i < 256 * 32; ++i) {  // every byte, and zeros beside it
    samples.bytes.push_back(i % 3 == 0 ? static_cast<std::uint8_t>(i / 32) : 0);
  }
  const Indices indices{255, 0, 128, 128, 3};
  for (const double scale : {1.0 / 255, 1.0, 0.1}) {
    EXPECT_EQ(rows_of<T>(samples, scale, InputForm::sparse, indices),
              rows_of<T>(samples, scale, InputForm::dense, indices))
        << "scale " << scale;
  }
}

TYPED_TEST(Inputs, MayBeNumbers) {
  using T = TypeParam;
  EXPECT_EQ(rows_of<T>(number_samples(), 1, InputForm::dense, {1, 0}),
            (std::vector<T>{0, 4, 0.5, -2}));
  EXPECT_EQ(rows_of<T>(number_samples(), 0.25, InputForm::dense, {0}),
            (std::vector<T>{0.125, -0.5}));
}

TYPED_TEST(Inputs, KnowTheirSize) {
  using T = TypeParam;
  Samples images{.num_features = 784,
                 .bytes = std::vector<std::uint8_t>(20 * 784),
                 .values = {},
                 .labels = std::vector<Label>(20)};
  const Indices indices{3, 1, 4, 1, 5, 9, 2, 6, 5, 3};
  for (const InputForm form : {InputForm::dense, InputForm::sparse}) {
    InputSource<T> source(images, 1, form);
    EXPECT_EQ(num_rows(source.rows(indices)), 10U);
    EXPECT_EQ(num_cols(source.rows(indices)), 784U);
    EXPECT_EQ(num_rows(source.rows(Indices{})), 0U);
  }
}

TYPED_TEST(Inputs, ComeInTheFormThatWasAskedFor) {
  using T = TypeParam;
  const Samples samples = byte_samples();
  const Indices indices{0};
  InputSource<T> dense(samples, 1, InputForm::dense);
  InputSource<T> sparse(samples, 1, InputForm::sparse);
  EXPECT_TRUE(std::holds_alternative<MatrixView<const T>>(dense.rows(indices)));
  EXPECT_TRUE(std::holds_alternative<SparseBatch<T>>(sparse.rows(indices)));
}

TYPED_TEST(Inputs, ReferToTheSamples) {
  const Samples samples = byte_samples();
  const InputSource<TypeParam> source(samples, 1, InputForm::dense);
  EXPECT_EQ(&source.samples(), &samples);
}

TYPED_TEST(Inputs, HaveTheLabelsOfTheirRows) {
  const Samples samples = byte_samples();
  InputSource<TypeParam> source(samples, 1, InputForm::dense);
  EXPECT_EQ(copy_of(source.labels(Indices{3, 0, 3, 1})), (std::vector<Label>{9, 7, 9, 0}));
  EXPECT_EQ(copy_of(source.labels(Indices{2})), (std::vector<Label>{3}));
}

TYPED_TEST(Inputs, AreNotSparseWhenTheyAreNumbers) {
  const Samples samples = number_samples();
  EXPECT_EQ(thrown<ValueError>([&] { InputSource<TypeParam>(samples, 1, InputForm::sparse); }),
            "sparse rows need features that are bytes; these are numbers");
}

TYPED_TEST(Inputs, DoNotReferToTheNumbersTheyWereChosenBy) {
  using T = TypeParam;
  const Samples samples = byte_samples();
  for (const InputForm form : {InputForm::dense, InputForm::sparse}) {
    InputSource<T> source(samples, 1, form);
    Indices indices{0, 3};
    const Input<T> rows = source.rows(indices);
    const auto labels = source.labels(indices);
    indices = {2, 2};
    EXPECT_EQ(copy_of(as_matrix(rows).elements()), (std::vector<T>{0, 255, 0, 1, 2, 3}));
    EXPECT_EQ(copy_of(labels), (std::vector<Label>{7, 9}));
  }
}

TYPED_TEST(Inputs, OfASampleThatIsNotThereAreRefused) {
  const Samples samples = byte_samples();
  for (const InputForm form : {InputForm::dense, InputForm::sparse}) {
    InputSource<TypeParam> source(samples, 1, form);
    const Indices indices{0, 3, 4};
    EXPECT_EQ(thrown<ValueError>([&] { static_cast<void>(source.rows(indices)); }),
              "InputSource: got sample 4, there are 4");
    EXPECT_EQ(thrown<ValueError>([&] { static_cast<void>(source.labels(indices)); }),
              "InputSource: got sample 4, there are 4");
  }
}

TYPED_TEST(Inputs, OfSamplesThatAreNotRowsOfTheirFeaturesAreRefused) {
  Samples samples = byte_samples();
  samples.bytes.pop_back();
  EXPECT_EQ(
      thrown<ShapeError>([&] { InputSource<TypeParam>(samples, 1, InputForm::dense); }),
      "Samples: got 11 bytes and 0 numbers, expected 12 of one kind: 4 samples of 3 features");
  samples.values = {0.5F};  // twelve altogether, but of two kinds
  EXPECT_EQ(thrown<ShapeError>([&] { InputSource<TypeParam>(samples, 1, InputForm::dense); }),
            "Samples: got 11 bytes and 1 number, expected 12 of one kind: 4 samples of 3 features");
}

TEST(Density, IsTheShareOfFeaturesThatAreNotZero) {
  EXPECT_DOUBLE_EQ(density(byte_samples()), 5.0 / 12);
}

TEST(Density, OfNumbersIsOne) {
  EXPECT_EQ(density(number_samples()), 1.0);
}

TEST(ChooseInputForm, TakesSparseRowsForBytesOfWhichFewAreNotZero) {
  Samples samples = byte_samples();
  EXPECT_EQ(choose_input_form(samples), InputForm::dense);  // 5 of 12 is above 0.4
  samples.bytes[1] = 0;
  EXPECT_EQ(choose_input_form(samples), InputForm::sparse);  // 4 of 12 is below
}

TEST(ChooseInputForm, TakesDenseRowsForNumbers) {
  Samples samples = number_samples();
  samples.values = {0, 0, 0, 0};
  EXPECT_EQ(choose_input_form(samples), InputForm::dense);
}

TEST(ChooseInputForm, TakesDenseRowsWhereSparseOnesCannotNumberTheColumns) {
  Samples samples{.num_features = SparseRows::max_num_cols,
                  .bytes = std::vector<std::uint8_t>(SparseRows::max_num_cols),
                  .values = {},
                  .labels = {0}};
  EXPECT_EQ(choose_input_form(samples), InputForm::sparse);
  ++samples.num_features;
  samples.bytes.push_back(0);
  EXPECT_EQ(choose_input_form(samples), InputForm::dense);
}

TEST(InputScale, BringsPixelsBetweenZeroAndOne) {
  EXPECT_EQ(input_scale({.num_features = 1, .bytes = {0, 200}, .values = {}, .labels = {0, 1}}),
            1.0 / 255);
  EXPECT_EQ(input_scale({.num_features = 1, .bytes = {0, 1}, .values = {}, .labels = {0, 1}}), 1);
  EXPECT_EQ(input_scale({.num_features = 1, .bytes = {}, .values = {7}, .labels = {0}}), 1);
}

}  // namespace
}  // namespace gradus
