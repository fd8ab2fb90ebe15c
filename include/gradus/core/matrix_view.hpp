// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <type_traits>

namespace gradus {

/// A matrix that somebody else owns: row-major, contiguous, one sample per row.
/// Cheap to copy; valid as long as the memory it looks at.
template <class T>
class MatrixView {
 public:
  MatrixView() = default;
  MatrixView(T* data, std::size_t num_rows, std::size_t num_cols)
      : data_(data), num_rows_(num_rows), num_cols_(num_cols) {}

  [[nodiscard]] std::size_t num_rows() const noexcept { return num_rows_; }
  [[nodiscard]] std::size_t num_cols() const noexcept { return num_cols_; }
  [[nodiscard]] std::size_t num_elements() const noexcept { return num_rows_ * num_cols_; }
  [[nodiscard]] bool empty() const noexcept { return num_elements() == 0; }

  [[nodiscard]] T* data() const noexcept { return data_; }
  [[nodiscard]] std::span<T> row(std::size_t r) const { return {data_ + r * num_cols_, num_cols_}; }
  [[nodiscard]] std::span<T> elements() const { return {data_, num_elements()}; }
  T& operator()(std::size_t r, std::size_t c) const { return data_[r * num_cols_ + c]; }

  // NOLINTNEXTLINE(google-explicit-constructor): a view to write is also a view to read.
  operator MatrixView<const T>() const requires(!std::is_const_v<T>) {
    return {data_, num_rows_, num_cols_};
  }

 private:
  T* data_ = nullptr;
  std::size_t num_rows_ = 0;
  std::size_t num_cols_ = 0;
};

}  // namespace gradus
