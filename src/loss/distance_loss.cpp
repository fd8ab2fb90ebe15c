// SPDX-License-Identifier: MIT
#include "gradus/loss/distance_loss.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace gradus {

template <Real T>
T SquaredDistance::cost(T d) {
  return d * d;
}

template <Real T>
T SquaredDistance::slope(T d) {
  return 2 * d;
}

template <Real T>
T SquaredDistance::change(T d, T m) {
  return m * (2 * d + m);
}

template <Real T>
T AbsoluteDistance::cost(T d) {
  return std::abs(d);
}

template <Real T>
T AbsoluteDistance::slope(T d) {
  return d > 0 ? T{1} : d < 0 ? T{-1} : T{0};
}

template <Real T>
T AbsoluteDistance::change(T d, T m) {
  if (d < 0) {
    return change(-d, -m);  // it is even
  }
  return d + m >= 0 ? m : -m - 2 * d;
}

template <Real T>
T HuberDistance::cost(T d) {
  const T size = std::abs(d);
  return size <= 1 ? d * d / 2 : size - T{0.5};
}

template <Real T>
T HuberDistance::slope(T d) {
  return std::clamp(d, T{-1}, T{1});
}

/// The integral of the slope along the way, piece by piece: before -1, between -1 and 1, behind 1.
template <Real T>
T HuberDistance::change(T d, T m) {
  if (m < 0) {
    return change(-d, -m);  // it is even
  }
  const T before = std::clamp(-1 - d, T{0}, m);
  const T start = std::max(d, T{-1});
  const T between = std::clamp(1 - start, T{0}, m - before);
  const T behind = m - before - between;
  return between * (start + between / 2) + (behind - before);
}

template <Real T, class Distance>
T DistanceLoss<T, Distance>::value(MatrixView<const T> scores, const Targets<T>& targets) const {
  const auto numbers =
      check_numbers<T>(Distance::name, scores.num_rows(), scores.num_cols(), targets).elements();
  T sum = 0;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    sum += Distance::cost(scores.elements()[i] - numbers[i]);
  }
  return sum / static_cast<T>(numbers.size());
}

template <Real T, class Distance>
T DistanceLoss<T, Distance>::value_and_gradient(MatrixView<const T> scores,
                                                const Targets<T>& targets,
                                                MatrixView<T> d_scores) const {
  const auto numbers =
      check_numbers<T>(Distance::name, scores.num_rows(), scores.num_cols(), targets).elements();
  check_gradient_shape(Distance::name, scores.num_rows(), scores.num_cols(), d_scores.num_rows(),
                       d_scores.num_cols());
  const T num_terms = static_cast<T>(numbers.size());
  T sum = 0;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const T difference = scores.elements()[i] - numbers[i];
    sum += Distance::cost(difference);
    d_scores.elements()[i] = Distance::slope(difference) / num_terms;
  }
  return sum / num_terms;
}

template <Real T, class Distance>
void DistanceLoss<T, Distance>::changes_into(std::span<const T> scores, const Targets<T>& target,
                                             MatrixView<T> moves, std::span<T> changes) const {
  check_moves(Distance::name, scores.size(), moves.num_rows(), moves.num_cols(), changes.size());
  const auto numbers = check_numbers<T>(Distance::name, 1, scores.size(), target).elements();
  std::fill(changes.begin(), changes.end(), T{0});
  for (std::size_t k = 0; k < scores.size(); ++k) {
    const T difference = scores[k] - numbers[k];
    const std::span<const T> row = moves.row(k);
    for (std::size_t m = 0; m < changes.size(); ++m) {
      changes[m] += Distance::change(difference, row[m]);
    }
  }
  for (T& change : changes) {
    change /= static_cast<T>(scores.size());
  }
}

template class DistanceLoss<float, SquaredDistance>;
template class DistanceLoss<double, SquaredDistance>;
template class DistanceLoss<float, AbsoluteDistance>;
template class DistanceLoss<double, AbsoluteDistance>;
template class DistanceLoss<float, HuberDistance>;
template class DistanceLoss<double, HuberDistance>;

}  // namespace gradus
