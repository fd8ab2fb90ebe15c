// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "gradus/core/label.hpp"
#include "gradus/data/dataset.hpp"
#include "gradus/data/digits.hpp"

namespace gradus {

/// Three ways to read a digit; their texts have these ids.
///   rules      written by hand: digit_rules.hpp
///   neighbour  the training image whose edges are most alike: oriented_gradients.hpp
///   net        784-50-10 relu, 500 batches of 20 training images
inline constexpr std::array<std::string_view, 3> readers{"rules", "neighbour", "net"};

struct ReaderOptions {
  std::size_t cell_side = 7;  // of oriented_gradients()
  std::size_t num_directions = 9;
  std::uint64_t seed = 1;  // of the net
};

/// What the readers say of one image, and why.
struct Answer {
  std::array<Label, 3> labels{};  // in the order of `readers`
  std::size_t rule = 0;           // the place of the one that decided
  std::size_t nearest = 0;        // training image
  double probability = 0;         // that the net gives its answer

  [[nodiscard]] std::size_t num_right(Label truth) const {
    return static_cast<std::size_t>(std::count(labels.begin(), labels.end(), truth));
  }
  [[nodiscard]] bool is_unanimous() const {
    return labels[0] == labels[1] && labels[1] == labels[2];
  }
};

[[nodiscard]] std::span<const std::uint8_t, num_digit_pixels> image_of(const Samples& samples,
                                                                       std::size_t i);

/// Of every test image; those that learn do so from the training images.
[[nodiscard]] std::vector<Answer> ask_three_readers(const Dataset& digits,
                                                    const ReaderOptions& options);

}  // namespace gradus
