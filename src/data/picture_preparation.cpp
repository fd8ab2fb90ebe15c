// SPDX-License-Identifier: MIT
#include "gradus/data/picture_preparation.hpp"

#include <fmt/core.h>

#include <array>

#include "gradus/core/error.hpp"
#include "gradus/data/mnist_style.hpp"

namespace gradus {
namespace {

constexpr std::array<PicturePreparationEntry, 2> preparation_entries{
    {{"as_is", PicturePreparation::as_is}, {"mnist_style", PicturePreparation::mnist_style}}};
constexpr Registry<PicturePreparationEntry> all_preparations("preparation of pictures",
                                                             preparation_entries);

std::vector<std::uint8_t> on_white_paper(const GrayImage& image) {
  std::vector<std::uint8_t> pixels = image.brightness;
  for (std::size_t i = 0; i < image.opacity.size(); ++i) {
    const unsigned opacity = image.opacity[i];
    pixels[i] =
        static_cast<std::uint8_t>((opacity * pixels[i] + (255 - opacity) * 255 + 127) / 255);
  }
  return pixels;
}

}  // namespace

const Registry<PicturePreparationEntry>& picture_preparations() {
  return all_preparations;
}

std::string_view id_of(PicturePreparation preparation) {
  return preparation == PicturePreparation::as_is ? "as_is" : "mnist_style";
}

PictureSample prepare_picture(const GrayImage& image, PicturePreparation preparation,
                              const Shape& sample_shape) {
  if (preparation == PicturePreparation::as_is) {
    if (sample_shape != Shape{image.height, image.width}) {
      const bool is_image = sample_shape.num_axes() == 2;
      throw ShapeError(fmt::format(
          "is a picture of {}x{} (width x height), the model takes {}", image.width, image.height,
          is_image ? fmt::format("pictures of {}x{} as they are: scale or cut it to that size",
                                 sample_shape[1], sample_shape[0])
                   : fmt::format("samples of shape {}", sample_shape.to_string())));
    }
    return {.pixels = on_white_paper(image)};
  }
  if (sample_shape != Shape{digit_side, digit_side}) {
    throw ShapeError(fmt::format("a picture is made ready as an image of {}, the model expects {}",
                                 Shape{digit_side, digit_side}.to_string(),
                                 sample_shape.to_string()));
  }
  const MnistStyleImage made = mnist_style(image);
  return {.pixels = {made.pixels.begin(), made.pixels.end()},
          .num_characters = made.num_characters};
}

}  // namespace gradus
