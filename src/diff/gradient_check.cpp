// SPDX-License-Identifier: MIT
#include "gradus/diff/gradient_check.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>

#include "checked_point.hpp"
#include "gradus/core/error.hpp"
#include "gradus/core/random.hpp"
#include "gradus/diff/numerical.hpp"
#include "gradus/math/norm.hpp"
#include "obstacles.hpp"
#include "wrong_entries.hpp"

namespace gradus {
namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

/// One check from start to end.
class Check {
 public:
  Check(const ValueFunction& f, const GradientFunction& gradient, std::span<const double> x,
        std::span<const ParameterBlock> blocks, const GradientCheckOptions& options)
      : f_([this, &f](std::span<const double> point) {
          ++report_.num_evaluations;
          return f(point);
        }),
        gradient_([this, &gradient](std::span<const double> point) {
          ++report_.num_gradients;
          std::vector<double> g = gradient(point);
          if (g.size() != point.size()) {
            throw ShapeError(
                fmt::format("check_gradient: the gradient has {} numbers, the point {}", g.size(),
                            point.size()));
          }
          return g;
        }),
        x_(x),
        blocks_(blocks),
        options_(options),
        random_(options.seed, Stream::gradient_check) {}

  GradientReport run() {
    report_.resolution = options_.resolution;
    const Obstacles obstacles = find_obstacles(f_, gradient_, x_, random_);
    if (obstacles.reason) {
      report_.reason = *obstacles.reason;
      return report_;
    }
    is_staircase_ = obstacles.is_staircase;
    const CheckedPoint& here = points_.emplace_back(f_, gradient_, x_, random_);
    if (has_unusable_entry(here)) {
      return report_;
    }
    evidence_.resize(blocks_.size());
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      report_.blocks.push_back(check_block(here, blocks_[b], evidence_[b]));
    }
    look_nearby();
    measure_taylor_slope(here);
    find_worst_entries();
    conclude();
    return report_;
  }

 private:
  bool has_unusable_entry(const CheckedPoint& here) {
    for (const ParameterBlock& block : blocks_) {
      const std::span<const double> g = block.of(here.g());
      const auto bad =
          std::find_if(g.begin(), g.end(), [](double number) { return !std::isfinite(number); });
      if (bad != g.end()) {
        report_.verdict = Verdict::wrong;
        report_.reason = {.kind = CheckReasonKind::gradient_not_finite,
                          .not_finite = {.name = block.name,
                                         .element = static_cast<std::size_t>(bad - g.begin()),
                                         .claimed = *bad}};
        return true;
      }
    }
    return false;
  }

  /// Where, and with what step, a block was found wrong.
  struct Evidence {
    const CheckedPoint* point = nullptr;
    double step = default_difference_step;
  };

  struct Direction {
    double gap = 0;
    double tolerance = std::numeric_limits<double>::infinity();
    double step = default_difference_step;
    std::optional<Refusal> refusal;
  };

  /// What numbers near 1 inside f leave behind when they cancel.
  static double least_noise(const CheckedPoint& here) {
    return epsilon / 2 * std::max(1.0, std::abs(here.value()));
  }

  Direction compare(const CheckedPoint& here, std::span<const double> direction) {
    const DerivativeEstimate numerical =
        estimate_directional(f_, here.x(), direction, {.least_noise = least_noise(here)});
    Direction result;
    result.refusal = numerical.refusal;
    if (!numerical.refusal) {
      result.gap = std::abs(here.claimed_along(direction) - numerical.value);
      result.tolerance = numerical.error + here.rounding_along(direction);
      result.step = numerical.step;
    }
    return result;
  }

