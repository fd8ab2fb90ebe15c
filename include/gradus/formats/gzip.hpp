// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace gradus {

/// Whether the bytes begin as gzip data does (RFC 1952): 1f 8b.
[[nodiscard]] bool is_gzip(std::span<const std::uint8_t> bytes) noexcept;

/// The decompressed bytes of a whole gzip file, checksums verified. A file of several members
/// (`cat a.gz b.gz`) gives their data one after another.
///
/// Cost    memory grows with the data that really comes out, never with a size the file claims.
/// Source  RFC 1952; decompression by zlib.
///
/// @param path      the file, or what stands for it in messages
/// @param max_size  the most bytes that may come out, all members together
/// @throws DataError  cut short, corrupt, followed by anything that is not a member, or more than
///                    max_size bytes; the offset is that of the compressed byte
[[nodiscard]] std::vector<std::uint8_t> gzip_decompress(std::string_view path,
                                                        std::span<const std::uint8_t> bytes,
                                                        std::size_t max_size);

/// The first `num_bytes` decompressed bytes, or all when there are fewer. What follows is not
/// looked at, so a checksum is verified only when the data ends here.
/// @throws DataError  cut short or corrupt before that many bytes came out
[[nodiscard]] std::vector<std::uint8_t> gzip_prefix(std::string_view path,
                                                    std::span<const std::uint8_t> bytes,
                                                    std::size_t num_bytes);

}  // namespace gradus
