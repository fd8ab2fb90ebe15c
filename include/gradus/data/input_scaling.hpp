// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "gradus/data/dataset.hpp"
#include "gradus/data/standardization.hpp"

namespace gradus {

/// How features become the inputs of a network: each times a factor, or each column standardized.
///
///   input = feature * factor                  unless the columns are standardized
///   input = (feature - mean) / deviation      with those of its column; the factor is then 1
struct InputScaling {
  // NOLINTNEXTLINE(google-explicit-constructor): a factor alone is a scaling.
  InputScaling(double one_factor = 1) : factor(one_factor) {}
  explicit InputScaling(Standardization standardization) : columns(std::move(standardization)) {}

  double factor = 1;
  Standardization columns;  // (D), or empty

  [[nodiscard]] bool is_standardized() const noexcept { return !columns.empty(); }

  [[nodiscard]] double apply(double feature, std::size_t column) const {
    return is_standardized() ? columns.apply(feature, column) : feature * factor;
  }
};

/// The factor for each feature when nothing is standardized: 1/255 for bytes that are pixels, 1 for
/// everything else. Bytes that never exceed 1 are taken as they are.
[[nodiscard]] double input_scale(const Samples& samples);

/// Whether to standardize when nobody said: the columns of a table of numbers that
/// needs_standardizing(). Never bytes: they are brought to 0 ... 1.
/// @param rows  those to learn from; at least one
[[nodiscard]] bool should_standardize(const Dataset& dataset, std::span<const std::uint32_t> rows);

/// What suits these samples.
/// @param rows  those to learn from, whose means and deviations count; at least one
[[nodiscard]] InputScaling scaling_of(const Samples& samples, std::span<const std::uint32_t> rows,
                                      bool standardize);

/// Of the numbers to be learned of these samples; empty for classes.
/// @param rows  those to learn from; at least one
[[nodiscard]] Standardization target_columns_of(const Samples& samples,
                                                std::span<const std::uint32_t> rows);

/// How far samples lie from those that a standardization was made of.
struct Strangeness {
  double share = 0;         // of all their cells, those beyond far_in_deviations
  std::size_t feature = 0;  // the one with most of them
  double deviations = 0;    // how far it goes at most
};

/// Of any column whatever, at most 1 in 100 of the numbers that its mean and deviation are of are
/// farther than 10 deviations from the mean: Chebyshev's inequality.
inline constexpr double far_in_deviations = 10;
inline constexpr double largest_far_share = 0.01;

/// @param columns  of as many columns as the samples have features
/// Cost  one look at each feature
[[nodiscard]] Strangeness strangeness_of(const Samples& samples, const Standardization& columns);

}  // namespace gradus
