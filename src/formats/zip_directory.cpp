// SPDX-License-Identifier: MIT
#include <fmt/core.h>

#include <algorithm>
#include <optional>

#include "gradus/core/counted.hpp"
#include "gradus/formats/byte_reader.hpp"
#include "in_quotes.hpp"
#include "zip.hpp"

namespace gradus {
namespace {

using ByteSpan = std::span<const std::uint8_t>;

constexpr std::uint32_t end_signature = 0x06054b50;
constexpr std::uint32_t directory_signature = 0x02014b50;
constexpr std::uint32_t member_signature = 0x04034b50;
constexpr std::size_t end_size = 22;  // of the end record without its comment
constexpr std::size_t max_comment_size = 0xFFFF;
constexpr std::uint16_t encrypted_flag = 1;
constexpr std::uint16_t stored_method = 0;
constexpr std::uint16_t deflate_method = 8;

/// What the last record of an archive says.
struct EndRecord {
  std::size_t offset = 0;  // of the record itself
  std::size_t num_members = 0;
  std::size_t directory_size = 0;
  std::size_t directory_offset = 0;
};

std::uint32_t little_endian_at(ByteSpan bytes, std::size_t offset, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < size; ++i) {
    value |= std::uint32_t{bytes[offset + i]} << 8 * i;
  }
  return value;
}

/// The end record is the last thing in the archive but for a comment, whose size it tells.
std::optional<std::size_t> find_end_record(ByteSpan bytes) {
  for (std::size_t comment = 0; comment <= max_comment_size && comment + end_size <= bytes.size();
       ++comment) {
    const std::size_t offset = bytes.size() - end_size - comment;
    if (little_endian_at(bytes, offset, 4) == end_signature &&
        little_endian_at(bytes, offset + end_size - 2, 2) == comment) {
      return offset;
    }
  }
  return std::nullopt;
}

EndRecord read_end_record(std::string_view path, ByteSpan bytes) {
  const auto offset = find_end_record(bytes);
  if (!offset) {
    ByteReader(path, bytes)
        .fail(bytes.size(), "not a ZIP archive, or cut short: expected a directory at its end");
  }
  ByteReader reader(path, bytes);
  reader.take(*offset + 4, "the members");
  const auto disk = reader.little_endian<std::uint16_t>("the number of the disk");
  const auto first_disk = reader.little_endian<std::uint16_t>("the disk of the directory");
  const auto members_here = reader.little_endian<std::uint16_t>("the members on this disk");
  EndRecord end{.offset = *offset};
  end.num_members = reader.little_endian<std::uint16_t>("the number of members");
  end.directory_size = reader.little_endian<std::uint32_t>("the size of the directory");
  end.directory_offset = reader.little_endian<std::uint32_t>("the place of the directory");
  if (end.num_members == 0xFFFF || end.directory_offset == 0xFFFFFFFF) {
    reader.fail(*offset, "the archive is in the ZIP64 form, expected one of less than 4 GB");
  }
  if (disk != 0 || first_disk != 0 || members_here != end.num_members) {
    reader.fail(*offset, "the archive is a part of several, expected a whole one");
  }
  if (end.directory_offset + end.directory_size != *offset) {
    reader.fail(*offset, fmt::format("the directory ends at byte {}, expected it to end here",
                                     end.directory_offset + end.directory_size));
  }
  return end;
}

/// The fields that a directory entry and the header before a member have in common.
struct CommonFields {
  std::uint16_t flags = 0;
  std::uint16_t method = 0;
  std::uint32_t crc32 = 0;
  std::size_t data_size = 0;
  std::size_t size = 0;
  std::size_t name_size = 0;
  std::size_t extra_size = 0;
};

CommonFields read_common_fields(ByteReader& reader) {
  CommonFields fields;
  reader.take(2, "the version needed");
  fields.flags = reader.little_endian<std::uint16_t>("the flags");
  fields.method = reader.little_endian<std::uint16_t>("the method");
  reader.take(4, "the time");
  fields.crc32 = reader.little_endian<std::uint32_t>("the checksum");
  fields.data_size = reader.little_endian<std::uint32_t>("the compressed size");
  fields.size = reader.little_endian<std::uint32_t>("the size");
  fields.name_size = reader.little_endian<std::uint16_t>("the size of the name");
  fields.extra_size = reader.little_endian<std::uint16_t>("the size of the extra field");
  return fields;
}

std::string take_name(ByteReader& reader, const CommonFields& fields) {
  const ByteSpan name = reader.take(fields.name_size, "the name");
  return {name.begin(), name.end()};
}

void expect_signature(ByteReader& reader, std::uint32_t expected, std::string_view what) {
  const std::size_t offset = reader.offset();
  if (reader.little_endian<std::uint32_t>(what) != expected) {
    reader.fail(offset, fmt::format("expected {}", what));
  }
}

/// One entry of the directory. Where the data begin only the member's own header knows.
ZipMember read_entry(ByteReader& reader) {
  const std::size_t offset = reader.offset();
  expect_signature(reader, directory_signature, "an entry of the directory");
  reader.take(2, "the version made by");
  const CommonFields fields = read_common_fields(reader);
  const auto comment_size = reader.little_endian<std::uint16_t>("the size of the comment");
  reader.take(8, "the attributes");
  ZipMember member;
  member.header_offset = reader.little_endian<std::uint32_t>("the place of the member");
  member.name = take_name(reader, fields);
  reader.take(fields.extra_size, "the extra field");
  reader.take(comment_size, "the comment");

  member.is_deflated = fields.method == deflate_method;
  member.crc32 = fields.crc32;
  member.size = fields.size;
  member.data_size = fields.data_size;
  const auto refuse = [&](std::string_view what) {
    reader.fail(offset, fmt::format("member {} {}", in_quotes(member.name), what));
  };
  if ((fields.flags & encrypted_flag) != 0) {
    refuse("is encrypted");
  }
  if (fields.method != stored_method && !member.is_deflated) {
    refuse(fmt::format("is compressed by method {}, expected 0 (stored) or 8 (deflate)",
                       fields.method));
  }
  if (member.size == 0xFFFFFFFF || member.data_size == 0xFFFFFFFF ||
      member.header_offset == 0xFFFFFFFF) {
    refuse("is in the ZIP64 form, expected less than 4 GB");
  }
  // Deflate makes at most 1032 bytes of one.
  const std::size_t largest = member.is_deflated ? 1032 * member.data_size : member.data_size;
  if (member.size > largest || (!member.is_deflated && member.size != largest)) {
    refuse(fmt::format("claims {}, its {} in the archive cannot hold them",
                       counted(member.size, "byte"), counted(member.data_size, "byte")));
  }
  return member;
}

/// Finds the data of a member behind its own header, which has to agree with the directory. Sizes
/// may be missing in it: a program that writes as it compresses does not know them yet.
void find_data(std::string_view path, ByteSpan members, ZipMember& member) {
  ByteReader reader(path, members);
  reader.take(member.header_offset, "the place of a member");
  expect_signature(reader, member_signature, "the header of a member");
  const CommonFields fields = read_common_fields(reader);
  if (take_name(reader, fields) != member.name ||
      (fields.method == deflate_method) != member.is_deflated) {
    reader.fail(member.header_offset, fmt::format("the header of member {} does not agree with the "
                                                  "directory",
                                                  in_quotes(member.name)));
  }
  reader.take(fields.extra_size, "the extra field");
  member.data_offset = reader.offset();
  reader.take(member.data_size, "the data of a member");
}

void expect_no_overlap(const ByteReader& reader, const std::vector<ZipMember>& members) {
  std::vector<const ZipMember*> order;
  for (const ZipMember& member : members) {
    order.push_back(&member);
  }
  std::sort(order.begin(), order.end(), [](const ZipMember* a, const ZipMember* b) {
    return a->header_offset < b->header_offset;
  });
  for (std::size_t i = 1; i < order.size(); ++i) {
    if (order[i]->header_offset < order[i - 1]->data_offset + order[i - 1]->data_size) {
      reader.fail(order[i]->header_offset,
                  fmt::format("members {} and {} overlap", in_quotes(order[i - 1]->name),
                              in_quotes(order[i]->name)));
    }
  }
}

}  // namespace

std::vector<ZipMember> read_zip_directory(std::string_view path, ByteSpan bytes) {
  const EndRecord end = read_end_record(path, bytes);
  ByteReader reader(path, bytes.first(end.offset));
  reader.take(end.directory_offset, "the members");
  std::vector<ZipMember> members;
  for (std::size_t i = 0; i < end.num_members; ++i) {
    const std::size_t offset = reader.offset();
    ZipMember member = read_entry(reader);
    const bool is_twice = std::any_of(members.begin(), members.end(), [&](const ZipMember& other) {
      return other.name == member.name;
    });
    if (is_twice) {
      reader.fail(offset, fmt::format("the archive has {} twice", in_quotes(member.name)));
    }
    find_data(path, bytes.first(end.directory_offset), member);
    members.push_back(std::move(member));
  }
  reader.expect_end();
  expect_no_overlap(reader, members);
  return members;
}

}  // namespace gradus