  /// @param evidence  out: the step with which the block was found wrong
  BlockCheck check_block(const CheckedPoint& here, const ParameterBlock& block,
                         Evidence& evidence) {
    BlockCheck check;
    check.name = block.name;
    check.verdict = Verdict::right;
    check.num_directions = options_.num_directions;
    check.claimed_norm = euclidean_norm(block.of(here.g()));
    // A block that hardly matters beside the others need not be known to its last digit.
    const double needed =
        options_.resolution * std::max(check.claimed_norm, 1e-6 * euclidean_norm(here.g()));
    double worst_ratio = -1;
    const auto open = [&check](BlockReason reason) {
      check.verdict = Verdict::cannot_tell;
      check.reason = reason;
    };
    std::vector<double> direction(here.x().size());
    for (std::size_t i = 0; i < options_.num_directions; ++i) {
      for (double& number : block.of(std::span<double>(direction))) {
        number = random_.normal();
      }
      const Direction found = compare(here, direction);
      const double ratio = found.tolerance == 0 ? found.gap : found.gap / found.tolerance;
      if (ratio > worst_ratio || !std::isfinite(found.tolerance)) {
        worst_ratio = ratio;
        check.gap = found.gap;
        check.tolerance = found.tolerance;
      }
      const auto decided_by = [&](BlockReasonKind kind) {
        return BlockReason{.kind = kind,
                           .refusal = found.refusal,
                           .gap = found.gap,
                           .tolerance = found.tolerance,
                           .claimed_norm = check.claimed_norm};
      };
      if (is_wrong(here, found)) {
        if (is_wrong_again(here, block, direction)) {
          check.verdict = Verdict::wrong;
          check.reason = decided_by(BlockReasonKind::disagreement);
          evidence = {&here, found.step};
          return check;
        }
        open(decided_by(BlockReasonKind::chance));
      } else if (found.refusal) {
        open(decided_by(BlockReasonKind::refusal));
      } else if (found.gap > 3 * found.tolerance || !(found.tolerance <= needed) ||
                 !std::isfinite(needed)) {
        open(decided_by(BlockReasonKind::noise));
      }
    }
    return check;
  }

  [[nodiscard]] static bool is_wrong(const CheckedPoint& here, const Direction& direction) {
    return !direction.refusal && direction.gap > 3 * direction.tolerance &&
           direction.gap > least_visible_gap(least_noise(here));
  }

  /// Another direction, which has the first one in it, with other steps: what was chance the first
  /// time is not twice.
  bool is_wrong_again(const CheckedPoint& here, const ParameterBlock& block,
                      std::vector<double> direction) {
    for (double& number : block.of(std::span<double>(direction))) {
      number = 0.37 * number + 0.11 * random_.normal();
    }
    return is_wrong(here, compare(here, direction));
  }

  void look_nearby() {
    // Farther each time: where all is small, kinks are close together.
    for (const double distance : {1e-3, 1e-2, 1e-1}) {
      if (!has_open_block()) {
        break;
      }
      std::vector<double> close(x_.size());
      std::transform(x_.begin(), x_.end(), close.begin(), [&](double number) {
        return number + distance * std::max(1.0, 10 * std::abs(number)) * random_.normal();
      });
      const CheckedPoint& there = points_.emplace_back(f_, gradient_, close, random_);
      for (std::size_t b = 0; b < blocks_.size(); ++b) {
        if (report_.blocks[b].verdict != Verdict::cannot_tell) {
          continue;
        }
        BlockCheck check = check_block(there, blocks_[b], evidence_[b]);
        if (check.verdict == Verdict::cannot_tell) {
          continue;
        }
        check.reason_at_point = report_.blocks[b].reason;
        report_.blocks[b] = std::move(check);
      }
    }
  }

  [[nodiscard]] bool has_open_block() const {
    return std::any_of(report_.blocks.begin(), report_.blocks.end(), [](const BlockCheck& check) {
      return check.verdict == Verdict::cannot_tell;
    });
  }

  void measure_taylor_slope(const CheckedPoint& here) {
    std::vector<double> direction(here.x().size());
    for (double& number : direction) {
      number = random_.normal();
    }
    const double length = euclidean_norm(direction);
    const double claimed = here.claimed_along(direction);
    std::vector<double> point(here.x().size());
    const auto remainder = [&](double h) {
      for (std::size_t i = 0; i < point.size(); ++i) {
        point[i] = here.x()[i] + h * direction[i];
      }
      return std::abs(f_(point) - here.value() - h * claimed);
    };
    const double noise = 64 * epsilon * std::max(1.0, std::abs(here.value()));
    double slope = std::numeric_limits<double>::quiet_NaN();
    // The smallest step whose remainder is still clear of rounding has the least of higher orders.
    for (double h = 1 / length; h > 1e-8 / length; h /= 4) {
      const double small = remainder(h / 4);
      if (!(small > noise)) {
        break;
      }
      slope = std::log2(remainder(h) / small) / 2;
    }
    report_.taylor_slope = slope;
  }

