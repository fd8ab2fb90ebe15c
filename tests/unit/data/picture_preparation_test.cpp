// SPDX-License-Identifier: MIT
#include "gradus/data/picture_preparation.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "gradus/data/mnist_style.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

const GrayImage small{.height = 2, .width = 3, .brightness = {0, 1, 2, 3, 4, 255}, .opacity = {}};

TEST(PicturePreparation, HasAnIdEach) {
  for (const PicturePreparationEntry& entry : picture_preparations()) {
    EXPECT_EQ(id_of(entry.preparation), entry.id);
  }
}

TEST(PicturePreparation, AsIsKeepsThePixels) {
  const PictureSample sample = prepare_picture(small, PicturePreparation::as_is, Shape{2, 3});
  EXPECT_EQ(sample.pixels, small.brightness);
  EXPECT_EQ(sample.num_characters, 1U);
}

TEST(PicturePreparation, AsIsLaysTransparentPixelsOnWhitePaper) {
  GrayImage image = small;
  image.opacity = {0, 255, 0, 128, 255, 0};
  // 3 at 128 of 255 on 255: 128.5, rounded up.
  EXPECT_EQ(prepare_picture(image, PicturePreparation::as_is, Shape{2, 3}).pixels,
            (std::vector<std::uint8_t>{255, 1, 255, 129, 4, 255}));
}

TEST(PicturePreparation, AsIsRefusesAnotherSizeAndSaysWhatToDo) {
  const auto error = [](const Shape& shape) {
    return thrown<ShapeError>(
        [&] { return prepare_picture(small, PicturePreparation::as_is, shape); });
  };
  EXPECT_EQ(error(Shape{3, 2}),
            "is a picture of 3x2 (width x height), the model takes pictures of 2x3 as they are: "
            "scale or cut it to that size");
  EXPECT_EQ(error(Shape{6}),
            "is a picture of 3x2 (width x height), the model takes samples of shape (6,)");
}

TEST(PicturePreparation, MnistStyleIsThatOfMnist) {
  GrayImage image{.height = 40, .width = 40, .brightness = {}, .opacity = {}};
  image.brightness.assign(1600, 255);
  for (std::size_t i = 10; i < 30; ++i) {
    image.brightness[i * 40 + 20] = 0;
  }
  const auto expected = mnist_style(image).pixels;
  EXPECT_EQ(prepare_picture(image, PicturePreparation::mnist_style, Shape{28, 28}).pixels,
            std::vector<std::uint8_t>(expected.begin(), expected.end()));
  EXPECT_EQ(thrown<ShapeError>(
                [&] { return prepare_picture(image, PicturePreparation::mnist_style, Shape{4}); }),
            "a picture is made ready as an image of (28, 28), the model expects (4,)");
}

}  // namespace
}  // namespace gradus
