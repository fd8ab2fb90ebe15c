// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

#include "data/paper.hpp"
#include "gradus/formats/gray_image.hpp"

namespace gradus {

/// How much ink each pixel of a picture has, from 0 to 255, worked out when asked for: what is
/// darker than the paper, or brighter where the ink is light. On paper that is not evenly bright,
/// dark ink is measured by the share of the light it takes.
class Ink {
 public:
  /// @param image  must outlive this; at least one pixel
  explicit Ink(const GrayImage& image);

  /// Of the strongest pixel.
  [[nodiscard]] double strongest() const { return strongest_; }

  /// The standard deviation of the paper's brightness around what it should be.
  [[nodiscard]] double noise() const { return noise_; }

  /// Whether the paper is noisy or not evenly bright; if not, it is drawn.
  [[nodiscard]] bool is_photographed() const {
    constexpr double clean = 1;
    return noise_ >= clean || !paper_.is_even();
  }

  /// 0 for what is as faint as the noise, or less than an eighth of the strongest.
  [[nodiscard]] double at(std::size_t y, std::size_t x) const {
    const double depth = depth_at(y, x);
    const double ink = depth * gain_at(y, x);
    return depth < least_depth_ || ink < least_ink_ ? 0 : ink;
  }

  /// What the pixel differs from the paper by, as it is in the picture.
  [[nodiscard]] double depth_at(std::size_t y, std::size_t x) const {
    const double difference = paper_.at(y, x) - paper_.brightness_at(y, x);
    return is_dark_on_light_ ? difference : -difference;
  }

 private:
  [[nodiscard]] double gain_at(std::size_t y, std::size_t x) const;
  void measure_noise(const GrayImage& image);
  void find_polarity(const GrayImage& image);

  Paper paper_;
  bool is_dark_on_light_ = false;
  double noise_ = 0;
  double strongest_ = 0;
  double least_depth_ = 0;
  double least_ink_ = 0;
};

}  // namespace gradus
