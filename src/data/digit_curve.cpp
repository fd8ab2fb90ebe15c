// SPDX-License-Identifier: MIT
#include "digit_curve.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "digit_random.hpp"
#include "digit_skeletons.hpp"

namespace gradus::handwriting {
namespace {

// Lengths below are in the table's unit, a hundredth of the writing box; a box is drawn about 18
// pixels high.

constexpr float path_spacing = 4;  // 0.7 pixels: bends stay round, and few lines have to be drawn
constexpr int min_steps = 2;       // of a span between two control points

// How far a control point moves (standard deviation). In proportion to the distance of its nearer
// neighbour: points close together describe a round shape, which equal moves would turn into a
// polygon.
constexpr float movement_per_distance = 0.1F;
constexpr float min_movement = 1.05F;
constexpr float max_movement = 3.3F;
constexpr float movement_factor_of_ends = 1.6F;  // where a stroke starts and ends varies most

// A hand drifts: a point moves half as the one before did. Independent moves make dents.
constexpr float shared_move = 0.5F;
constexpr float own_move = 0.8660254F;  // sqrt(1 - 0.5^2): the deviation stays what it was

constexpr float box_size = 100;
constexpr float box_centre = 50;

/// A path point as a weighted sum of four control points.
struct CurvePoint {
  std::array<std::size_t, 4> control_points{};
  std::array<float, 4> weights{};
  bool starts_stroke = false;
};

/// What can be said of a style before any randomness.
struct Curve {
  std::array<float, Skeleton::max_points> movements{};  // of each control point
  std::vector<CurvePoint> points;
};

float distance(const ControlPoint& a, const ControlPoint& b) {
  const float dx = b.x - a.x;
  const float dy = b.y - a.y;
  return std::sqrt(dx * dx + dy * dy);
}

bool starts_stroke(std::span<const ControlPoint> points, std::size_t i) {
  return i == 0 || points[i - 1].ends_stroke;
}

float movement(std::span<const ControlPoint> points, std::size_t i) {
  const bool is_start = starts_stroke(points, i);
  const bool is_end = points[i].ends_stroke;
  const float before = is_start ? box_size : distance(points[i - 1], points[i]);
  const float after = is_end ? box_size : distance(points[i], points[i + 1]);
  const float wanted = movement_per_distance * std::min(before, after);
  return std::clamp(wanted, min_movement, max_movement) *
         (is_start || is_end ? movement_factor_of_ends : 1);
}

/// Weights of the Catmull-Rom spline, which goes through its control points: at t from 0 to 1
/// between the second and the third of four.
/// Source  Catmull, Rom, "A class of local interpolating splines" (1974).
std::array<float, 4> spline_weights(float t) {
  const float t2 = t * t;
  const float t3 = t2 * t;
  return {-0.5F * t + t2 - 0.5F * t3, 1 - 2.5F * t2 + 1.5F * t3, 0.5F * t + 2 * t2 - 1.5F * t3,
          -0.5F * t2 + 0.5F * t3};
}

/// Adds the points from control point i towards the next one, which is left to the next span, or
/// added too where the stroke ends there.
void add_span(std::span<const ControlPoint> points, std::size_t i, Curve& curve) {
  // At a corner and at the ends of a stroke the curve must know nothing of what lies beyond: there
  // a point is its own neighbour.
  const bool turns_before = starts_stroke(points, i) || points[i].is_corner;
  const bool turns_after = points[i + 1].ends_stroke || points[i + 1].is_corner;
  const std::array<std::size_t, 4> neighbours = {turns_before ? i : i - 1, i, i + 1,
                                                 turns_after ? i + 1 : i + 2};
  const float length = distance(points[i], points[i + 1]);
  const int num_steps = std::max(min_steps, 1 + static_cast<int>(length / path_spacing));
  const int num_points = points[i + 1].ends_stroke ? num_steps + 1 : num_steps;
  for (int step = 0; step < num_points; ++step) {
    const float t = static_cast<float>(step) / static_cast<float>(num_steps);
    curve.points.push_back({neighbours, spline_weights(t), step == 0 && starts_stroke(points, i)});
  }
}

Curve make_curve(const Skeleton& skeleton) {
  const std::span<const ControlPoint> points = skeleton.points();
  Curve curve;
  for (std::size_t i = 0; i < points.size(); ++i) {
    curve.movements[i] = movement(points, i);
    if (!points[i].ends_stroke) {
      add_span(points, i, curve);
    }
  }
  return curve;
}

std::vector<Curve> make_curves() {
  std::vector<Curve> curves;
  for (const Skeleton& skeleton : skeletons()) {
    curves.push_back(make_curve(skeleton));
  }
  return curves;
}

Point weighted_sum(const CurvePoint& point, std::span<const Point> control_points) {
  Point sum;
  for (std::size_t k = 0; k < 4; ++k) {
    const Point& control_point = control_points[point.control_points[k]];
    sum.x += point.weights[k] * control_point.x;
    sum.y += point.weights[k] * control_point.y;
  }
  return sum;
}

}  // namespace

Path trace(std::size_t style, Random& random) {
  static const std::vector<Curve> curves = make_curves();
  const std::span<const ControlPoint> points = skeletons()[style].points();
  const Curve& curve = curves[style];

  std::array<Point, Skeleton::max_points> moved;
  Point move = {bell(random), bell(random)};
  for (std::size_t i = 0; i < points.size(); ++i) {
    move.x = shared_move * move.x + own_move * bell(random);
    move.y = shared_move * move.y + own_move * bell(random);
    moved[i].x = (points[i].x - box_centre + curve.movements[i] * move.x) / box_size;
    moved[i].y = (points[i].y - box_centre + curve.movements[i] * move.y) / box_size;
  }

  Path path;
  path.reserve(curve.points.size());
  for (const CurvePoint& point : curve.points) {
    path.push_back({weighted_sum(point, moved), point.starts_stroke});
  }
  return path;
}

}  // namespace gradus::handwriting
