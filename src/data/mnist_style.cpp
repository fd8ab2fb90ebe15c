// SPDX-License-Identifier: MIT
#include "gradus/data/mnist_style.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "data/ink.hpp"
#include "data/ink_groups.hpp"
#include "gradus/core/error.hpp"

namespace gradus {
namespace {

constexpr std::size_t box_side = 20;              // the ink fits into a square of so many pixels
constexpr double centre = digit_side / 2;         // the pixel the centre of mass goes to
constexpr std::size_t reduced_side = 128;         // pixels that a noisy picture needs along a side
constexpr double faintest_contrast = 255.0 / 16;  // a picture with less has no ink
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
double mean_ink(const InkGroups& ink, const Box& box, Part rows, Part columns) {
  double sum = 0;
  for (auto y = static_cast<std::size_t>(rows.begin); static_cast<double>(y) < rows.end; ++y) {
    double row = 0;
    for (auto x = static_cast<std::size_t>(columns.begin); static_cast<double>(x) < columns.end;
         ++x) {
      row += overlap(x, columns) * ink.ink_at(box.top + y, box.left + x);
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

Scaled scale(const InkGroups& ink) {
  const Box& box = ink.box();
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

/// The picture with the means of squares as its pixels, the longer side of them about
/// `reduced_side` long.
GrayImage reduced(const GrayImage& image) {
  const std::size_t square = std::max(image.height, image.width) / reduced_side;
  GrayImage small{.height = std::max<std::size_t>(1, image.height / square),
                  .width = std::max<std::size_t>(1, image.width / square),
                  .brightness = {},
                  .opacity = {}};
  const auto reduce = [&](const std::vector<std::uint8_t>& pixels) {
    std::vector<std::uint8_t> means;
    for (std::size_t i = 0; i < small.height * small.width && !pixels.empty(); ++i) {
      const std::size_t top = i / small.width * square;
      const std::size_t left = i % small.width * square;
      const std::size_t bottom = std::min(image.height, top + square);
      const std::size_t right = std::min(image.width, left + square);
      std::size_t sum = 0;
      for (std::size_t y = top; y < bottom; ++y) {
        for (std::size_t x = left; x < right; ++x) {
          sum += pixels[y * image.width + x];
        }
      }
      const std::size_t area = (bottom - top) * (right - left);
      means.push_back(static_cast<std::uint8_t>((sum + area / 2) / area));
    }
    return means;
  };
  small.brightness = reduce(image.brightness);
  small.opacity = reduce(image.opacity);
  return small;
}

MnistStyleImage made_from(const GrayImage& image, const Ink& ink) {
  if (ink.strongest() < faintest_contrast) {
    throw ValueError("has no ink: all of the picture is about as bright as its border");
  }
  const InkGroups groups(image, ink);
  if (groups.are_empty()) {
    throw ValueError("has no ink: nothing stands out from the noise of the paper");
  }
  return {.pixels = centred(scale(groups)), .num_characters = groups.num_characters()};
}

}  // namespace

MnistStyleImage mnist_style(const GrayImage& image) {
  check_size(image);
  const Ink ink(image);
  if (ink.is_photographed() && std::max(image.height, image.width) >= 2 * reduced_side) {
    const GrayImage small = reduced(image);  // where pixels are plenty, their means have less noise
    return made_from(small, Ink(small));
  }
  return made_from(image, ink);
}

}  // namespace gradus
