// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gradus {

/// Sizes of an array along its axes, outermost first. A scalar has no axes and one element.
class Shape {
 public:
  Shape() = default;
  Shape(std::initializer_list<std::size_t> sizes) : Shape(std::vector<std::size_t>(sizes)) {}

  /// @throws ShapeError  the number of elements does not fit in size_t
  explicit Shape(std::vector<std::size_t> sizes);

  [[nodiscard]] std::size_t num_axes() const noexcept { return sizes_.size(); }
  [[nodiscard]] std::size_t num_elements() const noexcept { return num_elements_; }
  [[nodiscard]] std::size_t operator[](std::size_t axis) const { return sizes_.at(axis); }
  [[nodiscard]] std::span<const std::size_t> sizes() const noexcept { return sizes_; }

  /// The shape of one element along the first axis: (2, 3, 4) gives (3, 4).
  /// @throws ShapeError  a scalar has no first axis
  [[nodiscard]] Shape inner() const;

  /// As people write it: (2, 3, 4).
  [[nodiscard]] std::string to_string() const;

  bool operator==(const Shape&) const = default;

 private:
  std::vector<std::size_t> sizes_;
  std::size_t num_elements_ = 1;
};

/// a * b, or nothing when the product does not fit. Every size from a file goes through this
/// before memory is taken.
[[nodiscard]] std::optional<std::size_t> checked_product(std::size_t a, std::size_t b) noexcept;

}  // namespace gradus
