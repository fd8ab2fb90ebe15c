// SPDX-License-Identifier: MIT
#include "gradus/data/digits.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "digit_curve.hpp"
#include "digit_distortion.hpp"
#include "digit_pen.hpp"
#include "digit_skeletons.hpp"
#include "gradus/core/error.hpp"
#include "gradus/core/random.hpp"

namespace gradus {
namespace {

constexpr std::size_t images_per_block = 256;  // a few milliseconds of work for one thread

Samples draw_samples(std::uint64_t seed, std::size_t first, std::size_t num_images, Team& team) {
  Samples samples;
  samples.num_features = num_digit_pixels;
  samples.bytes.resize(num_images * num_digit_pixels);
  samples.labels.resize(num_images);
  const std::span<std::uint8_t> bytes = samples.bytes;
  team.for_each_block(num_blocks_of(images_per_block, num_images), [&](std::size_t block) {
    const std::size_t end = std::min(num_images, (block + 1) * images_per_block);
    for (std::size_t i = block * images_per_block; i < end; ++i) {
      const auto image = bytes.subspan(i * num_digit_pixels).first<num_digit_pixels>();
      samples.labels[i] = draw_digit(seed, first + i, image);
    }
  });
  return samples;
}

}  // namespace

Label draw_digit(std::uint64_t seed, std::uint64_t index,
                 std::span<std::uint8_t, num_digit_pixels> image) {
  using namespace handwriting;
  Random random(seed, Stream::digits, index);
  const std::size_t style = choose_skeleton(random);
  Path path = trace(style, random);
  distort(path, random);
  draw_with_pen(path, random, image);
  return skeletons()[style].digit;
}

Dataset make_digits(const DigitsOptions& options, Team& team) {
  if (options.num_train > first_digit_test_index) {
    throw ValueError(
        fmt::format("make_digits: {} training images asked for, at most {} can be made",
                    options.num_train, first_digit_test_index));
  }
  Dataset digits;
  digits.name = "digits";
  digits.sample_shape = {digit_side, digit_side};
  digits.num_classes = num_digit_classes;
  digits.train = draw_samples(options.seed, 0, options.num_train, team);
  digits.test = draw_samples(options.seed, first_digit_test_index, options.num_test, team);
  return digits;
}

}  // namespace gradus
