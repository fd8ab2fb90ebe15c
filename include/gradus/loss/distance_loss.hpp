// SPDX-License-Identifier: MIT
#pragma once

#include "gradus/loss/loss.hpp"

namespace gradus {

// What a distance loss makes of one difference d = score - target: its cost, the slope of that, and
// exactly how much the cost changes when d moves by m, without the cancellation of a difference of
// two costs.

/// d^2. Its best constant answer is the mean of the targets.
struct SquaredDistance {
  static constexpr const char* name = "MeanSquaredError";
  template <Real T>
  static T cost(T d);
  template <Real T>
  static T slope(T d);
  template <Real T>
  static T change(T d, T m);
};

/// |d|. Its best constant answer is the median. Where d is 0 the slope is said to be 0: one of the
/// subgradients, -1 to 1, and the one that leaves a right answer alone.
struct AbsoluteDistance {
  static constexpr const char* name = "MeanAbsoluteError";
  template <Real T>
  static T cost(T d);
  template <Real T>
  static T slope(T d);
  template <Real T>
  static T change(T d, T m);
};

/// d^2 / 2 up to |d| = 1, |d| - 1/2 beyond: squared for small differences, but a wild target pulls
/// no harder than with slope 1. The limit is in the units of the scores; a run standardizes its
/// targets, so there it is one deviation of them.
/// Source  Huber, "Robust estimation of a location parameter" (1964).
struct HuberDistance {
  static constexpr const char* name = "HuberLoss";
  template <Real T>
  static T cost(T d);
  template <Real T>
  static T slope(T d);
  template <Real T>
  static T change(T d, T m);
};

/// Loss for numbers, L = 1/(B K) * sum_b sum_k cost(score[b,k] - target[b,k]).
///
/// The scores are the answers themselves; no function is put in front.
///
/// Letters  B samples, K numbers to be learned.
/// Tested   tests/property/loss_test.cpp, tests/unit/loss/distance_loss_test.cpp.
template <Real T, class Distance>
class DistanceLoss final : public Loss<T> {
 public:
  [[nodiscard]] T value(MatrixView<const T> scores, const Targets<T>& targets) const override;
  T value_and_gradient(MatrixView<const T> scores, const Targets<T>& targets,
                       MatrixView<T> d_scores) const override;

  /// Each change of a cost is rounded as if by itself: no two costs are subtracted.
  void changes_into(std::span<const T> scores, const Targets<T>& target, MatrixView<T> moves,
                    std::span<T> changes) const override;
};

}  // namespace gradus
