// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include "gradus/formats/gray_image.hpp"

namespace gradus {

/// Before memory is taken for a picture: that its size is one we read, and that the file can hold
/// it.
/// @param num_bytes         of compressed pixels
/// @param most_from_a_byte  the pixels that one of them can stand for
/// @throws DataError  it is not
void check_picture_claim(const std::string& path, PictureSize size, std::uint64_t num_bytes,
                         std::uint64_t most_from_a_byte);

}  // namespace gradus
