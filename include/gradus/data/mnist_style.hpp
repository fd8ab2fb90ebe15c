// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "gradus/data/digits.hpp"
#include "gradus/formats/gray_image.hpp"

namespace gradus {

/// A picture of a written character, made ready.
struct MnistStyleImage {
  std::array<std::uint8_t, num_digit_pixels> pixels{};  // 28 x 28, row-major; 0 paper, 255 ink
  std::size_t num_characters = 1;  // that stand side by side with a gap; all are in the pixels
};

/// Turns a picture of one written character into an image like those of MNIST, 28 x 28 pixels, 0
/// paper, 255 ink, which a network that learned from MNIST can read.
///
///   paper   when the border is about evenly bright, its median; where the border is transparent,
///           black or white, whichever is farther from what is drawn. Transparent pixels get it.
///           On a photograph with the light from one side or a shadow across it the paper is a
///           surface that follows them
///   ink     what is darker than the paper when the paper is the brighter end of the picture, what
///           is brighter when it is the darker end; on uneven paper whichever stands out more.
///           Less than an eighth of the strongest ink is taken for the texture of the paper, less
///           than four deviations of its noise for noise, and of noisy paper small specks too
///   size    the ink's bounding box is scaled to fit 20 x 20 pixels, its aspect ratio kept: every
///           pixel is the mean of the area it covers; then the strongest ink is 255
///   place   moved by whole pixels until the centre of mass is at pixel (14, 14), counted from 0
///
/// The character must stand alone: everything else in the picture counts as ink.
///
/// Cost    proportional to the pixels; no more memory than a few rows and 256 x 256 cells
/// Source  Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits": fitted into
///         20 x 20 with the aspect ratio kept, gray by anti-aliasing, centre of mass in the middle
///         of 28 x 28. In MNIST itself that is pixel (14, 14) within half a pixel, for each image.
/// Tested  tests/unit/data/mnist_style_test.cpp, mnist_style_photograph_test.cpp
///
/// @throws ShapeError  no pixels, or not as many as height and width say
/// @throws ValueError  no ink: the picture is as good as uniform, or nothing but noise
[[nodiscard]] MnistStyleImage mnist_style(const GrayImage& image);

}  // namespace gradus
