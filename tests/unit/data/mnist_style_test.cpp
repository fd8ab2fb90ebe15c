// SPDX-License-Identifier: MIT
#include "gradus/data/mnist_style.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <span>
#include <vector>

#include "gradus/data/mnist.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

using Digit = std::array<std::uint8_t, num_digit_pixels>;
using Pixels = std::vector<std::uint8_t>;

constexpr int num_digits = 50;
constexpr int rounding = 1;  // a pixel is rounded at the end: 127.5 may go either way

Digit made_digit(int index) {
  Digit digit{};
  draw_digit(default_digits_seed, static_cast<std::uint64_t>(index), digit);
  return digit;
}

Digit made(const GrayImage& image) {
  return mnist_style(image).pixels;
}

/// A picture whose pixels are those of a function of (row, column).
GrayImage picture(std::size_t height, std::size_t width,
                  const std::function<int(std::size_t, std::size_t)>& brightness) {
  GrayImage image{.height = height, .width = width, .brightness = {}, .opacity = {}};
  for (std::size_t y = 0; y < height; ++y) {
    for (std::size_t x = 0; x < width; ++x) {
      image.brightness.push_back(static_cast<std::uint8_t>(brightness(y, x)));
    }
  }
  return image;
}

GrayImage light_on_dark(std::span<const std::uint8_t> digit) {
  return picture(digit_side, digit_side,
                 [&](std::size_t y, std::size_t x) { return digit[y * digit_side + x]; });
}

int largest_difference(const Digit& a, const Digit& b) {
  int largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    largest = std::max(largest, std::abs(int{a[i]} - int{b[i]}));
  }
  return largest;
}

/// Compares what `change` makes of made digits with the digits themselves.
void expect_same(int tolerance, const std::function<GrayImage(const Digit&)>& change) {
  for (int index = 0; index < num_digits; ++index) {
    const Digit digit = made_digit(index);
    EXPECT_LE(largest_difference(made(change(digit)), made(light_on_dark(digit))), tolerance)
        << "digit " << index;
  }
}

TEST(MnistStyle, DarkOnLightIsLightOnDark) {
  expect_same(0, [](const Digit& digit) {
    return picture(28, 28, [&](std::size_t y, std::size_t x) { return 255 - digit[y * 28 + x]; });
  });
}

TEST(MnistStyle, WhereTheInkIsDoesNotMatter) {
  expect_same(0, [](const Digit& digit) {
    return picture(90, 150, [&](std::size_t y, std::size_t x) {
      const bool is_inside = y >= 60 && y < 88 && x >= 3 && x < 31;
      return is_inside ? digit[(y - 60) * 28 + x - 3] : 0;
    });
  });
}

TEST(MnistStyle, HowLargeTheInkIsDoesNotMatter) {
  for (const std::size_t factor : {2U, 3U, 7U, 20U}) {
    expect_same(rounding, [&](const Digit& digit) {
      return picture(28 * factor, 28 * factor, [&](std::size_t y, std::size_t x) {
        return digit[y / factor * 28 + x / factor];
      });
    });
  }
}

TEST(MnistStyle, ContrastDoesNotMatter) {
  // A third of the contrast leaves 85 levels: a step is three of 255, and faint ink may fall on the
  // other side of the limit.
  const auto washed_out = [](const Digit& digit) {
    return picture(28, 28,
                   [&](std::size_t y, std::size_t x) { return 200 - digit[y * 28 + x] / 3; });
  };
  for (int index = 0; index < num_digits; ++index) {
    const Digit digit = made_digit(index);
    const Digit a = made(washed_out(digit));
    const Digit b = made(light_on_dark(digit));
    int num_far_off = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
      num_far_off += std::abs(int{a[i]} - int{b[i]}) > 6 ? 1 : 0;
    }
    EXPECT_LE(num_far_off, 20) << index;
  }
}

TEST(MnistStyle, InkMayBeOpacity) {
  for (const int brightness : {0, 255}) {  // black ink on nothing, white ink on nothing
    expect_same(rounding, [&](const Digit& digit) {
      GrayImage image = picture(28, 28, [&](std::size_t, std::size_t) { return brightness; });
      image.opacity.assign(digit.begin(), digit.end());
      return image;
    });
  }
}

TEST(MnistStyle, ThePaperShowsThroughHolesInAPicture) {
  expect_same(0, [](const Digit& digit) {
    GrayImage image = light_on_dark(digit);
    image.opacity.assign(image.brightness.size(), 255);
    for (const std::size_t corner : {0U, 27U, 756U, 783U}) {
      image.brightness[corner] = 255;
      image.opacity[corner] = 0;
    }
    return image;
  });
}

TEST(MnistStyle, ARectangleIsScaledToTwentyPixelsAndCentred) {
  // 40 wide and 80 high: 10 x 20, with its centre of mass at 4.5 and 9.5, half a pixel off.
  const Digit digit = made(picture(200, 300, [](std::size_t y, std::size_t x) {
    return y >= 100 && y < 180 && x >= 20 && x < 60 ? 30 : 250;
  }));
  for (std::size_t y = 0; y < 28; ++y) {
    for (std::size_t x = 0; x < 28; ++x) {
      EXPECT_EQ(digit[y * 28 + x], y >= 5 && y < 25 && x >= 10 && x < 20 ? 255 : 0);
    }
  }
}

