// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gradus {

/// A file in a ZIP archive, as the directory at the end of the archive has it.
struct ZipMember {
  std::string name;
  bool is_deflated = false;       // else stored as it is
  std::uint32_t crc32 = 0;        // of the uncompressed bytes
  std::size_t size = 0;           // claimed, uncompressed
  std::size_t header_offset = 0;  // where the member begins in the archive
  std::size_t data_offset = 0;
  std::size_t data_size = 0;  // compressed; these bytes are there
};

/// Reads the directory of an archive and the header before each member.
///
/// Every member lies before the directory, none overlaps another, no name is there twice.
///
/// @throws DataError  not a ZIP archive; damaged; encrypted; in several parts; of 4 GB or more
///                    (ZIP64); compressed in another way than deflate
[[nodiscard]] std::vector<ZipMember> read_zip_directory(std::string_view path,
                                                        std::span<const std::uint8_t> bytes);

/// The first bytes of a member, at most `num_bytes`; the checksum is not looked at.
/// @throws DataError  the compressed data are damaged
[[nodiscard]] std::vector<std::uint8_t> zip_member_prefix(std::string_view path,
                                                          std::span<const std::uint8_t> bytes,
                                                          const ZipMember& member,
                                                          std::size_t num_bytes);

/// All bytes of a member, checksum verified. Memory grows with what really comes out.
/// @throws DataError  the data are damaged, or fewer or more than the directory says
[[nodiscard]] std::vector<std::uint8_t> zip_member_bytes(std::string_view path,
                                                         std::span<const std::uint8_t> bytes,
                                                         const ZipMember& member);

}  // namespace gradus
