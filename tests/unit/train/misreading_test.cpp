// SPDX-License-Identifier: MIT
#include "gradus/train/misreading.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "gradus/core/error.hpp"

namespace gradus {
namespace {

/// The scores are the two features.
Classifier<double> reader() {
  return Classifier<double>({.network = {.layer_sizes = {2, 2}},
                             .loss = "cross_entropy",
                             .scaling = 1,
                             .sample_shape = Shape{2},
                             .parameters = {1, 0, 0, 1, 0, 0}});
}

TEST(Misreadings, AreThoseOfAnotherClassTheSurestFirst) {
  Classifier<double> classifier = reader();
  const Samples samples{.num_features = 2,
                        .bytes = {},
                        .values = {1, 0, 0, 1, 0, 2, 5, 0, 0, 1},
                        .labels = {0, 0, 0, 1, 0}};
  const std::vector<Misreading> found = find_misreadings(classifier, samples);
  ASSERT_EQ(found.size(), 4U);
  EXPECT_EQ(found[0].sample, 3U);
  EXPECT_EQ(found[0].label, 1U);
  EXPECT_EQ(found[0].taken_for, 0U);
  EXPECT_DOUBLE_EQ(found[0].probability, 1 / (1 + std::exp(-5)));
  EXPECT_EQ(found[1].sample, 2U);
  EXPECT_EQ(found[2].sample, 1U);  // as sure as of sample 4
  EXPECT_EQ(found[3].sample, 4U);
}

TEST(Misreadings, AreFoundAmongBytesToo) {
  Classifier<double> classifier = reader();
  const Samples samples{.num_features = 2, .bytes = {9, 3, 3, 9}, .values = {}, .labels = {0, 0}};
  const std::vector<Misreading> found = find_misreadings(classifier, samples);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].sample, 1U);
}

TEST(Misreadings, RefuseSamplesOfAnotherSize) {
  Classifier<double> classifier = reader();
  const Samples samples{.num_features = 3, .bytes = {1, 2, 3}, .values = {}, .labels = {0}};
  EXPECT_THROW(static_cast<void>(find_misreadings(classifier, samples)), ShapeError);
}

}  // namespace
}  // namespace gradus
