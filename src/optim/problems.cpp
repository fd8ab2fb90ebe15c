// SPDX-License-Identifier: MIT
#include "gradus/optim/problems.hpp"

namespace gradus {
namespace {

using enum CriticalKind;

constexpr std::array<CriticalPoint, 1> middle{{{{0, 0}, minimum}}};

constexpr std::array<CriticalPoint, 3> two_wells_points{{
    {{-1.0355787140888537, 0}, minimum},
    {{0.9601495555191055, 0}, local_minimum},
    {{0.07542915856974822, 0}, saddle},
}};

constexpr std::array<CriticalPoint, 3> saddle_points{{
    {{0, 1}, minimum},
    {{0, -1}, minimum},
    {{0, 0}, saddle},
}};

constexpr std::array<CriticalPoint, 9> himmelblau_points{{
    {{3, 2}, minimum},
    {{-2.805118086952745, 3.131312518250573}, minimum},
    {{-3.779310253377747, -3.2831859912861696}, minimum},
    {{3.5844283403304917, -1.8481265269644036}, minimum},
    {{-3.0730257507643897, -0.08135304428796751}, saddle},
    {{-0.12796134673068008, -1.9537149802445763}, saddle},
    {{0.08667750455539636, 2.884254701174776}, saddle},
    {{3.385154183607021, 0.07385187983774928}, saddle},
    {{-0.2708445906673476, -0.9230385564799815}, maximum},
}};

constexpr std::array<CriticalPoint, 1> rosenbrock_points{{{{1, 1}, minimum}}};

constexpr std::array<CriticalPoint, 3> beale_points{{
    {{3, 0.5}, minimum},
    {{0, 1}, saddle},
    {{0.10053793732415836, -2.644513585023125}, saddle},
}};

constexpr std::array<Problem, 7> entries{{
    {"bowl", "x0^2/20 + x1^2", {-7, 2}, 8, middle},
    {"two-wells", "(x0^2 - 1)^2 + 0.3x0 + x1^2", {1.6, 1}, 2, two_wells_points},
    {"saddle", "x0^2/2 + (x1^2 - 1)^2/4", {2, 0.001}, 2.5, saddle_points},
    {"plateau", "sigmoid(x0^2 + x1^2 - 6)", {3.5, 2.5}, 4, middle},
    {"himmelblau", "(x0^2 + x1 - 11)^2 + (x0 + x1^2 - 7)^2", {0, 0}, 5, himmelblau_points},
    {"rosenbrock", "(1 - x0)^2 + 100(x1 - x0^2)^2", {-1.2, 1}, 2, rosenbrock_points},
    {"beale",
     "(1.5 - x0 + x0*x1)^2 + (2.25 - x0 + x0*x1^2)^2 + (2.625 - x0 + x0*x1^3)^2",
     {1, 1},
     4.5,
     beale_points},
}};

}  // namespace

std::string_view to_string(CriticalKind kind) noexcept {
  switch (kind) {
    case minimum:
      return "minimum";
    case local_minimum:
      return "local_minimum";
    case saddle:
      return "saddle";
    case maximum:
      return "maximum";
  }
  return "";
}

const Registry<Problem>& problems() {
  static constexpr Registry<Problem> registry("problem", entries);
  return registry;
}

}  // namespace gradus
