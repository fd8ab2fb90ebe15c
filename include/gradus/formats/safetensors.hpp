// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "gradus/core/real.hpp"
#include "gradus/core/shape.hpp"

namespace gradus {

/// Free text that goes with the tensors of a file, by name.
using SafetensorsMetadata = std::map<std::string, std::string>;

/// A tensor to be written: a name for memory somebody else owns. Many of them may look at parts of
/// one parameter vector:
///
///   tensors.push_back({.name = "W1", .shape = {784, 50}, .elements = parameters.first(39200)});
struct NamedTensor {
  std::string_view name;
  Shape shape;
  std::variant<std::span<const float>, std::span<const double>> elements;  // row-major
};

/// The bytes of a safetensors file: tensors in the order given, nothing between them, so that the
/// same input gives the same bytes.
/// @throws ShapeError  the number of elements is not that of the shape, or more than 32 axes
/// @throws ValueError  a name given twice, "__metadata__" as a name, or text that is not UTF-8
[[nodiscard]] std::vector<std::uint8_t> serialize_safetensors(
    std::span<const NamedTensor> tensors, const SafetensorsMetadata& metadata = {});

/// As serialize_safetensors(), into a file.
/// @throws FileError  as write_file()
void write_safetensors(const std::filesystem::path& path, std::span<const NamedTensor> tensors,
                       const SafetensorsMetadata& metadata = {});

enum class ElementType { F32, F64 };

/// What a file says about one of its tensors.
struct StoredTensor {
  std::string name;
  Shape shape;
  ElementType element_type = ElementType::F32;
  std::size_t offset = 0;  // of its first byte in the file
};

/// A safetensors file in memory, checked from end to end: every tensor it names is there. What the
/// numbers are is not checked; they may be NaN.
///
/// Owns the bytes. Reading from several threads at once is safe.
class Safetensors {
 public:
  /// The tensors, in the order of their data.
  [[nodiscard]] std::span<const StoredTensor> tensors() const noexcept { return tensors_; }
  [[nodiscard]] const SafetensorsMetadata& metadata() const noexcept { return metadata_; }

  /// Null when there is no tensor of that name. Valid as long as this object.
  [[nodiscard]] const StoredTensor* find(std::string_view name) const noexcept;

  /// Copies the elements of a tensor, row-major, converted to T.
  /// @param shape   the shape the caller counts on
  /// @param values  out, as many as `shape` has
  /// @throws DataError   no such tensor, another shape, or a finite F64 beyond the range of T;
  ///                     `values` is then unchanged
  /// @throws ShapeError  values.size() is not the number of elements of `shape`
  template <Real T>
  void values_into(std::string_view name, const Shape& shape, std::span<T> values) const;

  /// As values_into(), in whatever shape the file has; find() tells it.
  template <Real T>
  [[nodiscard]] std::vector<T> values(std::string_view name) const;

 private:
  friend Safetensors parse_safetensors(std::string_view name, std::vector<std::uint8_t> bytes);

  const StoredTensor& existing(std::string_view name) const;
  void expect_float_range(const StoredTensor& tensor) const;
  template <Real T>
  void copy_into(const StoredTensor& tensor, std::span<T> values) const;

  std::string path_;
  std::vector<std::uint8_t> bytes_;
  std::vector<StoredTensor> tensors_;
  SafetensorsMetadata metadata_;
};

/// Reads a file of named tensors, element types F32 and F64. Nothing in it can run.
///
/// Stricter than the format has to be, so that a file means the same to every reader: no name
/// twice, tensors side by side from the first byte of the data to the last.
///
/// Limits  a header of 100 MB, 32 axes.
/// Cost    the file, once.
/// Source  https://huggingface.co/docs/safetensors, docs/formats.md
///
/// @throws DataError  unreadable, or anything that is not as docs/formats.md says
[[nodiscard]] Safetensors read_safetensors(const std::filesystem::path& path);

/// As read_safetensors(), from bytes in memory, which it keeps: move them in.
/// @param name  what stands for the path in messages
[[nodiscard]] Safetensors parse_safetensors(std::string_view name, std::vector<std::uint8_t> bytes);

}  // namespace gradus
