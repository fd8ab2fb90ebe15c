// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>

#include "gradus/lab/result.hpp"

namespace gradus {

/// Classes trained by the squares of softmax(scores) - one-hot, and by cross entropy: how soon the
/// same nets, with the learning rate that suits each loss, get 95 % of 200 points of `xor` right.
/// Its texts are those of the experiment `fitting`.
void add_squares_for_classes(Result& result, std::uint64_t seed);

}  // namespace gradus
