// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gradus/core/label.hpp"
#include "gradus/core/random.hpp"
#include "gradus/core/registry.hpp"
#include "gradus/core/task.hpp"
#include "gradus/data/dataset.hpp"

namespace gradus {

// Small data sets of points in the plane, made by the program from a seed: what a network has
// learned of them can be looked at. They are tables, of columns x, y and class; or of x alone, and
// y is to be learned. Shapes lie around 0 and reach to about 1, so that no column needs
// standardizing.

struct ShapePoint {
  double x = 0;
  double y = 0;
};

/// A kind of such data.
struct PlaneKind {
  std::string_view id;
  std::size_t num_classes;  // 0: y is a function of x, and to be learned
  double noise;             // when none is asked for
  std::string_view summary;

  /// Draws a point of the shape, without noise. Of a function x is exact in a float, and from -1
  /// to 1.
  ShapePoint (*draw)(Label label, Random& random);

  [[nodiscard]] Task task() const noexcept {
    return num_classes > 0 ? Task::classification : Task::regression;
  }
};

[[nodiscard]] const Registry<PlaneKind>& plane_kinds();

inline constexpr std::size_t min_plane_samples = 10;
inline constexpr std::size_t max_plane_samples = 1'000'000;
inline constexpr double max_plane_noise = 1000;

struct PlaneOptions {
  std::string kind = "moons";
  std::optional<double> noise = {};  // standard deviation; none: that of the kind
  std::size_t num_samples = 1000;    // for training and for tests
  std::uint64_t seed = 1;
};

/// Makes such a data set, with the name of its kind.
///
/// Sample i is a pure function of (kind, noise, seed, i), with the same bytes on every machine and
/// compiler: the way to it takes only integers, + - * / and sqrt. The noise is normal: of classes
/// in x and in y, of a function in y alone. Classes take turns, so that of C each has every C-th
/// sample. A sixth of the samples, those that a table of as many rows would keep, are for tests.
///
/// @throws ValueError  no such kind; the noise or the number of samples is out of range
/// Tested  tests/unit/data/plane_test.cpp (SHA-256 of each kind)
[[nodiscard]] Dataset make_plane_data(const PlaneOptions& options);

}  // namespace gradus
