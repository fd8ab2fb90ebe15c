// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace gradus {

/// Base of everything this library throws on purpose.
///
/// A message is one line and says where, what it got, what it expected, and a hint where there is
/// one: `Network.forward: input has 783 columns, the first layer expects 784`.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Shapes of arrays do not fit together.
class ShapeError : public Error {
 public:
  using Error::Error;
};

/// A value is outside its range, or a name is not known.
class ValueError : public Error {
 public:
  using Error::Error;
};

/// An object is used in a state it does not allow.
class StateError : public Error {
 public:
  using Error::Error;
};

/// Bytes from outside are not what they should be.
class DataError : public Error {
 public:
  /// @param path    the file, or what stands for it
  /// @param offset  where in the file, in bytes from its start; none when no byte is to blame
  /// @param reason  what was found and what was expected
  DataError(std::string_view path, std::optional<std::uint64_t> offset, std::string_view reason);

  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  [[nodiscard]] std::optional<std::uint64_t> offset() const noexcept { return offset_; }

 private:
  std::string path_;
  std::optional<std::uint64_t> offset_;
};

}  // namespace gradus
