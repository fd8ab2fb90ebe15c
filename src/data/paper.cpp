// SPDX-License-Identifier: MIT
#include "data/paper.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>

namespace gradus {
namespace {

constexpr std::size_t max_paper_cells = 32;  // along the longer side
// A window of this many cells to each side covers nearly half of the picture, so that a stroke as
// thick as a sixth of it is well below half of the window.
constexpr std::size_t window_radius = 7;
constexpr double even_share = 1.0 / 8;  // of the contrast, that the border may differ by

template <class Number>
double median(std::vector<Number>& numbers) {
  const auto middle = numbers.begin() + static_cast<std::ptrdiff_t>(numbers.size() / 2);
  std::nth_element(numbers.begin(), middle, numbers.end());
  return *middle;
}

/// The indices of the pixels around the picture, each side after the other.
std::vector<std::size_t> border_of(const GrayImage& image) {
  std::vector<std::size_t> indices;
  const std::size_t last_row = (image.height - 1) * image.width;
  for (std::size_t x = 0; x < image.width; ++x) {
    indices.push_back(x);
  }
  for (std::size_t y = 0; y < image.height; ++y) {
    indices.push_back(y * image.width + image.width - 1);
  }
  for (std::size_t x = image.width; x-- > 0;) {
    indices.push_back(last_row + x);
  }
  for (std::size_t y = image.height; y-- > 0;) {
    indices.push_back(y * image.width);
  }
  return indices;
}

double mean_of_what_is_drawn(const GrayImage& image) {
  double sum = 0;
  double weight = 0;
  for (std::size_t i = 0; i < image.brightness.size(); ++i) {
    sum += double{1} * image.opacity[i] * image.brightness[i];
    weight += image.opacity[i];
  }
  return weight == 0 ? 0 : sum / weight;
}

/// Whether brightnesses along the border differ by no more than noise and a share of the contrast.
bool is_about_even(const std::vector<std::uint8_t>& border, double contrast) {
  std::vector<double> steps;
  for (std::size_t i = 1; i < border.size(); ++i) {
    steps.push_back(std::abs(double{1} * border[i] - border[i - 1]));
  }
  if (steps.empty()) {
    return true;
  }
  // Of normal noise, the median step is 0.95 deviations, and nine in ten pixels lie within 3.3 of
  // them; a third more, for a border is short.
  const double noise = 4.4 * median(steps) / 0.95;
  std::vector<std::uint8_t> sorted = border;
  std::sort(sorted.begin(), sorted.end());
  const double spread =
      double{1} * sorted[sorted.size() - 1 - sorted.size() / 20] - sorted[sorted.size() / 20];
  return spread <= noise + even_share * contrast;
}

/// The height of a plane through points at (0, 0), where points far from it weigh little: least
/// squares, repeated with weights that fall with the distance (Cauchy's).
class RobustPlane {
 public:
  void clear() { points_.clear(); }
  void add(double y, double x, double height) { points_.push_back({y, x, height}); }

  /// Of a level plane.
  [[nodiscard]] double median_height() {
    distances_.clear();
    for (const Point& point : points_) {
      distances_.push_back(point.height);
    }
    return median(distances_);
  }

  /// @param start  about where it is
  [[nodiscard]] double height(double start) {
    constexpr int num_rounds = 6;
    height_ = start;
    slope_y_ = 0;
    slope_x_ = 0;
    for (int round = 0; round < num_rounds; ++round) {
      distances_.clear();
      for (const Point& point : points_) {
        distances_.push_back(std::abs(distance_of(point)));
      }
      fit(std::max(1.0, median(distances_)));
    }
    return height_;
  }

 private:
  struct Point {
    double y;
    double x;
    double height;
  };

  [[nodiscard]] double distance_of(const Point& point) const {
    return point.height - height_ - slope_y_ * point.y - slope_x_ * point.x;
  }

  /// By what the plane has to change, from the normal equations around the centre of weight.
  void fit(double scale) {
    double sum = 0;
    double sum_y = 0;
    double sum_x = 0;
    double sum_d = 0;
    double yy = 1e-6;  // a picture one cell high has no slope down
    double yx = 0;
    double xx = 1e-6;
    double yd = 0;
    double xd = 0;
    for (const Point& point : points_) {
      const double distance = distance_of(point);
      const double weight = 1 / (1 + distance * distance / (scale * scale));
      sum += weight;
      sum_y += weight * point.y;
      sum_x += weight * point.x;
      sum_d += weight * distance;
      yy += weight * point.y * point.y;
      yx += weight * point.y * point.x;
      xx += weight * point.x * point.x;
      yd += weight * point.y * distance;
      xd += weight * point.x * distance;
    }
    yy -= sum_y * sum_y / sum;
    yx -= sum_y * sum_x / sum;
    xx -= sum_x * sum_x / sum;
    yd -= sum_y * sum_d / sum;
    xd -= sum_x * sum_d / sum;
    const double determinant = yy * xx - yx * yx;
    const double down = (yd * xx - xd * yx) / determinant;
    const double right = (xd * yy - yd * yx) / determinant;
    height_ += (sum_d - down * sum_y - right * sum_x) / sum;
    slope_y_ += down;
    slope_x_ += right;
  }

