// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <vector>

#include "gradus/formats/gray_image.hpp"

namespace gradus {

/// The paper of a picture: how bright it would be everywhere if nothing were drawn on it.
///
/// When the border is about evenly bright the paper is the median of the border; where the border
/// is transparent, black or white, whichever is farther from what is drawn. Otherwise, as on a
/// photograph with the light from one side or a shadow across it, it is a surface: at each place
/// the height of a plane fitted to the brightness around it, so that what is drawn weighs little.
///
/// Cost  proportional to the pixels; at most 32 x 32 cells are remembered, and to fit planes to
/// them
///       takes as long as 2 million pixels
class Paper {
 public:
  /// @param image  must outlive this; at least one pixel
  explicit Paper(const GrayImage& image);

  [[nodiscard]] bool is_even() const { return surface_.empty(); }

  /// The brightness of the paper at a pixel.
  [[nodiscard]] double at(std::size_t y, std::size_t x) const {
    return is_even() ? sheet_ : surface_at(y, x);
  }

  /// The brightness of the picture, with the paper where it is transparent.
  [[nodiscard]] double brightness_at(std::size_t y, std::size_t x) const {
    const std::size_t i = y * image_.width + x;
    if (image_.opacity.empty()) {
      return image_.brightness[i];
    }
    const double opacity = image_.opacity[i] / 255.0;
    return opacity * image_.brightness[i] + (1 - opacity) * sheet_;
  }

 private:
  [[nodiscard]] double surface_at(std::size_t y, std::size_t x) const;
  [[nodiscard]] std::vector<double> cell_means() const;
  void fit_surface(const std::vector<double>& means);

  const GrayImage& image_;
  double sheet_ = 0;      // the paper when it is even
  std::size_t cell_ = 1;  // pixels along the side of a cell
  std::size_t num_rows_ = 0;
  std::size_t num_columns_ = 0;
  std::vector<double> surface_;  // (rows, columns) at the centres of cells; empty: even
};

}  // namespace gradus
