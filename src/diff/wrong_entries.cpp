// SPDX-License-Identifier: MIT
#include "wrong_entries.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "gradus/diff/numerical.hpp"

namespace gradus {
namespace {

struct Part {
  std::size_t begin;  // in x
  std::size_t end;
  double gap = 0;
};

std::vector<std::size_t> index_in(const Shape& shape, std::size_t position) {
  std::vector<std::size_t> index(shape.num_axes());
  for (std::size_t axis = shape.num_axes(); axis-- > 0;) {
    index[axis] = position % shape[axis];
    position /= shape[axis];
  }
  return index;
}

/// Whether a claimed entry differs by more than error explains, by the rule of directions.
bool is_off(double claimed, const DerivativeEstimate& numerical, double noise) {
  const double rounding = 16 * std::numeric_limits<double>::epsilon() * std::abs(claimed);
  const double gap = std::abs(claimed - numerical.value);
  return !numerical.refusal && gap > 3 * (numerical.error + rounding) &&
         gap > least_visible_gap(noise);
}

}  // namespace

std::vector<WrongEntry> find_wrong_entries(const std::function<double(std::span<const double>)>& f,
                                           std::span<const double> g, std::span<const double> x,
                                           const ParameterBlock& block,
                                           const WrongEntryOptions& options, Random& random) {
  std::vector<double> point(x.begin(), x.end());
  std::vector<double> direction(x.size());
  const auto measure = [&](Part& part) {
    double claimed = 0;
    for (std::size_t i = part.begin; i < part.end; ++i) {
      direction[i] = random.normal();
      claimed += g[i] * direction[i];
    }
    const auto value_at = [&](double t) {
      for (std::size_t i = part.begin; i < part.end; ++i) {
        point[i] = x[i] + t * direction[i];
      }
      return f(point);
    };
    const double numerical = numerical_diff(value_at, 0, options.step);
    std::copy(x.begin() + static_cast<std::ptrdiff_t>(part.begin),
              x.begin() + static_cast<std::ptrdiff_t>(part.end),
              point.begin() + static_cast<std::ptrdiff_t>(part.begin));
    part.gap = std::abs(numerical - claimed);
  };

  std::vector<Part> parts{{block.offset, block.offset + block.size()}};
  const auto is_whole = [](const Part& part) { return part.end - part.begin > 1; };
  while (std::any_of(parts.begin(), parts.end(), is_whole)) {
    std::vector<Part> halves;
    for (const Part& part : parts) {
      const std::size_t middle = part.begin + (part.end - part.begin) / 2;
      for (Part half : {Part{part.begin, middle}, Part{middle, part.end}}) {
        if (half.begin < half.end) {
          measure(half);
          halves.push_back(half);
        }
      }
    }
    std::sort(halves.begin(), halves.end(),
              [](const Part& a, const Part& b) { return a.gap > b.gap; });
    halves.resize(std::min(halves.size(), options.num_worst));
    parts = std::move(halves);
  }

  std::vector<WrongEntry> entries;
  for (const Part& part : parts) {
    const DerivativeEstimate partial =
        estimate_partial(f, x, part.begin, {.least_noise = options.least_noise});
    if (!is_off(g[part.begin], partial, options.least_noise)) {
      continue;
    }
    entries.push_back({.name = block.name,
                       .index = index_in(block.shape, part.begin - block.offset),
                       .claimed = g[part.begin],
                       .numerical = partial.value,
                       .numerical_error = partial.error});
  }
  return entries;
}

}  // namespace gradus
