// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "gradus/formats/safetensors.hpp"
#include "safetensors_header.hpp"

namespace gradus {

[[nodiscard]] std::size_t element_size(ElementType type);

/// Turns claims into tensors, in the order of their data.
/// @param data_offset  where the data begins in the file
/// @throws DataError  a dtype other than F32 and F64, data that is not as large as the shape needs,
///                    or data of all tensors that does not cover the `data_size` bytes side by side
[[nodiscard]] std::vector<StoredTensor> lay_out(std::string_view path,
                                                std::vector<TensorClaim> claims,
                                                std::size_t data_offset, std::size_t data_size);

}  // namespace gradus