  /// Entries that are off, of blocks that were found wrong. A block without one is not: each entry
  /// is a look of its own, and none of them confirms what directions seemed to say.
  void find_worst_entries() {
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      if (report_.blocks[b].verdict != Verdict::wrong) {
        continue;
      }
      const CheckedPoint& point = *evidence_[b].point;
      std::vector<WrongEntry> entries =
          find_wrong_entries(f_, point.g(), point.x(), blocks_[b],
                             {.step = evidence_[b].step,
                              .least_noise = least_noise(point),
                              .num_worst = std::max<std::size_t>(1, options_.num_worst)},
                             random_);
      if (entries.empty()) {
        report_.blocks[b].verdict = Verdict::cannot_tell;
        report_.blocks[b].reason.kind = BlockReasonKind::chance;
      }
      std::move(entries.begin(), entries.end(), std::back_inserter(report_.worst));
    }
    const auto gap = [](const WrongEntry& entry) {
      return std::abs(entry.claimed - entry.numerical);
    };
    std::stable_sort(report_.worst.begin(), report_.worst.end(),
                     [&](const WrongEntry& a, const WrongEntry& b) { return gap(a) > gap(b); });
    report_.worst.resize(std::min(report_.worst.size(), options_.num_worst));
  }

  void conclude() {
    const auto has = [&](Verdict verdict) {
      return std::any_of(report_.blocks.begin(), report_.blocks.end(),
                         [&](const BlockCheck& check) { return check.verdict == verdict; });
    };
    if (is_staircase_ && (has(Verdict::wrong) || has_open_block())) {
      report_.worst.clear();
      report_.reason.kind = CheckReasonKind::few_values;
    } else if (has(Verdict::wrong)) {
      report_.verdict = Verdict::wrong;
      report_.reason.kind = CheckReasonKind::disagreement;
    } else if (has_open_block()) {
      report_.reason.kind = CheckReasonKind::open_blocks;
    } else {
      report_.verdict = Verdict::right;
      report_.reason.kind = CheckReasonKind::agreement;
    }
  }

  GradientReport report_;
  ValueFunction f_;
  GradientFunction gradient_;
  std::span<const double> x_;
  std::span<const ParameterBlock> blocks_;
  const GradientCheckOptions& options_;
  Random random_;
  std::deque<CheckedPoint> points_;  // the point itself first; evidence refers to them
  std::vector<Evidence> evidence_;   // by block
  bool is_staircase_ = false;
};

}  // namespace

std::string to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::right:
      return "right";
    case Verdict::wrong:
      return "wrong";
    case Verdict::cannot_tell:
      break;
  }
  return "cannot tell";
}

std::string_view to_string(BlockReasonKind kind) noexcept {
  switch (kind) {
    case BlockReasonKind::agreement:
      return "agreement";
    case BlockReasonKind::disagreement:
      return "disagreement";
    case BlockReasonKind::chance:
      return "chance";
    case BlockReasonKind::refusal:
      return "refusal";
    case BlockReasonKind::noise:
      return "noise";
  }
  return "";
}

std::string_view to_string(CheckReasonKind kind) noexcept {
  switch (kind) {
    case CheckReasonKind::agreement:
      return "agreement";
    case CheckReasonKind::disagreement:
      return "disagreement";
    case CheckReasonKind::open_blocks:
      return "open_blocks";
    case CheckReasonKind::few_values:
      return "few_values";
    case CheckReasonKind::constant:
      return "constant";
    case CheckReasonKind::value_not_finite:
      return "value_not_finite";
    case CheckReasonKind::value_not_deterministic:
      return "value_not_deterministic";
    case CheckReasonKind::gradient_not_finite:
      return "gradient_not_finite";
    case CheckReasonKind::gradient_not_deterministic:
      return "gradient_not_deterministic";
  }
  return "";
}

GradientReport check_gradient(const ValueFunction& f, const GradientFunction& gradient,
                              std::span<const double> x, std::span<const ParameterBlock> blocks,
                              const GradientCheckOptions& options) {
  if (!(options.resolution > 0 && options.resolution < 1) || options.num_directions == 0) {
    throw ValueError(
        fmt::format("check_gradient: resolution {} and {} directions, expected a "
                    "resolution between 0 and 1 and at least one direction",
                    options.resolution, options.num_directions));
  }
  std::vector<ParameterBlock> in_order(blocks.begin(), blocks.end());
  std::sort(in_order.begin(), in_order.end(),
            [](const auto& a, const auto& b) { return a.offset < b.offset; });
  std::size_t end = 0;
  for (const ParameterBlock& block : in_order) {
    if (block.offset != end) {
      throw ShapeError(
          fmt::format("check_gradient: block {} begins at {}, expected {}: blocks lie "
                      "side by side",
                      block.name, block.offset, end));
    }
    end += block.size();
  }
  if (end != x.size()) {
    throw ShapeError(
        fmt::format("check_gradient: the blocks have {} numbers, the point has {}", end, x.size()));
  }
  return Check(f, gradient, x, blocks, options).run();
}

GradientReport check_gradient(const ValueFunction& f, const GradientFunction& gradient,
                              std::span<const double> x, const GradientCheckOptions& options) {
  const ParameterBlock whole{.name = "x", .shape = {x.size()}};
  return check_gradient(f, gradient, x, {&whole, 1}, options);
}

}  // namespace gradus
