// SPDX-License-Identifier: MIT
#include "gradus/formats/npz.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "gradus/core/counted.hpp"
#include "gradus/core/error.hpp"
#include "gradus/formats/file.hpp"
#include "in_quotes.hpp"
#include "zip.hpp"

namespace gradus {
namespace {

constexpr std::string_view ending = ".npy";
constexpr std::size_t longest_header = 1 << 17;  // twice the most that version 1.0 can have

/// The first names of an archive, for a message.
std::string list_of(const std::vector<std::string>& names) {
  constexpr std::size_t max_shown = 8;
  std::string list;
  for (std::size_t i = 0; i < std::min(names.size(), max_shown); ++i) {
    list += (i == 0 ? "" : ", ") + in_quotes(names[i]);
  }
  return names.empty() ? "none" : list + (names.size() > max_shown ? ", ..." : "");
}

}  // namespace

Npz::Npz(std::string_view name, std::vector<std::uint8_t> bytes)
    : path_(name), bytes_(std::move(bytes)) {
  for (const ZipMember& member : read_zip_directory(path_, bytes_)) {
    if (!member.name.ends_with(ending)) {
      throw DataError(path_, member.header_offset,
                      fmt::format("member {} is no array: expected a name that ends in .npy",
                                  in_quotes(member.name)));
    }
    names_.push_back(member.name.substr(0, member.name.size() - ending.size()));
  }
}

NpyArray Npz::array(std::string_view name) const {
  const auto found = std::find(names_.begin(), names_.end(), name);
  if (found == names_.end()) {
    throw DataError(path_, std::nullopt,
                    fmt::format("has no array {}; there are {}", in_quotes(name), list_of(names_)));
  }
  const ZipMember member =
      read_zip_directory(path_, bytes_)[static_cast<std::size_t>(found - names_.begin())];
  const std::string member_path = fmt::format("{}/{}{}", path_, name, ending);
  // The header first: what it says has to be what the directory says, so that a bomb has to claim
  // its size twice.
  const std::size_t size =
      npy_file_size(member_path, zip_member_prefix(path_, bytes_, member, longest_header));
  if (size != member.size) {
    throw DataError(
        member_path, std::nullopt,
        fmt::format("has {}, its header expects {}", counted(member.size, "byte"), size));
  }
  return parse_npy(member_path, zip_member_bytes(path_, bytes_, member));
}

Npz read_npz(const std::filesystem::path& path) {
  return {path.string(), read_file(path)};
}

}  // namespace gradus
