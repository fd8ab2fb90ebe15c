// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "gradus/core/registry.hpp"
#include "gradus/core/shape.hpp"
#include "gradus/formats/gray_image.hpp"

namespace gradus {

/// How a picture becomes a sample: what a network learned from and what it is asked about must go
/// the same way.
enum class PicturePreparation {
  as_is,        // its pixels, 0 black, 255 white; transparent ones as if on white paper
  mnist_style,  // 28 x 28 pixels as MNIST's images are: data/mnist_style.hpp
};

struct PicturePreparationEntry {
  std::string_view id;
  PicturePreparation preparation;
};

[[nodiscard]] const Registry<PicturePreparationEntry>& picture_preparations();

[[nodiscard]] std::string_view id_of(PicturePreparation preparation);

/// A picture made ready.
struct PictureSample {
  std::vector<std::uint8_t> pixels;  // as many as the sample shape says, row-major
  std::size_t num_characters = 1;    // how many stand side by side; known of mnist_style alone
};

/// @param sample_shape  what is expected: (28, 28), (height, width)
/// @throws ShapeError  as_is: the picture has another size; mnist_style: the shape is not (28, 28)
/// @throws ValueError  mnist_style: no ink
[[nodiscard]] PictureSample prepare_picture(const GrayImage& image, PicturePreparation preparation,
                                            const Shape& sample_shape);

}  // namespace gradus
