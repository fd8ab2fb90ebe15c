// SPDX-License-Identifier: MIT
#include "options/new_file.hpp"

#include <fmt/core.h>

#include <filesystem>
#include <system_error>

#include "gradus/core/error.hpp"

namespace gradus::cli {

void check_new_file(std::string_view option, const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::exists(std::filesystem::symlink_status(path, ignored))) {
    throw DataError(
        path, std::nullopt,
        fmt::format("is there already; remove it or choose another name with {}", option));
  }
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  if (!folder.empty() && !std::filesystem::is_directory(folder, ignored)) {
    throw DataError(path, std::nullopt,
                    fmt::format("cannot be written: there is no folder {}", folder.string()));
  }
}

}  // namespace gradus::cli
