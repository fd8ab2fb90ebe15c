// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <span>
#include <string>

#include "gradus/data/dataset.hpp"

namespace gradus::cli {

/// SHA-256 of bytes given one part after another.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  template <class T>
  Sha256& add(std::span<const T> values) {
    add_bytes(values.data(), values.size_bytes());
    return *this;
  }

  /// As 64 hexadecimal digits. Call once.
  [[nodiscard]] std::string hex();

 private:
  void add_bytes(const void* bytes, std::size_t size);

  struct Context;
  std::unique_ptr<Context> context_;
};

/// Of everything a data set holds, so that equal checksums mean equal data.
[[nodiscard]] std::string checksum(const Dataset& dataset);

}  // namespace gradus::cli
