// SPDX-License-Identifier: MIT
#include "terminal/character_plot.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "terminal/drawing.hpp"
#include "terminal/text_layout.hpp"

namespace gradus::cli {
namespace {

constexpr std::size_t width = 120;  // pixels: two to a character across, four down
constexpr std::size_t height = 48;
constexpr std::size_t label_width = 10;

/// One axis: where a number lies between its ends.
class Scale {
 public:
  explicit Scale(const Axis& axis) : axis_(axis) {
    if (axis.range) {
      include(axis.range->first);
      include(axis.range->second);
    }
  }

  void include(double value) {
    if (!axis_.range || low_ >= high_) {
      const double place = on_axis(value);
      low_ = std::isfinite(place) ? std::min(low_, place) : low_;
      high_ = std::isfinite(place) ? std::max(high_, place) : high_;
    }
  }

  [[nodiscard]] bool has(double value) const { return std::isfinite(on_axis(value)); }

  /// From 0 to 1; nothing for what is outside, or not finite.
  [[nodiscard]] std::optional<double> place(double value) const {
    if (!has(value)) {
      return std::nullopt;
    }
    const double share = high_ > low_ ? (on_axis(value) - low_) / (high_ - low_) : 0.5;
    return share >= 0 && share <= 1 ? std::optional(share) : std::nullopt;
  }

  [[nodiscard]] std::string low_text() const { return number_text(low_); }
  [[nodiscard]] std::string high_text() const { return number_text(high_); }

 private:
  [[nodiscard]] double on_axis(double value) const {
    return axis_.is_log ? std::log10(value) : value;
  }
  [[nodiscard]] std::string number_text(double place) const {
    return fmt::format("{:.3g}", axis_.is_log ? std::pow(10, place) : place);
  }

  const Axis& axis_;
  double low_ = std::numeric_limits<double>::infinity();
  double high_ = -std::numeric_limits<double>::infinity();
};

bool is_drawn(const Series& series) {
  return series.kind == SeriesKind::line || series.kind == SeriesKind::points;
}

/// The figure as an image, 255 where there is ink.
class Canvas {
 public:
  Canvas(const Scale& x, const Scale& y) : x_(x), y_(y) {}

  void add(const Series& series) {
    for (std::size_t i = 0; i < series.x.size(); ++i) {
      mark(series.x[i], series.y[i]);
      if (i > 0 && series.kind == SeriesKind::line) {
        connect(series.x[i - 1], series.y[i - 1], series.x[i], series.y[i]);
      }
    }
  }

  [[nodiscard]] const std::vector<std::uint8_t>& pixels() const { return pixels_; }

 private:
  void mark(double x, double y) {
    if (const auto across = x_.place(x), up = y_.place(y); across && up) {
      ink(*across, *up);
    }
  }

  void connect(double x0, double y0, double x1, double y1) {
    const auto a0 = x_.place(x0);
    const auto u0 = y_.place(y0);
    const auto a1 = x_.place(x1);
    const auto u1 = y_.place(y1);
    if (a0 && u0 && a1 && u1) {
      for (std::size_t step = 0; step <= width; ++step) {
        const double share = static_cast<double>(step) / width;
        ink(*a0 + share * (*a1 - *a0), *u0 + share * (*u1 - *u0));
      }
    }
  }

  void ink(double across, double up) {
    const auto column = static_cast<std::size_t>(std::lround(across * (width - 1)));
    const auto row = static_cast<std::size_t>(std::lround((1 - up) * (height - 1)));
    pixels_[row * width + column] = 255;
  }

  const Scale& x_;
  const Scale& y_;
  std::vector<std::uint8_t> pixels_ = std::vector<std::uint8_t>(width * height);
};

}  // namespace

std::string character_plot(const Figure& figure, Language language, std::string_view group) {
  Scale x(figure.x);
  Scale y(figure.y);
  bool is_empty = true;
  for (const Series& series : figure.series) {
    for (std::size_t i = 0; i < series.x.size() && is_drawn(series); ++i) {
      x.include(series.x[i]);
      y.include(series.y[i]);
      is_empty = is_empty && !(x.has(series.x[i]) && y.has(series.y[i]));
    }
  }
  if (is_empty) {
    return "";
  }
  Canvas canvas(x, y);
  for (const Series& series : figure.series) {
    if (is_drawn(series)) {
      canvas.add(series);
    }
  }
  const std::vector<std::string> rows = draw(canvas.pixels(), height, width);
  std::string plot = fmt::format("{}  ({})\n", text(language, group, figure.title, figure.values),
                                 text(language, group, figure.y.label, figure.y.values));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string label = i == 0 ? y.high_text() : i + 1 == rows.size() ? y.low_text() : "";
    plot += padded_left(label, label_width) + " " + rows[i] + "\n";
  }
  const std::string low = x.low_text();
  const std::string ends =
      padded_left(x.high_text(), width / 2 > low.size() ? width / 2 - low.size() : 0);
  return plot + std::string(label_width + 1, ' ') + low + ends + "  " +
         text(language, group, figure.x.label, figure.x.values) + "\n";
}

}  // namespace gradus::cli
