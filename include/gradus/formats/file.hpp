// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gradus/core/error.hpp"

namespace gradus {

/// A file could not be written: the disk is full or failed. A kind of its own, so that a program
/// can tell it from bad input.
class FileError : public Error {
 public:
  using Error::Error;
};

/// A file cannot be written where it was to be: the folder is missing or read-only, or something
/// else is in the way. Another place may do.
class PlaceError : public FileError {
 public:
  using FileError::FileError;
};

/// All bytes of a file. A pipe is read until it is closed.
/// @throws DataError  there is no such file, it is a folder or a device, may not be read, or is
///                    larger than the memory; the message has the reason of the system
[[nodiscard]] std::vector<std::uint8_t> read_file(const std::filesystem::path& path);

/// As read_file(), for bytes that are text.
[[nodiscard]] std::string read_text_file(const std::filesystem::path& path);

/// Puts a file of these bytes at `path`: the whole of it or, on failure, nothing.
///
/// Method  written to a temporary name (.gradus-*.tmp) in the same folder, synced, renamed over
///         `path`; then the folder is synced. A crash leaves the old file or the new one.
///         A symbolic link at `path` is replaced, not followed.
///
/// @throws FileError  PlaceError, or the disk failed. The temporary file is removed, and an old
///                    file is as it was. Only when syncing the folder fails, the very last step,
///                    is the new file in place already.
void write_file(const std::filesystem::path& path, std::span<const std::uint8_t> bytes);

/// As write_file(), of text.
void write_text_file(const std::filesystem::path& path, std::string_view text);

}  // namespace gradus
