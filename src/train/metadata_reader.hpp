// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/number_list.hpp"
#include "gradus/formats/safetensors.hpp"

namespace gradus {

/// Reads the metadata of one model or checkpoint; every complaint names the file.
class MetadataReader {
 public:
  /// @param path      what stands for the file in messages; must outlive this, like the metadata
  /// @param kind      what it should be: "model" or "checkpoint"
  /// @param metadata  of the file
  MetadataReader(std::string_view path, std::string_view kind, const SafetensorsMetadata& metadata)
      : path_(path), kind_(kind), metadata_(metadata) {}

  /// @throws DataError  always
  [[noreturn]] void fail(std::string_view reason) const;

  /// Fails because the value is not what is expected.
  [[noreturn]] void refuse(const std::string& key, std::string_view expected) const;

  // All that follow throw DataError.

  /// That it is of our kind and of one of these versions.
  void expect_format(std::initializer_list<std::string_view> versions) const;

  /// What stands there; nullptr when nothing does.
  [[nodiscard]] const std::string* find(const std::string& key) const;

  /// What stands there.
  [[nodiscard]] const std::string& text(const std::string& key) const;

  /// What stands there as a number; none when nothing does.
  template <class Number>
  [[nodiscard]] std::optional<Number> number(const std::string& key) const {
    const std::string& written = text(key);
    const std::optional<Number> number = number_in<Number>(written);
    if (!number && !written.empty()) {
      refuse(key, "a number");
    }
    return number;
  }

  /// Sizes that stand there, such as 784,50,10: each at least 1, and the product of two fits in 64
  /// bits.
  [[nodiscard]] std::vector<std::size_t> sizes(const std::string& key) const;

 private:
  void expect(const std::string& key, std::initializer_list<std::string_view> expected) const;

  std::string_view path_;
  std::string_view kind_;
  const SafetensorsMetadata& metadata_;
};

}  // namespace gradus
