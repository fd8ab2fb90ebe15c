// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gradus/formats/npy.hpp"

namespace gradus {

/// Arrays by name, as numpy.savez() and numpy.savez_compressed() write them: a ZIP archive of NPY
/// files. docs/formats.md has the grammar.
///
/// Owns the bytes of the file; an array is decompressed when it is asked for, and never to more
/// bytes than its own header says. Reading from several threads at once is safe.
class Npz {
 public:
  /// @param name  the file, or what stands for it in messages
  /// @throws DataError  not a whole ZIP archive, or a member whose name does not end in .npy
  Npz(std::string_view name, std::vector<std::uint8_t> bytes);

  /// The names of the arrays, in the order of the archive.
  [[nodiscard]] const std::vector<std::string>& names() const noexcept { return names_; }

  /// @throws DataError  no array of that name, or it is damaged; the path in the message ends in
  ///                    /NAME.npy when an offset counts bytes of the member
  [[nodiscard]] NpyArray array(std::string_view name) const;

 private:
  std::string path_;
  std::vector<std::uint8_t> bytes_;
  std::vector<std::string> names_;
};

/// Reads a file of arrays.
/// @throws DataError  unreadable, or as Npz()
[[nodiscard]] Npz read_npz(const std::filesystem::path& path);

}  // namespace gradus
