// SPDX-License-Identifier: MIT
#pragma once

#include <zlib.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "bytes.hpp"

namespace gradus {

/// One file of a ZIP archive, written by hand. What is claimed may be other than what is there.
struct ZipEntry {
  std::string name;
  Bytes data;  // as it lies in the archive
  std::uint16_t method = 0;
  std::uint32_t crc = 0;
  std::uint32_t size = 0;
  std::uint16_t flags = 0;
};

inline ZipEntry stored(const std::string& name, const Bytes& bytes) {
  return {.name = name,
          .data = bytes,
          .method = 0,
          .crc = static_cast<std::uint32_t>(::crc32_z(0, bytes.data(), bytes.size())),
          .size = static_cast<std::uint32_t>(bytes.size())};
}

inline ZipEntry deflated(const std::string& name, const Bytes& bytes) {
  ZipEntry entry = stored(name, bytes);
  const Bytes member = compressed(bytes);  // ten bytes of header, eight of trailer around it
  entry.data.assign(member.begin() + 10, member.end() - 8);
  entry.method = 8;
  return entry;
}

class ZipWriter {
 public:
  Bytes operator()(const std::vector<ZipEntry>& entries) {
    std::vector<std::size_t> offsets;
    for (const ZipEntry& entry : entries) {
      offsets.push_back(bytes_.size());
      number(0x04034b50, 4);
      common_fields(entry);
      text(entry.name);
      bytes_.insert(bytes_.end(), entry.data.begin(), entry.data.end());
    }
    const std::size_t directory = bytes_.size();
    for (std::size_t i = 0; i < entries.size(); ++i) {
      number(0x02014b50, 4);
      number(20, 2);
      common_fields(entries[i]);
      number(0, 2);  // comment
      number(0, 8);  // disk and attributes
      number(offsets[i], 4);
      text(entries[i].name);
    }
    const std::size_t directory_size = bytes_.size() - directory;
    number(0x06054b50, 4);
    number(0, 4);  // disks
    number(entries.size(), 2);
    number(entries.size(), 2);
    number(directory_size, 4);
    number(directory, 4);
    number(0, 2);  // comment
    return bytes_;
  }

 private:
  void number(std::uint64_t value, int size) {
    for (int i = 0; i < size; ++i) {
      bytes_.push_back(static_cast<std::uint8_t>(value >> 8 * i));
    }
  }

  void text(const std::string& name) { bytes_.insert(bytes_.end(), name.begin(), name.end()); }

  void common_fields(const ZipEntry& entry) {
    number(20, 2);
    number(entry.flags, 2);
    number(entry.method, 2);
    number(0, 4);  // time
    number(entry.crc, 4);
    number(entry.data.size(), 4);
    number(entry.size, 4);
    number(entry.name.size(), 2);
    number(0, 2);  // extra field
  }

  Bytes bytes_;
};

}  // namespace gradus
