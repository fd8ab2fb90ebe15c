// SPDX-License-Identifier: MIT
#include "safetensors_layout.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "gradus/core/counted.hpp"
#include "gradus/core/error.hpp"
#include "in_quotes.hpp"

namespace gradus {
namespace {

/// Places tensors one after another.
class Layout {
 public:
  Layout(std::string_view path, std::size_t data_offset, std::size_t data_size)
      : path_(path), data_offset_(data_offset), data_size_(data_size) {}

  StoredTensor place(const TensorClaim& claim) {
    const std::uint64_t begin = claim.data_offsets[0];
    const std::uint64_t end = claim.data_offsets[1];
    if (begin != end_) {
      fail(claim, fmt::format("begins at byte {} of the data, expected {}: neither holes nor "
                              "overlaps",
                              begin, end_));
    }
    if (end < begin || end > data_size_) {
      fail(claim,
           fmt::format("ends at byte {} of the data, expected {} to {}", end, begin, data_size_));
    }
    StoredTensor tensor{.name = claim.name,
                        .shape = shape_of(claim),
                        .element_type = element_type_of(claim),
                        .offset = data_offset_ + end_};
    const std::size_t num_elements = tensor.shape.num_elements();
    if (checked_product(num_elements, element_size(tensor.element_type)) != end - begin) {
      fail(claim, fmt::format("has {} of data, its shape {} needs {} of type {}",
                              counted(end - begin, "byte"), tensor.shape.to_string(),
                              counted(num_elements, "element"), claim.dtype));
    }
    end_ = static_cast<std::size_t>(end);
    return tensor;
  }

  void expect_end() const {
    if (end_ != data_size_) {
      throw DataError(path_, data_offset_ + end_,
                      fmt::format("expected the end of the file, found {} of no tensor",
                                  counted(data_size_ - end_, "byte")));
    }
  }

 private:
  ElementType element_type_of(const TensorClaim& claim) const {
    if (claim.dtype != "F32" && claim.dtype != "F64") {
      fail(claim, fmt::format("has dtype {}, expected F32 or F64", in_quotes(claim.dtype)));
    }
    return claim.dtype == "F32" ? ElementType::F32 : ElementType::F64;
  }

  Shape shape_of(const TensorClaim& claim) const {
    std::vector<std::size_t> sizes;
    for (const std::uint64_t size : claim.shape) {
      // A size_t of 32 bits would cut it off; the largest one cannot be the size of anything.
      sizes.push_back(static_cast<std::size_t>(
          std::min<std::uint64_t>(size, std::numeric_limits<std::size_t>::max())));
    }
    try {
      return Shape(std::move(sizes));
    } catch (const ShapeError& error) {  // the product of the sizes does not fit
      fail(claim, error.what());
    }
  }

  [[noreturn]] void fail(const TensorClaim& claim, std::string_view reason) const {
    throw DataError(path_, data_offset_ + end_,
                    fmt::format("tensor {} {}", in_quotes(claim.name), reason));
  }

  std::string_view path_;
  std::size_t data_offset_;
  std::size_t data_size_;
  std::size_t end_ = 0;  // of the tensors placed so far, in the data
};

}  // namespace

std::size_t element_size(ElementType type) {
  return type == ElementType::F32 ? sizeof(float) : sizeof(double);
}

std::vector<StoredTensor> lay_out(std::string_view path, std::vector<TensorClaim> claims,
                                  std::size_t data_offset, std::size_t data_size) {
  // Some writers sort the header by name and the data by something else.
  std::stable_sort(claims.begin(), claims.end(), [](const TensorClaim& a, const TensorClaim& b) {
    return a.data_offsets < b.data_offsets;
  });
  Layout layout(path, data_offset, data_size);
  std::vector<StoredTensor> tensors;
  for (const TensorClaim& claim : claims) {
    tensors.push_back(layout.place(claim));
  }
  layout.expect_end();
  return tensors;
}

}  // namespace gradus
