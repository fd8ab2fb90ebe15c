// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/core/matrix_view.hpp"
#include "gradus/core/shape.hpp"

namespace gradus {

/// An N-dimensional array that somebody else owns: row-major, contiguous.
/// `x[i]` is the i-th element along the first axis, itself a view with one axis less; with no axes
/// left, `value()` is the number.
template <class T>
class ArrayView {
 public:
  /// @throws ShapeError  data.size() is not the number of elements of `shape`
  ArrayView(std::span<T> data, Shape shape) : data_(data), shape_(std::move(shape)) {
    if (data_.size() != shape_.num_elements()) {
      throw ShapeError("ArrayView: got " + std::to_string(data_.size()) + " elements, shape " +
                       shape_.to_string() + " needs " + std::to_string(shape_.num_elements()));
    }
  }

  [[nodiscard]] const Shape& shape() const noexcept { return shape_; }
  [[nodiscard]] std::span<T> elements() const noexcept { return data_; }

  /// @throws ShapeError  no axes left
  /// @throws ValueError  index outside the first axis
  ArrayView operator[](std::size_t index) const {
    const Shape inner = shape_.inner();
    if (index >= shape_[0]) {
      throw ValueError("ArrayView: index " + std::to_string(index) +
                       " is outside the first axis of " + shape_.to_string());
    }
    return {data_.subspan(index * inner.num_elements(), inner.num_elements()), inner};
  }

  /// @throws ShapeError  more than one element
  [[nodiscard]] T& value() const {
    if (shape_.num_elements() != 1) {
      throw ShapeError("ArrayView.value: an array of shape " + shape_.to_string() +
                       " is not one number");
    }
    return data_[0];
  }

  /// @throws ShapeError  not two axes
  [[nodiscard]] MatrixView<T> matrix() const {
    if (shape_.num_axes() != 2) {
      throw ShapeError("ArrayView.matrix: shape " + shape_.to_string() + " does not have two axes");
    }
    return {data_.data(), shape_[0], shape_[1]};
  }

 private:
  std::span<T> data_;
  Shape shape_;
};

/// An N-dimensional array that owns its elements. A copy copies them.
template <class T>
class Array {
 public:
  Array() : elements_(1) {}

  /// All elements T{}.
  explicit Array(Shape shape) : shape_(std::move(shape)), elements_(shape_.num_elements()) {}

  /// @throws ShapeError  elements.size() is not the number of elements of `shape`
  Array(Shape shape, std::vector<T> elements)
      : shape_(std::move(shape)), elements_(std::move(elements)) {
    static_cast<void>(std::as_const(*this).view());  // throws when the sizes disagree
  }

  [[nodiscard]] const Shape& shape() const noexcept { return shape_; }
  [[nodiscard]] std::span<T> elements() noexcept { return elements_; }
  [[nodiscard]] std::span<const T> elements() const noexcept { return elements_; }

  [[nodiscard]] ArrayView<T> view() { return {elements_, shape_}; }
  [[nodiscard]] ArrayView<const T> view() const { return {elements_, shape_}; }
  ArrayView<T> operator[](std::size_t index) { return view()[index]; }
  ArrayView<const T> operator[](std::size_t index) const { return view()[index]; }

  /// @throws ShapeError  not two axes
  [[nodiscard]] MatrixView<T> matrix() { return view().matrix(); }
  [[nodiscard]] MatrixView<const T> matrix() const { return view().matrix(); }

 private:
  Shape shape_;
  std::vector<T> elements_;
};

}  // namespace gradus