  std::vector<Point> points_;
  std::vector<double> distances_;
  double height_ = 0;
  double slope_y_ = 0;
  double slope_x_ = 0;
};

}  // namespace

Paper::Paper(const GrayImage& image) : image_(image) {
  std::vector<std::uint8_t> border;  // what is opaque of it
  std::size_t num_transparent = 0;
  for (const std::size_t i : border_of(image)) {
    if (!image.opacity.empty() && image.opacity[i] < 128) {
      ++num_transparent;
    } else {
      border.push_back(image.brightness[i]);
    }
  }
  if (num_transparent > border.size()) {
    sheet_ = mean_of_what_is_drawn(image) > 127.5 ? 0 : 255;
    return;
  }
  const auto [darkest, brightest] =
      std::minmax_element(image.brightness.begin(), image.brightness.end());
  const bool is_even = is_about_even(border, double{1} * *brightest - *darkest);
  sheet_ = median(border);
  if (!is_even) {
    cell_ = (std::max(image.height, image.width) + max_paper_cells - 1) / max_paper_cells;
    num_rows_ = (image.height + cell_ - 1) / cell_;
    num_columns_ = (image.width + cell_ - 1) / cell_;
    fit_surface(cell_means());
  }
}

std::vector<double> Paper::cell_means() const {
  std::vector<double> sums(num_rows_ * num_columns_);
  for (std::size_t y = 0; y < image_.height; ++y) {
    const auto row = std::span(sums).subspan(y / cell_ * num_columns_, num_columns_);
    for (std::size_t x = 0; x < image_.width; ++x) {
      row[x / cell_] += brightness_at(y, x);
    }
  }
  for (std::size_t r = 0; r < num_rows_; ++r) {
    for (std::size_t c = 0; c < num_columns_; ++c) {
      const std::size_t area =
          std::min(cell_, image_.height - r * cell_) * std::min(cell_, image_.width - c * cell_);
      sums[r * num_columns_ + c] /= static_cast<double>(area);
    }
  }
  return sums;
}

void Paper::fit_surface(const std::vector<double>& means) {
  RobustPlane plane;
  for (std::size_t i = 0; i < means.size(); ++i) {
    const std::size_t row = i / num_columns_;
    const std::size_t column = i % num_columns_;
    plane.clear();
    for (std::size_t r = row - std::min(row, window_radius);
         r < std::min(num_rows_, row + window_radius + 1); ++r) {
      for (std::size_t c = column - std::min(column, window_radius);
           c < std::min(num_columns_, column + window_radius + 1); ++c) {
        plane.add(static_cast<double>(r) - static_cast<double>(row),
                  static_cast<double>(c) - static_cast<double>(column),
                  means[r * num_columns_ + c]);
      }
    }
    // A median follows the edge of a shadow, a plane the light up to the border of the picture. The
    // one that is farther off would make ink of paper.
    const double level = plane.median_height();
    const double sloping = plane.height(level);
    const bool is_level = std::abs(means[i] - level) < std::abs(means[i] - sloping);
    surface_.push_back(std::clamp(is_level ? level : sloping, 0.0, 255.0));
  }
}

/// Interpolated between the centres of cells.
double Paper::surface_at(std::size_t y, std::size_t x) const {
  const auto side = static_cast<double>(cell_);
  const auto between = [&](std::size_t pixel, std::size_t num_cells) {
    const double cells = (static_cast<double>(pixel) + 0.5) / side - 0.5;
    return std::clamp(cells, 0.0, static_cast<double>(num_cells - 1));
  };
  const double row = between(y, num_rows_);
  const double column = between(x, num_columns_);
  const auto top = static_cast<std::size_t>(row);
  const auto left = static_cast<std::size_t>(column);
  const double down = row - static_cast<double>(top);
  const double right = column - static_cast<double>(left);
  const std::size_t below = std::min(top + 1, num_rows_ - 1);
  const std::size_t beside = std::min(left + 1, num_columns_ - 1);
  const auto cell = [&](std::size_t r, std::size_t c) { return surface_[r * num_columns_ + c]; };
  return (1 - down) * ((1 - right) * cell(top, left) + right * cell(top, beside)) +
         down * ((1 - right) * cell(below, left) + right * cell(below, beside));
}

}  // namespace gradus
