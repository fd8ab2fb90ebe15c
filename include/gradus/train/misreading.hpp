// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <vector>

#include "gradus/core/label.hpp"
#include "gradus/data/dataset.hpp"
#include "gradus/train/classifier.hpp"

namespace gradus {

/// A sample that was taken for another class than its own.
struct Misreading {
  std::size_t sample;  // its index
  Label label;         // what it is
  Label taken_for;     // the most probable class
  double probability;  // of that class
};

/// All misread samples, the most confident mistakes first; equally confident ones in the order of
/// the samples.
/// @throws ShapeError  another number of features than the classifier takes
template <Real T>
[[nodiscard]] std::vector<Misreading> find_misreadings(Classifier<T>& classifier,
                                                       const Samples& samples);

}  // namespace gradus
