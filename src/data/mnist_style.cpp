// SPDX-License-Identifier: MIT
#include "gradus/data/mnist_style.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "gradus/core/error.hpp"

namespace gradus {
namespace {

constexpr std::size_t box_side = 20;              // the ink fits into a square of so many pixels
constexpr double centre = digit_side / 2;         // the pixel the centre of mass goes to
constexpr double faintest_contrast = 255.0 / 16;  // a picture with less has no ink
constexpr double faintest_share = 1.0 / 8;  // ink weaker than this share of the strongest is paper

/// Pixels from `left` up to `right` and from `top` up to `bottom`, without the latter.
struct Box {
  std::size_t left = std::numeric_limits<std::size_t>::max();
  std::size_t top = std::numeric_limits<std::size_t>::max();
  std::size_t right = 0;
  std::size_t bottom = 0;

  [[nodiscard]] std::size_t width() const { return right - left; }
  [[nodiscard]] std::size_t height() const { return bottom - top; }
};

/// How much ink each pixel of a picture has, from 0 to 255, worked out when asked for.
class Ink {
 public:
  explicit Ink(const GrayImage& image) : image_(image), paper_(find_paper()) {
    const auto [darkest, brightest] = range_of_brightness();
    is_dark_on_light_ = paper_ > (darkest + brightest) / 2;
    strongest_ = is_dark_on_light_ ? paper_ - darkest : brightest - paper_;
  }

  /// Of the strongest pixel.
  [[nodiscard]] double strongest() const { return strongest_; }

  [[nodiscard]] double at(std::size_t y, std::size_t x) const {
    const double brightness = brightness_at(y * image_.width + x);
    const double ink = is_dark_on_light_ ? paper_ - brightness : brightness - paper_;
    return ink < faintest_share * strongest_ ? 0 : ink;
  }

 private:
  [[nodiscard]] double opacity_at(std::size_t i) const {
    return image_.opacity.empty() ? 1 : image_.opacity[i] / 255.0;
  }

  [[nodiscard]] double brightness_at(std::size_t i) const {
    const double opacity = opacity_at(i);
    return opacity * image_.brightness[i] + (1 - opacity) * paper_;
  }

  [[nodiscard]] double find_paper() const {
    std::vector<std::uint8_t> border;  // what is opaque of it
    std::size_t num_transparent = 0;
    const auto look_at = [&](std::size_t y, std::size_t x) {
      const std::size_t i = y * image_.width + x;
      if (opacity_at(i) < 0.5) {
        ++num_transparent;
      } else {
        border.push_back(image_.brightness[i]);
      }
    };
    for (std::size_t x = 0; x < image_.width; ++x) {
      look_at(0, x);
      look_at(image_.height - 1, x);
    }
    for (std::size_t y = 0; y < image_.height; ++y) {
      look_at(y, 0);
      look_at(y, image_.width - 1);
    }
    if (num_transparent > border.size()) {
      return mean_of_what_is_drawn() > 127.5 ? 0 : 255;
    }
    const auto middle = border.begin() + static_cast<std::ptrdiff_t>(border.size() / 2);
    std::nth_element(border.begin(), middle, border.end());
    return *middle;
  }

  [[nodiscard]] double mean_of_what_is_drawn() const {
    double sum = 0;
    double weight = 0;
    for (std::size_t i = 0; i < image_.brightness.size(); ++i) {
      sum += opacity_at(i) * image_.brightness[i];
      weight += opacity_at(i);
    }
    return weight == 0 ? 0 : sum / weight;
  }

  [[nodiscard]] std::pair<double, double> range_of_brightness() const {
    double darkest = paper_;
    double brightest = paper_;
    for (std::size_t i = 0; i < image_.brightness.size(); ++i) {
      const double brightness = brightness_at(i);
      darkest = std::min(darkest, brightness);
      brightest = std::max(brightest, brightness);
    }
    return {darkest, brightest};
  }

