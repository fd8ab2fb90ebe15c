// SPDX-License-Identifier: MIT
#include "data/ink.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace gradus {
namespace {

// Of normal noise one pixel in 30,000 is as far off on the side of the ink.
constexpr double noise_deviations = 4;
constexpr double faintest_share = 1.0 / 8;  // ink weaker than this share of the strongest is paper
constexpr double full_light = 200;          // the paper's brightness where ink is as dark as it is
constexpr double least_light = 16;          // darker paper is not made any brighter

/// Counts distances of 0 to 255, in quarters, for their median.
class Distances {
 public:
  void add(double distance) {
    ++counts_[std::min(counts_.size() - 1, static_cast<std::size_t>(4 * distance))];
    ++num_;
  }

  [[nodiscard]] double median() const {
    std::size_t below = 0;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      below += counts_[i];
      if (2 * below > num_) {
        return static_cast<double>(i) / 4;
      }
    }
    return 0;
  }

 private:
  std::array<std::size_t, 1024> counts_{};
  std::size_t num_ = 0;
};

}  // namespace

Ink::Ink(const GrayImage& image) : paper_(image) {
  measure_noise(image);
  find_polarity(image);
  least_depth_ = noise_deviations * noise_;
  for (std::size_t y = 0; y < image.height; ++y) {
    for (std::size_t x = 0; x < image.width; ++x) {
      strongest_ = std::max(strongest_, at(y, x));
    }
  }
  least_ink_ = faintest_share * strongest_;
}

double Ink::gain_at(std::size_t y, std::size_t x) const {
  return paper_.is_even() || !is_dark_on_light_
             ? 1
             : full_light / std::max(least_light, paper_.at(y, x));
}

/// By the median distance from the paper, which ink does not reach as long as it covers less than
/// half; of all pixels or of the border, whichever is less: thick ink may cover more than half.
void Ink::measure_noise(const GrayImage& image) {
  Distances all;
  Distances border;
  for (std::size_t y = 0; y < image.height; ++y) {
    for (std::size_t x = 0; x < image.width; ++x) {
      const double distance = std::abs(depth_at(y, x));
      all.add(distance);
      if (y == 0 || y + 1 == image.height || x == 0 || x + 1 == image.width) {
        border.add(distance);
      }
    }
  }
  constexpr double median_of_normal = 0.6745;  // in deviations
  noise_ = std::min(all.median(), border.median()) / median_of_normal;
}

/// Even paper is the brighter or the darker end of the picture. Otherwise ink is what stands out
/// more, in sum.
void Ink::find_polarity(const GrayImage& image) {
  double darkest = paper_.at(0, 0);
  double brightest = darkest;
  double darker = 0;
  double brighter = 0;
  for (std::size_t y = 0; y < image.height; ++y) {
    for (std::size_t x = 0; x < image.width; ++x) {
      const double brightness = paper_.brightness_at(y, x);
      darkest = std::min(darkest, brightness);
      brightest = std::max(brightest, brightness);
      const double depth = paper_.at(y, x) - brightness;
      if (std::abs(depth) > noise_deviations * noise_) {
        (depth > 0 ? darker : brighter) += depth * depth;
      }
    }
  }
  is_dark_on_light_ =
      paper_.is_even() ? paper_.at(0, 0) > (darkest + brightest) / 2 : darker > brighter;
}

}  // namespace gradus
