// SPDX-License-Identifier: MIT
#include "digit_pen.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "digit_ink.hpp"
#include "digit_random.hpp"
#include "digit_wave.hpp"

namespace gradus::handwriting {
namespace {

// Lengths are in pixels.

constexpr float min_width = 1.4F;  // of a line of ink
constexpr float max_width = 4.0F;
constexpr float width_variation = 0.12F;  // along the path, relative
constexpr float min_variations = 0.3F;    // periods along the path
constexpr float max_variations = 1.5F;

// MNIST fits the ink into 20 x 20 pixels and then puts its centre of mass on the centre of the
// image, which for its images is (14.0, 14.0), not (13.5, 13.5).
constexpr float ink_size = 19.6F;  // the edge's grey adds the rest
constexpr float image_centre = 14;
// More than MNIST's own spread of 0.3 pixels: it keeps a net from learning our few shapes by heart.
constexpr float shift = 1;  // standard deviation

/// Half the width of the line at each point of a path.
std::vector<float> draw_radii(std::size_t num_points, Random& random) {
  const float width = uniform(random, min_width, max_width);
  const float variations = uniform(random, min_variations, max_variations);
  const float phase = uniform(random, 0, 1);
  std::vector<float> radii(num_points);
  for (std::size_t i = 0; i < num_points; ++i) {
    const float way = static_cast<float>(i) / static_cast<float>(num_points);
    radii[i] = width / 2 * (1 + width_variation * wave(variations * way + phase));
  }
  return radii;
}

/// The larger side of the smallest upright rectangle around a path.
float size_of(const Path& path) {
  Point low = path.front().place;
  Point high = low;
  for (const PathPoint& point : path) {
    low.x = std::min(low.x, point.place.x);
    low.y = std::min(low.y, point.place.y);
    high.x = std::max(high.x, point.place.x);
    high.y = std::max(high.y, point.place.y);
  }
  return std::max(high.x - low.x, high.y - low.y);
}

float mean_of(const std::vector<float>& values) {
  float sum = 0;
  for (const float value : values) {
    sum += value;
  }
  return sum / static_cast<float>(values.size());
}

/// Centre of mass of the ink. A line weighs its length times its width; what lines share where they
/// cross is counted twice, which moves the centre by less than the random shift does.
Point centre_of_mass(const Path& path, const std::vector<float>& radii) {
  Point sum;
  float mass = 0;
  for (std::size_t i = 1; i < path.size(); ++i) {
    if (path[i].starts_stroke) {
      continue;
    }
    const Point a = path[i - 1].place;
    const Point b = path[i].place;
    const float length = std::sqrt((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y));
    const float weight = length * (radii[i - 1] + radii[i]);
    sum.x += weight * (a.x + b.x) / 2;
    sum.y += weight * (a.y + b.y) / 2;
    mass += weight;
  }
  return {sum.x / mass, sum.y / mass};
}

/// The path where it is to be on the image.
Path placed(Path path, const std::vector<float>& radii, Random& random) {
  const float scale = (ink_size - 2 * mean_of(radii)) / size_of(path);
  const Point centre = centre_of_mass(path, radii);
  const float x = image_centre + shift * bell(random);
  const float y = image_centre + shift * bell(random);
  for (PathPoint& point : path) {
    point.place.x = (point.place.x - centre.x) * scale + x;
    point.place.y = (point.place.y - centre.y) * scale + y;
  }
  return path;
}

}  // namespace

void draw_with_pen(const Path& path, Random& random,
                   std::span<std::uint8_t, num_digit_pixels> image) {
  const std::vector<float> radii = draw_radii(path.size(), random);
  const Path on_image = placed(path, radii, random);
  Ink ink;
  for (std::size_t i = 1; i < on_image.size(); ++i) {
    if (!on_image[i].starts_stroke) {
      ink.add_line(on_image[i - 1].place, on_image[i].place, (radii[i - 1] + radii[i]) / 2);
    }
  }
  ink.write_into(image);
}

}  // namespace gradus::handwriting
