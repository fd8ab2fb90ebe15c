// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "gradus/core/label.hpp"

namespace gradus {

/// A picture's file, and the class whose folder it lies in.
struct ClassFile {
  std::filesystem::path path;
  Label label = 0;
};

/// What a folder lists, sorted by name, without what systems leave there: hidden files, __MACOSX,
/// Thumbs.db, desktop.ini.
/// @throws DataError  it cannot be read
[[nodiscard]] std::vector<std::filesystem::path> listed(const std::filesystem::path& folder);

/// Whether a name ends as those of pictures do: .png, .jpg, .jpeg, in capital letters or not.
[[nodiscard]] bool is_named_as_picture(const std::filesystem::path& path);

/// The names of the classes' folders in a folder, in the order of the classes.
/// @throws DataError  pictures lie beside the folders
[[nodiscard]] std::vector<std::string> class_names_in(const std::filesystem::path& folder);

/// Whether names are 0, 1, 2, ..., so that a class needs no other name than its number.
[[nodiscard]] bool are_plain(const std::vector<std::string>& names);

/// The files in these folders, class after class, each sorted by name.
/// @throws DataError  a class's folder is empty, or there is a folder in it
[[nodiscard]] std::vector<ClassFile> files_of_classes(const std::filesystem::path& folder,
                                                      const std::vector<std::string>& names);

}  // namespace gradus
