// SPDX-License-Identifier: MIT
#include "metadata_reader.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "gradus/core/error.hpp"

namespace gradus {

void MetadataReader::fail(std::string_view reason) const {
  throw DataError(path_, std::nullopt, reason);
}

void MetadataReader::refuse(const std::string& key, std::string_view expected) const {
  fail(fmt::format("{} is \"{}\", expected {}", key, text(key), expected));
}

void MetadataReader::expect(const std::string& key,
                            std::initializer_list<std::string_view> expected) const {
  if (std::find(expected.begin(), expected.end(), text(key)) == expected.end()) {
    std::string list;
    for (const std::string_view value : expected) {
      list += fmt::format("{}\"{}\"", list.empty() ? "" : " or ", value);
    }
    refuse(key, list);
  }
}

void MetadataReader::expect_format(std::initializer_list<std::string_view> versions) const {
  expect("format", {fmt::format("gradus-{}", kind_)});
  expect("format_version", versions);
}

const std::string* MetadataReader::find(const std::string& key) const {
  const auto found = metadata_.find(key);
  return found == metadata_.end() ? nullptr : &found->second;
}

const std::string& MetadataReader::text(const std::string& key) const {
  const std::string* const found = find(key);
  if (found == nullptr) {
    fail(fmt::format("has no \"{}\" in its metadata, so it is not a {} of gradus", key, kind_));
  }
  return *found;
}

std::vector<std::size_t> MetadataReader::sizes(const std::string& key) const {
  constexpr std::size_t max_size = std::size_t{1} << 31;
  std::vector<std::size_t> sizes;
  for_each_part(text(key), [&](std::string_view part) {
    const auto size = number_in<std::size_t>(part);
    if (!size || *size == 0 || *size > max_size) {
      refuse(key, "sizes such as 784,50,10");
    }
    sizes.push_back(*size);
  });
  return sizes;
}

}  // namespace gradus
