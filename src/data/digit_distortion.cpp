// SPDX-License-Identifier: MIT
#include "digit_distortion.hpp"

#include <algorithm>
#include <array>

#include "digit_random.hpp"
#include "digit_wave.hpp"

namespace gradus::handwriting {
namespace {

// The bend is a sum of plane waves, each of which moves points along a direction of its own.
constexpr int num_waves = 3;
constexpr float max_frequency = 1;  // periods a box, each way: nothing finer than a digit's parts
constexpr float wave_amplitude = 0.038F;  // boxes, standard deviation

// Standard deviations of the other distortions, and means where hands prefer one side.
constexpr float tilt = 0.12F;           // how much wider the bottom is than the middle, relative
constexpr float mean_stretch = -0.05F;  // logarithm of the width: people write narrow
constexpr float stretch = 0.20F;
constexpr float min_stretch = -0.6F;
constexpr float max_stretch = 0.4F;
constexpr float mean_lean = 0.10F;  // to the right; tangent of the angle
constexpr float lean = 0.22F;
constexpr float half_turn = 0.07F;  // tangent of half the angle: 8 degrees

struct PlaneWave {
  Point frequency;
  float phase = 0;
  Point amplitude;
};

using Bend = std::array<PlaneWave, num_waves>;

Bend draw_bend(Random& random) {
  Bend bend;
  for (PlaneWave& plane_wave : bend) {
    plane_wave.frequency.x = uniform(random, -max_frequency, max_frequency);
    plane_wave.frequency.y = uniform(random, -max_frequency, max_frequency);
    plane_wave.phase = uniform(random, 0, 1);
    plane_wave.amplitude.x = wave_amplitude * bell(random);
    plane_wave.amplitude.y = wave_amplitude * bell(random);
  }
  return bend;
}

Point bent(Point place, const Bend& bend) {
  Point moved = place;
  for (const PlaneWave& plane_wave : bend) {
    const float height = wave(plane_wave.frequency.x * place.x + plane_wave.frequency.y * place.y +
                              plane_wave.phase);
    moved.x += height * plane_wave.amplitude.x;
    moved.y += height * plane_wave.amplitude.y;
  }
  return moved;
}

struct Slant {
  float tilt = 0;
  float width = 1;
  float lean = 0;
  float cosine = 1;
  float sine = 0;
};

Slant draw_slant(Random& random) {
  Slant slant;
  slant.tilt = tilt * bell(random);
  const float log_stretch =
      std::clamp(mean_stretch + stretch * bell(random), min_stretch, max_stretch);
  // exp(x) within 2 % for |x| < 0.6, and, like exp, its reciprocal for -x.
  slant.width = (2 + log_stretch) / (2 - log_stretch);
  slant.lean = mean_lean + lean * bell(random);
  // A rotation without sine and cosine, exact for any t = tan(angle / 2).
  const float t = half_turn * bell(random);
  slant.cosine = (1 - t * t) / (1 + t * t);
  slant.sine = 2 * t / (1 + t * t);
  return slant;
}

Point slanted(Point place, const Slant& slant) {
  const float x = place.x * (1 + slant.tilt * 2 * place.y) * slant.width - slant.lean * place.y;
  return {slant.cosine * x - slant.sine * place.y, slant.sine * x + slant.cosine * place.y};
}

}  // namespace

void distort(Path& path, Random& random) {
  const Bend bend = draw_bend(random);
  const Slant slant = draw_slant(random);
  for (PathPoint& point : path) {
    point.place = slanted(bent(point.place, bend), slant);
  }
}

}  // namespace gradus::handwriting
