// SPDX-License-Identifier: MIT
#include "gradus/data/digits.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <memory>
#include <numeric>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "data/digit_skeletons.hpp"
#include "data/digit_wave.hpp"
#include "gradus/core/error.hpp"

namespace gradus {
namespace {

using Image = std::array<std::uint8_t, num_digit_pixels>;

// Random counts and means may stray this far from what is expected, in their own standard
// deviations: for fair numbers that happens once in 16,000 times.
constexpr double max_deviations = 4;

/// Enough images for statistics, in a fraction of the time of all.
const Dataset& some_digits() {
  static const Dataset digits = [] {
    Team team(2, 2);
    return make_digits({.num_train = 15'000, .num_test = 5000}, team);
  }();
  return digits;
}

std::span<const std::uint8_t> image_of(const Samples& samples, std::size_t i) {
  return std::span(samples.bytes).subspan(i * num_digit_pixels, num_digit_pixels);
}

bool are_equal(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

/// SHA-256 in hexadecimal of training images, training labels, test images, test labels; a label
/// counts as one byte.
std::string sha256_of(const Dataset& digits) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        EVP_MD_CTX_free);
  EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
  for (const Samples* samples : {&digits.train, &digits.test}) {
    const std::vector<std::uint8_t> labels(samples->labels.begin(), samples->labels.end());
    EVP_DigestUpdate(context.get(), samples->bytes.data(), samples->bytes.size());
    EVP_DigestUpdate(context.get(), labels.data(), labels.size());
  }
  std::array<unsigned char, 32> digest{};
  EVP_DigestFinal_ex(context.get(), digest.data(), nullptr);
  return fmt::format("{:02x}", fmt::join(digest, ""));
}

TEST(Digits, AreTheSameBytesEverywhere) {
  Team team(2, 2);
  EXPECT_EQ(sha256_of(make_digits({}, team)),
            "475f8a290544c70ea13582df4e3cdd0c1b898d15e0ebca466e0c0f9e3a85cad4");
}

TEST(Digits, AreAsManyAsInMnistUnlessToldOtherwise) {
  EXPECT_EQ(DigitsOptions{}.num_train, 60'000U);
  EXPECT_EQ(DigitsOptions{}.num_test, 10'000U);
}

TEST(Digits, ComeAsADatasetOfSquareImages) {
  const Dataset& digits = some_digits();
  EXPECT_EQ(digits.name, "digits");
  EXPECT_EQ(digits.sample_shape, (Shape{28, 28}));
  EXPECT_EQ(digits.num_classes, 10U);
  EXPECT_EQ(digits.train.num_features, 784U);
  EXPECT_EQ(digits.train.labels.size(), 15'000U);
  EXPECT_EQ(digits.train.bytes.size(), 15'000U * 784U);
  EXPECT_EQ(digits.test.num_features, 784U);
  EXPECT_EQ(digits.test.labels.size(), 5000U);
  EXPECT_EQ(digits.test.bytes.size(), 5000U * 784U);
}

TEST(Digits, DoNotDependOnTheNumberOfThreads) {
  const DigitsOptions options = {.num_train = 2000, .num_test = 1000};
  Team one(1);
  Team three(3, 3);
  const Dataset a = make_digits(options, one);
  const Dataset b = make_digits(options, three);
  EXPECT_EQ(a.train.bytes, b.train.bytes);
  EXPECT_EQ(a.train.labels, b.train.labels);
  EXPECT_EQ(a.test.bytes, b.test.bytes);
  EXPECT_EQ(a.test.labels, b.test.labels);
}

TEST(Digits, AreEachAFunctionOfSeedAndIndexAlone) {
  Team team;
  const Dataset digits = make_digits({.seed = 7, .num_train = 600, .num_test = 300}, team);
  Image image{};
  for (std::size_t i = 300; i-- > 0;) {  // backwards: no image may lean on the one before
    EXPECT_EQ(draw_digit(7, 60'000 + i, image), digits.test.labels[i]);
    EXPECT_TRUE(are_equal(image, image_of(digits.test, i))) << "test image " << i;
    EXPECT_EQ(draw_digit(7, 2 * i, image), digits.train.labels[2 * i]);
    EXPECT_TRUE(are_equal(image, image_of(digits.train, 2 * i))) << "image " << 2 * i;
  }
}

TEST(Digits, OverwriteWhateverWasInTheImage) {
  Image on_white{};
  Image on_black;
  on_black.fill(255);
  draw_digit(1, 0, on_white);
  draw_digit(1, 0, on_black);
  EXPECT_EQ(on_white, on_black);
}

TEST(Digits, OfAnotherSeedAreOtherImages) {
  Image a{};
  Image b{};
  for (std::uint64_t i = 0; i < 100; ++i) {
    draw_digit(1, i, a);
    draw_digit(2, i, b);
    EXPECT_NE(a, b) << "image " << i;
  }
}

TEST(Digits, AreAllDifferent) {
  const Dataset& digits = some_digits();
  std::unordered_set<std::string> seen;
  for (const Samples* samples : {&digits.train, &digits.test}) {
    for (std::size_t i = 0; i < samples->num_samples(); ++i) {
      const auto image = image_of(*samples, i);
      EXPECT_TRUE(seen.emplace(image.begin(), image.end()).second) << "image " << i;
    }
  }
}

TEST(Digits, OfEachClassAreEquallyMany) {
  const Samples& samples = some_digits().train;
  const auto n = static_cast<double>(samples.num_samples());
  const double deviation = std::sqrt(n * 0.1 * 0.9);  // of a binomial count with p = 1 / 10
  for (Label digit = 0; digit < num_digit_classes; ++digit) {
    const auto count = std::count(samples.labels.begin(), samples.labels.end(), digit);
    EXPECT_NEAR(static_cast<double>(count), n / 10, max_deviations * deviation) << digit;
  }
}

TEST(Digits, UseEverySkeletonAsOftenAsItsWeightSays) {
  constexpr std::uint64_t num_images = 60'000;
  const auto skeletons = handwriting::skeletons();
  std::vector<double> counts(skeletons.size());
  std::array<double, num_digit_classes> weights{};
  for (std::uint64_t i = 0; i < num_images; ++i) {
    Random random(default_digits_seed, Stream::digits, i);
    counts[handwriting::choose_skeleton(random)] += 1;
  }
  for (const handwriting::Skeleton& skeleton : skeletons) {
    weights.at(skeleton.digit) += skeleton.weight;
  }
  for (std::size_t i = 0; i < skeletons.size(); ++i) {
    const double share = skeletons[i].weight / weights[skeletons[i].digit] / num_digit_classes;
    const double deviation = std::sqrt(num_images * share * (1 - share));
    EXPECT_NEAR(counts[i], num_images * share, max_deviations * deviation) << "skeleton " << i;
  }
}

TEST(Digits, AreLabelledAsTheirSkeletonIs) {
  Image image{};
  for (std::uint64_t i = 0; i < 1000; ++i) {
    Random random(default_digits_seed, Stream::digits, i);
    const std::size_t style = handwriting::choose_skeleton(random);
    EXPECT_EQ(draw_digit(default_digits_seed, i, image), handwriting::skeletons()[style].digit);
  }
}

/// Centre of mass along one axis of every image; `stride` is 1 for columns, 28 for rows.
std::vector<double> centres(const Samples& samples, std::size_t stride) {
  std::vector<double> result;
  for (std::size_t i = 0; i < samples.num_samples(); ++i) {
    const auto image = image_of(samples, i);
    double mass = 0;
    double moment = 0;
    for (std::size_t pixel = 0; pixel < image.size(); ++pixel) {
      mass += image[pixel];
      moment += static_cast<double>(pixel / stride % digit_side) * image[pixel];
    }
    result.push_back(moment / mass);
  }
  return result;
}

TEST(Digits, AreCentredByMassButForTheirShift) {
  // The shift has deviation 1 and ends at 3.46 pixels. Ink counted twice where lines cross moves an
  // image by up to 0.5 pixels more, and all of them by less than 0.1.
  const Samples& samples = some_digits().train;
  for (const std::size_t stride : {std::size_t{1}, digit_side}) {
    double sum = 0;
    double sum_squares = 0;
    for (const double centre : centres(samples, stride)) {
      EXPECT_NEAR(centre, 14, 3.46 + 0.5);
      sum += centre - 14;
      sum_squares += (centre - 14) * (centre - 14);
    }
    const auto n = static_cast<double>(samples.num_samples());
    EXPECT_NEAR(sum / n, 0, 0.1);
    EXPECT_NEAR(std::sqrt(sum_squares / n), 1, 0.1);
  }
}

TEST(Digits, KeepTheirInkOffTheBorder) {
  // 20 pixels of ink and a shift of 1 in 28 pixels: 0.1 % of the ink falls on the outermost ring.
  const Samples& samples = some_digits().train;
  double on_border = 0;
  double everywhere = 0;
  for (std::size_t i = 0; i < samples.bytes.size(); ++i) {
    const std::size_t row = i / digit_side % digit_side;
    const std::size_t column = i % digit_side;
    const bool is_border = std::min(row, column) == 0 || std::max(row, column) == digit_side - 1;
    on_border += is_border ? samples.bytes[i] : 0;
    everywhere += samples.bytes[i];
  }
  EXPECT_GT(on_border, 0);
  EXPECT_LT(on_border, 0.002 * everywhere);
}

TEST(Digits, AreNeitherEmptyNorBlots) {
  // Full ink, in pixels: the thinnest 1 has about 20 * 1.4, half the 20 x 20 box would be a blot.
  const Samples& samples = some_digits().train;
  for (std::size_t i = 0; i < samples.num_samples(); ++i) {
    const auto image = image_of(samples, i);
    const int ink = std::accumulate(image.begin(), image.end(), 0) / 255;
    EXPECT_GE(ink, 20) << "image " << i;
    EXPECT_LE(ink, 250) << "image " << i;
    EXPECT_EQ(*std::max_element(image.begin(), image.end()), 255) << "image " << i;
  }
}

TEST(Digits, RefuseMoreTrainingImagesThanThereAreBeforeTheTestImages) {
  Team team;
  try {
    (void)make_digits({.num_train = 60'001, .num_test = 0}, team);
    FAIL() << "nothing was thrown";
  } catch (const ValueError& error) {
    EXPECT_STREQ(error.what(),
                 "make_digits: 60001 training images asked for, at most 60000 can be made");
  }
}

TEST(Digits, AreBentByAWaveThatLooksLikeASine) {
  constexpr double two_pi = 6.283185307179586;
  for (int i = -200; i <= 200; ++i) {
    const float turns = static_cast<float>(i) / 64;  // exact, so is a whole period more
    // A parabola through the zeros and the tops of a sine is 0.056 off in between. The wave starts
    // at a zero and first goes down.
    EXPECT_NEAR(handwriting::wave(turns), -std::sin(two_pi * turns), 0.057) << turns;
    EXPECT_EQ(handwriting::wave(turns + 1), handwriting::wave(turns));
  }
}

}  // namespace
}  // namespace gradus