TEST(MnistStyle, APixelIsTheMeanOfTheAreaItCovers) {
  const Digit digit = made(picture(32, 32, [](std::size_t y, std::size_t x) {
    return y >= 1 && y < 31 && x >= 1 && x < 31 && x % 3 == 1 ? 255 : 0;
  }));
  // The stripes are 28 wide from the first to the last and 30 high: 19 columns of 28 / 19 each.
  std::vector<double> expected;
  for (int k = 0; k < 19; ++k) {
    const double left = k * 28.0 / 19;
    const double right = (k + 1) * 28.0 / 19;
    double covered = 0;
    for (int stripe = 0; stripe < 28; stripe += 3) {
      covered += std::max(0.0, std::min(right, stripe + 1.0) - std::max(left, double(stripe)));
    }
    expected.push_back(covered);
  }
  const double strongest = *std::max_element(expected.begin(), expected.end());
  const auto row = std::span(digit).subspan(14 * 28, 28);
  const auto first = static_cast<std::size_t>(
      std::find_if(row.begin(), row.end(), [](auto pixel) { return pixel > 0; }) - row.begin());
  for (std::size_t k = 0; k < expected.size(); ++k) {
    EXPECT_NEAR(row[first + k], 255 * expected[k] / strongest, 0.51) << k;
  }
}

TEST(MnistStyle, AThinLineStaysVisible) {
  const Digit digit = made(picture(1000, 1000, [](std::size_t y, std::size_t x) {
    return (y >= 498 && y < 502 && x >= 100 && x < 900) ? 0 : 255;
  }));
  EXPECT_EQ(std::count(digit.begin(), digit.end(), 255), 20);
  EXPECT_EQ(std::count(digit.begin(), digit.end(), 0), 784 - 20);
  EXPECT_EQ(digit[14 * 28 + 14], 255);
}

TEST(MnistStyle, TheCentreOfMassIsThatOfMnist) {
  for (int index = 0; index < num_digits; ++index) {
    const Digit digit = made(light_on_dark(made_digit(index)));
    double mass = 0;
    double y_mass = 0;
    double x_mass = 0;
    for (std::size_t i = 0; i < digit.size(); ++i) {
      mass += digit[i];
      y_mass += digit[i] * static_cast<double>(i / 28);
      x_mass += digit[i] * static_cast<double>(i % 28);
    }
    EXPECT_NEAR(y_mass / mass, 14, 0.51) << index;
    EXPECT_NEAR(x_mass / mass, 14, 0.51) << index;
  }
}

TEST(MnistStyle, TextureOfThePaperIsNoInk) {
  const auto with_texture = [](int depth) {
    return made(picture(100, 100, [&](std::size_t y, std::size_t x) {
      const bool is_ink = y >= 30 && y < 70 && x >= 45 && x < 55;
      return is_ink ? 10 : 240 - static_cast<int>((7 * x + 13 * y) % 5) * depth;
    }));
  };
  EXPECT_EQ(with_texture(4), with_texture(0));
}

TEST(MnistStyle, WithoutInkIsRefused) {
  const auto error = [](const GrayImage& image) {
    return thrown<ValueError>([&] { return mnist_style(image); });
  };
  const std::string expected = "has no ink: all of the picture is about as bright as its border";
  EXPECT_EQ(error(picture(28, 28, [](auto, auto) { return 255; })), expected);
  EXPECT_EQ(error(picture(28, 28, [](auto, auto) { return 0; })), expected);
  EXPECT_EQ(error(picture(28, 28, [](auto y, auto x) { return 200 + (x + y) % 15; })), expected);
  GrayImage nothing = picture(28, 28, [](auto y, auto) { return y; });
  nothing.opacity.assign(784, 0);
  EXPECT_EQ(error(nothing), expected);
}

TEST(MnistStyle, APictureOfOnePixelHasNoInk) {
  EXPECT_THROW(static_cast<void>(mnist_style(picture(1, 1, [](auto, auto) { return 9; }))),
               ValueError);
}

TEST(MnistStyle, PixelsThatAreNotAsManyAsTheSizeSaysAreRefused) {
  const auto error = [](const GrayImage& image) {
    return thrown<ShapeError>([&] { return mnist_style(image); });
  };
  EXPECT_EQ(error({}), "mnist_style: got 0 pixels and 0 opacities for a picture of 0x0");
  EXPECT_EQ(error({.height = 2, .width = 3, .brightness = Pixels(5), .opacity = {}}),
            "mnist_style: got 5 pixels and 0 opacities for a picture of 2x3");
  EXPECT_EQ(error({.height = 2, .width = 3, .brightness = Pixels(6), .opacity = Pixels(5)}),
            "mnist_style: got 6 pixels and 5 opacities for a picture of 2x3");
}

// MNIST was made this way, so there is next to nothing to change in its images: what is fainter
// than an eighth goes.
TEST(MnistStyle, LeavesTheRealMnistAsItIs) {
  const char* folder = std::getenv("GRADUS_DATA_DIR");
  if (folder == nullptr || *folder == 0) {
    GTEST_SKIP() << "GRADUS_DATA_DIR is not set, so there is no MNIST to compare with";
  }
  const Dataset mnist = read_mnist_folder(std::filesystem::path(folder) / "mnist");
  double sum = 0;
  for (std::size_t i = 0; i < 1000; ++i) {
    const auto image = std::span(mnist.test.bytes).subspan(i * 784, 784);
    const Digit again = made(light_on_dark(image));
    for (std::size_t k = 0; k < 784; ++k) {
      sum += std::abs(int{image[k]} - int{again[k]});
    }
  }
  EXPECT_LT(sum / 784000, 1);  // measured: 0.70
}

}  // namespace
}  // namespace gradus
