// SPDX-License-Identifier: MIT
#include "gradus/lab/result.hpp"

namespace gradus {

std::string_view to_string(SeriesKind kind) noexcept {
  switch (kind) {
    case SeriesKind::line:
      return "line";
    case SeriesKind::trace:
      return "trace";
    case SeriesKind::guide:
      return "guide";
    case SeriesKind::points:
      return "points";
    case SeriesKind::hollow_points:
      return "hollow_points";
    case SeriesKind::bars:
      return "bars";
    case SeriesKind::arrows:
      return "arrows";
    case SeriesKind::contour:
      return "contour";
    case SeriesKind::surface:
      return "surface";
    case SeriesKind::regions:
      return "regions";
    case SeriesKind::image:
      return "image";
  }
  return "";
}

bool is_over_grid(SeriesKind kind) noexcept {
  return kind == SeriesKind::contour || kind == SeriesKind::surface ||
         kind == SeriesKind::regions || kind == SeriesKind::image;
}

std::string_view to_string(RemarkKind kind) noexcept {
  switch (kind) {
    case RemarkKind::finding:
      return "finding";
    case RemarkKind::warning:
      return "warning";
    case RemarkKind::mistake:
      return "mistake";
  }
  return "";
}

}  // namespace gradus
