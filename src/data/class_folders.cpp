// SPDX-License-Identifier: MIT
#include "data/class_folders.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <system_error>

#include "gradus/core/error.hpp"

namespace gradus {
namespace {

namespace fs = std::filesystem;

std::string in_lower_case(std::string text) {
  for (char& c : text) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return text;
}

bool is_of_the_system(const std::string& name) {
  const std::string lower = in_lower_case(name);
  return name.starts_with(".") || lower == "__macosx" || lower == "thumbs.db" ||
         lower == "desktop.ini";
}

bool is_whole_number(std::string_view name) {
  constexpr std::size_t most_digits = 15;
  return !name.empty() && name.size() <= most_digits &&
         std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::vector<fs::path> listed(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> paths;
  fs::directory_iterator entries(folder, error);
  for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
    if (!is_of_the_system(entries->path().filename().string())) {
      paths.push_back(entries->path());
    }
  }
  if (error) {
    throw DataError(folder.string(), std::nullopt, "cannot list the folder: " + error.message());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

bool is_named_as_picture(const fs::path& path) {
  const std::string ending = in_lower_case(path.extension().string());
  return ending == ".png" || ending == ".jpg" || ending == ".jpeg";
}

std::vector<std::string> class_names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const fs::path& path : listed(folder)) {
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) {
      names.push_back(path.filename().string());
    } else if (is_named_as_picture(path)) {
      throw DataError(path.string(), std::nullopt,
                      "is beside the folders of the classes: put it into one of them");
    }
  }
  if (std::all_of(names.begin(), names.end(), is_whole_number)) {
    std::stable_sort(names.begin(), names.end(), [](const std::string& a, const std::string& b) {
      return std::stoull(a) < std::stoull(b);
    });
  }
  return names;
}

bool are_plain(const std::vector<std::string>& names) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] != std::to_string(i)) {
      return false;
    }
  }
  return true;
}

std::vector<ClassFile> files_of_classes(const fs::path& folder,
                                        const std::vector<std::string>& names) {
  std::vector<ClassFile> files;
  for (std::size_t label = 0; label < names.size(); ++label) {
    const fs::path class_folder = folder / names[label];
    const std::vector<fs::path> paths = listed(class_folder);
    if (paths.empty()) {
      throw DataError(class_folder.string(), std::nullopt,
                      "holds no pictures, expected those of a class");
    }
    for (const fs::path& path : paths) {
      std::error_code ignored;
      if (fs::is_directory(path, ignored)) {
        throw DataError(
            path.string(), std::nullopt,
            fmt::format("is a folder, expected the pictures of class \"{}\" here", names[label]));
      }
      files.push_back({.path = path, .label = static_cast<Label>(label)});
    }
  }
  return files;
}

}  // namespace gradus
