// SPDX-License-Identifier: MIT
#include "pictures.hpp"

#include <algorithm>
#include <limits>

#include "gradus/core/numbers_below.hpp"

namespace gradus {

Series pictures(std::span<const double> pixels, std::size_t side, std::size_t per_row) {
  const std::size_t count = pixels.size() / (side * side);
  const std::size_t num_across = std::min(count, per_row);
  const std::size_t num_down = (count + per_row - 1) / per_row;
  Series image{.kind = SeriesKind::image};
  image.x = numbers_below<double>(num_across * (side + 1) - 1);
  image.y = numbers_below<double>(num_down * (side + 1) - 1);
  image.z.assign(image.x.size() * image.y.size(), std::numeric_limits<double>::quiet_NaN());
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    const std::size_t picture = i / (side * side);
    const std::size_t down = picture / per_row * (side + 1) + i / side % side;
    const std::size_t across = picture % per_row * (side + 1) + i % side;
    image.z[across * image.y.size() + down] = pixels[i];
  }
  return image;
}

}  // namespace gradus
