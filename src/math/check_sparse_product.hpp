// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/format.h>

#include <cstddef>

#include "gradus/core/error.hpp"

namespace gradus {

/// Throws what the products of sparse rows promise for a matrix of another shape.
/// @param where  named in the message
inline void check_sparse_product(const char* where, std::size_t num_inputs, std::size_t num_outputs,
                                 std::size_t num_rows, std::size_t num_cols) {
  if (num_rows != num_inputs || num_cols != num_outputs) {
    throw ShapeError(fmt::format("{}: matrix is ({}, {}), expected ({}, {})", where, num_rows,
                                 num_cols, num_inputs, num_outputs));
  }
}

}  // namespace gradus
