// SPDX-License-Identifier: MIT
#include "gradus/formats/safetensors.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <string_view>
#include <type_traits>
#include <utility>

#include "gradus/core/counted.hpp"
#include "gradus/core/error.hpp"
#include "gradus/formats/byte_reader.hpp"
#include "gradus/formats/file.hpp"
#include "gradus/formats/npy.hpp"
#include "gradus/formats/picture.hpp"
#include "in_quotes.hpp"
#include "safetensors_header.hpp"
#include "safetensors_layout.hpp"

namespace gradus {
namespace {

static_assert(std::endian::native == std::endian::little, "elements are copied as they are stored");

/// The i-th of the elements stored from `data` on, at whatever address that is.
template <Real Stored>
Stored element(const std::uint8_t* data, std::size_t i) {
  Stored value;
  std::memcpy(&value, data + i * sizeof(Stored), sizeof(Stored));
  return value;
}

template <Real Stored, Real T>
void convert(const std::uint8_t* data, std::span<T> values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = static_cast<T>(element<Stored>(data, i));
  }
}

/// What a file is that begins so and is no safetensors file; empty when that cannot be told.
std::string other_kind(std::span<const std::uint8_t> bytes) {
  const auto begins = [&](std::string_view magic) {
    return bytes.size() >= magic.size() &&
           std::memcmp(bytes.data(), magic.data(), magic.size()) == 0;
  };
  if (begins("PK\x03\x04") || begins("\x80\x02")) {
    return "a ZIP or pickle file, as PyTorch writes: save the weights with "
           "safetensors.torch.save_file";
  }
  if (begins("\x89HDF")) {
    return "an HDF5 file, as Keras writes";
  }
  if (is_npy(bytes)) {
    return "a NumPy array";
  }
  if (is_picture(bytes)) {
    return "a picture; the model comes first, then what it is to judge";
  }
  constexpr std::size_t most = 256;
  const auto first = bytes.first(std::min(bytes.size(), most));
  const bool is_text = first.size() > sizeof(std::uint64_t) &&
                       std::all_of(first.begin(), first.end(), [](std::uint8_t byte) {
                         constexpr std::uint8_t above_utf8 = 0xF8;
                         return (byte >= ' ' && byte < above_utf8 && byte != 0x7F) ||
                                byte == '\n' || byte == '\r' || byte == '\t';
                       });
  return is_text ? "text; the model comes first, then what it is to judge" : "";
}

std::span<const std::uint8_t> read_header(ByteReader& reader, std::span<const std::uint8_t> bytes) {
  const auto size = reader.little_endian<std::uint64_t>("the size of the header");
  if (size > reader.remaining()) {
    if (const std::string kind = other_kind(bytes); !kind.empty()) {
      reader.fail(0, "is no model, a .safetensors file, but " + kind);
    }
  }
  if (size > max_safetensors_header_size) {
    reader.fail(0, fmt::format("the header claims {} bytes, expected at most {}", size,
                               max_safetensors_header_size));
  }
  return reader.take(size, "the header");
}

}  // namespace

const StoredTensor* Safetensors::find(std::string_view name) const noexcept {
  const auto found = std::find_if(tensors_.begin(), tensors_.end(),
                                  [&](const StoredTensor& tensor) { return tensor.name == name; });
  return found == tensors_.end() ? nullptr : &*found;
}

const StoredTensor& Safetensors::existing(std::string_view name) const {
  const StoredTensor* tensor = find(name);
  if (tensor == nullptr) {
    throw DataError(path_, std::nullopt, fmt::format("has no tensor {}", in_quotes(name)));
  }
  return *tensor;
}

void Safetensors::expect_float_range(const StoredTensor& tensor) const {
  const std::uint8_t* data = bytes_.data() + tensor.offset;
  for (std::size_t i = 0; i < tensor.shape.num_elements(); ++i) {
    const auto value = element<double>(data, i);
    if (std::isfinite(value) && std::abs(value) > std::numeric_limits<float>::max()) {
      throw DataError(path_, tensor.offset + i * sizeof(double),
                      fmt::format("element {} of tensor {} is {}, too large for a float", i,
                                  in_quotes(tensor.name), value));
    }
  }
}

template <Real T>
void Safetensors::copy_into(const StoredTensor& tensor, std::span<T> values) const {
  const std::uint8_t* data = bytes_.data() + tensor.offset;
  if (tensor.element_type == ElementType::F32) {
    convert<float>(data, values);
    return;
  }
  if constexpr (std::is_same_v<T, float>) {
    expect_float_range(tensor);
  }
  convert<double>(data, values);
}

template <Real T>
void Safetensors::values_into(std::string_view name, const Shape& shape,
                              std::span<T> values) const {
  if (values.size() != shape.num_elements()) {
    throw ShapeError(fmt::format("Safetensors.values_into: got room for {}, shape {} needs {}",
                                 counted(values.size(), "element"), shape.to_string(),
                                 shape.num_elements()));
  }
  const StoredTensor& tensor = existing(name);
  if (tensor.shape != shape) {
    throw DataError(path_, tensor.offset,
                    fmt::format("tensor {} has shape {}, expected {}", in_quotes(name),
                                tensor.shape.to_string(), shape.to_string()));
  }
  copy_into(tensor, values);
}

template <Real T>
std::vector<T> Safetensors::values(std::string_view name) const {
  const StoredTensor& tensor = existing(name);
  std::vector<T> values(tensor.shape.num_elements());
  copy_into(tensor, std::span<T>(values));
  return values;
}

template void Safetensors::values_into(std::string_view, const Shape&, std::span<float>) const;
template void Safetensors::values_into(std::string_view, const Shape&, std::span<double>) const;
template std::vector<float> Safetensors::values(std::string_view) const;
template std::vector<double> Safetensors::values(std::string_view) const;

Safetensors read_safetensors(const std::filesystem::path& path) {
  return parse_safetensors(path.string(), read_file(path));
}

Safetensors parse_safetensors(std::string_view name, std::vector<std::uint8_t> bytes) {
  ByteReader reader(name, bytes);
  SafetensorsHeader header = parse_safetensors_header(name, read_header(reader, bytes));
  Safetensors file;
  file.tensors_ = lay_out(name, std::move(header.tensors), reader.offset(), reader.remaining());
  file.metadata_ = std::move(header.metadata);
  file.path_ = name;
  file.bytes_ = std::move(bytes);
  return file;
}

}  // namespace gradus
