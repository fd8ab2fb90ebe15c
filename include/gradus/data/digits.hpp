// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "gradus/core/label.hpp"
#include "gradus/core/parallel.hpp"
#include "gradus/data/dataset.hpp"

namespace gradus {

// The built-in data set: handwriting-like images of 0 to 9, made by the program from a seed, so
// that everything can be tried without a download. Sizes and layout are those of MNIST: one byte a
// pixel, row after row, 0 paper, 255 ink. docs/digits.md explains how they are made, and how well a
// net that learned from them reads real handwriting.

inline constexpr std::size_t digit_side = 28;  // pixels
inline constexpr std::size_t num_digit_pixels = digit_side * digit_side;
inline constexpr std::size_t num_digit_classes = 10;
inline constexpr std::size_t first_digit_test_index = 60'000;  // images before it are for training

/// The seed meant by "the digits" when none is named. Another seed makes another data set of the
/// same kind.
inline constexpr std::uint64_t default_digits_seed = 1;

/// Draws one image.
///
/// A pure function of (seed, index), with the same bytes on every machine and compiler: the way to
/// a byte takes only integers, + - * / and sqrt. May be called from several threads at once.
///
/// @param index  of the image in the data set: from 0 for training, from 60,000 for tests
/// @param image  out, every byte is written
/// @returns the digit that was drawn; each is equally likely
/// Tested  tests/unit/data/digits_test.cpp (SHA-256 of the whole data set)
Label draw_digit(std::uint64_t seed, std::uint64_t index,
                 std::span<std::uint8_t, num_digit_pixels> image);

struct DigitsOptions {
  std::uint64_t seed = default_digits_seed;
  std::size_t num_train = 60'000;  // images 0, 1, ...
  std::size_t num_test = 10'000;   // images 60,000, 60,001, ...
};

/// Draws a whole data set. A smaller one is the beginning of a larger one, and no image is in both
/// halves. The same on any number of threads.
/// @throws ValueError  more than 60,000 training images: they would run into the test images
[[nodiscard]] Dataset make_digits(const DigitsOptions& options, Team& team);

}  // namespace gradus
