// SPDX-License-Identifier: MIT
#include "gradus/core/shape.hpp"

#include <fmt/format.h>

#include <limits>
#include <utility>

#include "gradus/core/error.hpp"

namespace gradus {

std::optional<std::size_t> checked_product(std::size_t a, std::size_t b) noexcept {
  if (a != 0 && b > std::numeric_limits<std::size_t>::max() / a) {
    return std::nullopt;
  }
  return a * b;
}

Shape::Shape(std::vector<std::size_t> sizes) : sizes_(std::move(sizes)) {
  // Axes of size 0 last: whether a shape is refused must not depend on their place.
  bool is_empty = false;
  for (const std::size_t size : sizes_) {
    const auto product = checked_product(num_elements_, size == 0 ? 1 : size);
    if (!product) {
      throw ShapeError(
          fmt::format("Shape: {} has more elements than memory can address", to_string()));
    }
    num_elements_ = *product;
    is_empty = is_empty || size == 0;
  }
  if (is_empty) {
    num_elements_ = 0;
  }
}

Shape Shape::inner() const {
  if (sizes_.empty()) {
    throw ShapeError("Shape.inner: a scalar has no first axis");
  }
  return Shape(std::vector<std::size_t>(sizes_.begin() + 1, sizes_.end()));
}

std::string Shape::to_string() const {
  // One axis is written (3,), so that it cannot be read as a number in brackets.
  return sizes_.size() == 1 ? fmt::format("({},)", sizes_[0])
                            : fmt::format("({})", fmt::join(sizes_, ", "));
}

}  // namespace gradus
