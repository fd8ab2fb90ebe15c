// SPDX-License-Identifier: MIT
#include "gradus/data/plane.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <vector>

#include "gradus/core/counted.hpp"
#include "gradus/core/error.hpp"
#include "gradus/data/test_split.hpp"
#include "unit_circle.hpp"

namespace gradus {
namespace {

ShapePoint draw_moons(Label label, Random& random) {
  const ShapePoint arch = on_unit_circle(random.uniform(0, 0.5));
  const ShapePoint upper{arch.x - 0.5, arch.y - 0.25};
  return label == 0 ? upper : ShapePoint{-upper.x, -upper.y};
}

ShapePoint draw_circles(Label label, Random& random) {
  const double radius = label == 0 ? 1 : 0.5;
  const ShapePoint direction = on_unit_circle(random.uniform());
  return {radius * direction.x, radius * direction.y};
}

ShapePoint draw_xor(Label label, Random& random) {
  const double x = random.uniform(-1, 1);
  const double size = random.uniform();
  const bool is_above = (x > 0) != (label == 1);
  return {x, is_above ? size : -size};
}

/// One and a half turns outwards, as dense near the end as near the middle.
ShapePoint draw_spirals(Label label, Random& random) {
  constexpr double num_turns = 1.5;
  constexpr double innermost = 0.1;  // nearer to the middle, noise would mix the arms
  const double radius = std::sqrt(random.uniform(innermost * innermost, 1));
  const ShapePoint direction = on_unit_circle(num_turns * radius);
  const double side = label == 0 ? radius : -radius;
  return {side * direction.x, side * direction.y};
}

ShapePoint draw_blobs(Label label, Random&) {
  return on_unit_circle(0.25 + label / 3.0);
}

double across(Random& random) {
  return static_cast<float>(random.uniform(-1, 1));
}

ShapePoint draw_sine(Label, Random& random) {
  const double x = across(random);
  return {x, on_unit_circle(x / 2).y};
}

ShapePoint draw_steps(Label, Random& random) {
  const double x = across(random);
  const double step = std::min(std::floor(2 * x), 1.0);  // x is 1 once in many millions
  return {x, step / 2 + 0.25};
}

ShapePoint draw_line(Label, Random& random) {
  const double x = across(random);
  return {x, 0.75 * x + 0.25};
}

constexpr std::array<PlaneKind, 8> entries{{
    {"moons", 2, 0.15, "two half circles, each around the end of the other", draw_moons},
    {"circles", 2, 0.1, "a circle within a circle", draw_circles},
    {"xor", 2, 0.05, "a square whose opposite quarters are of one class", draw_xor},
    {"spirals", 2, 0.03, "two arms of one and a half turns around each other", draw_spirals},
    {"blobs", 3, 0.3, "three round heaps", draw_blobs},
    {"sine", 0, 0.1, "one period of a sine", draw_sine},
    {"steps", 0, 0.05, "a staircase of four steps", draw_steps},
    {"noisy-line", 0, 0.2, "a straight line under much noise", draw_line},
}};

[[noreturn]] void refuse(const PlaneOptions& options, std::string_view option, std::string got,
                         std::string expected) {
  throw ValueError(fmt::format("{}: {} is {}, expected {}", options.kind, option, got, expected));
}

void check(const PlaneOptions& options) {
  const double noise = options.noise.value_or(0);
  if (!(noise >= 0 && noise <= max_plane_noise)) {
    refuse(options, "noise", fmt::format("{}", noise), fmt::format("0 to {}", max_plane_noise));
  }
  if (options.num_samples < min_plane_samples || options.num_samples > max_plane_samples) {
    refuse(options, "n", with_commas(options.num_samples),
           fmt::format("{} to {} samples", min_plane_samples, with_commas(max_plane_samples)));
  }
}

TableLayout layout_of(const PlaneKind& kind) {
  const bool has_classes = kind.task() == Task::classification;
  TableLayout layout;
  layout.features.push_back({.name = "x", .place = 0, .words = {}, .fill = {}});
  if (has_classes) {
    layout.features.push_back({.name = "y", .place = 1, .words = {}, .fill = {}});
  }
  layout.answers = {{has_classes ? "class" : "y", layout.features.size()}};
  layout.num_columns = layout.features.size() + 1;
  return layout;
}

void add_sample(Samples& samples, const PlaneKind& kind, double noise, Random random, Label label) {
  ShapePoint point = kind.draw(label, random);
  if (kind.task() == Task::classification) {
    point.x += noise * random.normal();
    point.y += noise * random.normal();
    samples.values.insert(samples.values.end(),
                          {static_cast<float>(point.x), static_cast<float>(point.y)});
    samples.labels.push_back(label);
  } else {
    point.y += noise * random.normal();
    samples.values.push_back(static_cast<float>(point.x));
    samples.targets.push_back(static_cast<float>(point.y));
  }
}

Samples make_samples(const PlaneOptions& options, const PlaneKind& kind,
                     std::span<const std::uint32_t> indices) {
  Samples samples;
  const bool has_classes = kind.task() == Task::classification;
  samples.num_features = has_classes ? 2 : 1;
  samples.num_targets = has_classes ? 0 : 1;
  for (const std::uint32_t index : indices) {
    const auto label = has_classes ? static_cast<Label>(index % kind.num_classes) : Label{0};
    add_sample(samples, kind, options.noise.value_or(kind.noise),
               Random(options.seed, Stream::plane, index), label);
  }
  return samples;
}

TestSplit split_of(const PlaneKind& kind, std::size_t num_samples) {
  if (kind.task() == Task::regression) {
    return draw_test_split(num_samples);
  }
  std::vector<Label> labels(num_samples);
  for (std::size_t i = 0; i < num_samples; ++i) {
    labels[i] = static_cast<Label>(i % kind.num_classes);
  }
  return draw_test_split(labels, kind.num_classes);
}

}  // namespace

const Registry<PlaneKind>& plane_kinds() {
  static constexpr Registry<PlaneKind> registry("kind of data in the plane", entries);
  return registry;
}

Dataset make_plane_data(const PlaneOptions& options) {
  const PlaneKind& kind = plane_kinds().find(options.kind);
  check(options);
  const TestSplit split = split_of(kind, options.num_samples);
  Dataset dataset;
  dataset.name = options.kind;
  dataset.num_classes = kind.num_classes;
  dataset.layout = layout_of(kind);
  dataset.reading.label_reason = LabelReason::named;
  dataset.train = make_samples(options, kind, split.train);
  dataset.test = make_samples(options, kind, split.test);
  dataset.sample_shape = Shape{dataset.train.num_features};
  return dataset;
}

}  // namespace gradus
