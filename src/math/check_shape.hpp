// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/core.h>

#include <cstddef>
#include <string_view>

#include "gradus/core/error.hpp"

namespace gradus {

/// @param what  begins the message, as in "outer_product: product is"
/// @throws ShapeError  a matrix has another shape than expected
inline void check_shape(std::string_view what, std::size_t num_rows, std::size_t num_cols,
                        std::size_t expected_rows, std::size_t expected_cols) {
  if (num_rows != expected_rows || num_cols != expected_cols) {
    throw ShapeError(fmt::format("{} ({}, {}), expected ({}, {})", what, num_rows, num_cols,
                                 expected_rows, expected_cols));
  }
}

}  // namespace gradus
