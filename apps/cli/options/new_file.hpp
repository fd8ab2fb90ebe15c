// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace gradus::cli {

/// @param option  whose value it is, for the message
/// @throws DataError  there is something at the path already, or no folder for it
void check_new_file(std::string_view option, const std::string& path);

}  // namespace gradus::cli