  const GrayImage& image_;
  double paper_;  // its brightness
  bool is_dark_on_light_ = false;
  double strongest_ = 0;
};

Box bounding_box(const Ink& ink, const GrayImage& image) {
  Box box;
  for (std::size_t y = 0; y < image.height; ++y) {
    for (std::size_t x = 0; x < image.width; ++x) {
      if (ink.at(y, x) > 0) {
        box.left = std::min(box.left, x);
        box.top = std::min(box.top, y);
        box.right = std::max(box.right, x + 1);
        box.bottom = std::max(box.bottom, y + 1);
      }
    }
  }
  return box;
}

/// A part of a side of the box, from its beginning.
struct Part {
  double begin = 0;
  double end = 0;
};

/// The k-th of `count` equal parts of a side.
Part part_of(std::size_t length, std::size_t k, std::size_t count) {
  const auto place = [&](std::size_t i) {
    return static_cast<double>(length * i) / static_cast<double>(count);
  };
  return {place(k), place(k + 1)};
}

/// How much of pixel i lies in a part.
double overlap(std::size_t i, Part part) {
  const auto pixel = static_cast<double>(i);
  return std::max(0.0, std::min(part.end, pixel + 1) - std::max(part.begin, pixel));
}

/// The mean ink of a rectangle of the box, whose sides may go across pixels.
double mean_ink(const Ink& ink, const Box& box, Part rows, Part columns) {
  double sum = 0;
  for (auto y = static_cast<std::size_t>(rows.begin); static_cast<double>(y) < rows.end; ++y) {
    double row = 0;
    for (auto x = static_cast<std::size_t>(columns.begin); static_cast<double>(x) < columns.end;
         ++x) {
      row += overlap(x, columns) * ink.at(box.top + y, box.left + x);
    }
    sum += overlap(y, rows) * row;
  }
  return sum / ((rows.end - rows.begin) * (columns.end - columns.begin));
}

/// The ink at its final size, in the upper left corner.
struct Scaled {
  std::size_t height = 0;
  std::size_t width = 0;
  std::array<double, box_side * box_side> ink{};  // row-major, `width` to a row
};

Scaled scale(const Ink& ink, const Box& box) {
  const double pixel = static_cast<double>(std::max(box.width(), box.height())) / box_side;
  const auto fitted = [&](std::size_t length) {
    const auto rounded = std::lround(static_cast<double>(length) / pixel);
    return std::clamp<std::size_t>(static_cast<std::size_t>(rounded), 1, box_side);
  };
  Scaled scaled{.height = fitted(box.height()), .width = fitted(box.width())};
  for (std::size_t y = 0; y < scaled.height; ++y) {
    for (std::size_t x = 0; x < scaled.width; ++x) {
      scaled.ink[y * scaled.width + x] = mean_ink(ink, box, part_of(box.height(), y, scaled.height),
                                                  part_of(box.width(), x, scaled.width));
    }
  }
  return scaled;
}

/// Where the first row or column goes, so that the centre of mass comes to the middle and nothing
/// leaves the picture.
std::size_t offset_for(double centre_of_mass, std::size_t length) {
  const auto offset = std::lround(centre - centre_of_mass);
  return static_cast<std::size_t>(
      std::clamp<long>(offset, 0, static_cast<long>(digit_side - length)));
}

std::array<std::uint8_t, num_digit_pixels> centred(const Scaled& scaled) {
  double mass = 0;
  double mass_y = 0;
  double mass_x = 0;
  double strongest = 0;
  for (std::size_t y = 0; y < scaled.height; ++y) {
    for (std::size_t x = 0; x < scaled.width; ++x) {
      const double ink = scaled.ink[y * scaled.width + x];
      mass += ink;
      mass_y += ink * static_cast<double>(y);
      mass_x += ink * static_cast<double>(x);
      strongest = std::max(strongest, ink);
    }
  }
  const std::size_t top = offset_for(mass_y / mass, scaled.height);
  const std::size_t left = offset_for(mass_x / mass, scaled.width);
  std::array<std::uint8_t, num_digit_pixels> image{};
  for (std::size_t y = 0; y < scaled.height; ++y) {
    for (std::size_t x = 0; x < scaled.width; ++x) {
      image[(top + y) * digit_side + left + x] = static_cast<std::uint8_t>(
          std::lround(255 * scaled.ink[y * scaled.width + x] / strongest));
    }
  }
  return image;
}

void check_size(const GrayImage& image) {
  const std::size_t num_pixels = image.height * image.width;
  const bool has_opacity = !image.opacity.empty();
  if (num_pixels == 0 || image.brightness.size() != num_pixels ||
      (has_opacity && image.opacity.size() != num_pixels)) {
    throw ShapeError(
        fmt::format("mnist_style: got {} pixels and {} opacities for a picture of {}x{}",
                    image.brightness.size(), image.opacity.size(), image.height, image.width));
  }
}

}  // namespace

std::array<std::uint8_t, num_digit_pixels> mnist_style(const GrayImage& image) {
  check_size(image);
  const Ink ink(image);
  if (ink.strongest() < faintest_contrast) {
    throw ValueError("has no ink: all of the picture is about as bright as its border");
  }
  return centred(scale(ink, bounding_box(ink, image)));
}

}  // namespace gradus
