// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <bit>
#include <set>

#include "gradus/core/counted.hpp"
#include "gradus/core/error.hpp"
#include "gradus/formats/file.hpp"
#include "gradus/formats/json.hpp"
#include "gradus/formats/safetensors.hpp"
#include "in_quotes.hpp"
#include "safetensors_header.hpp"

namespace gradus {
namespace {

static_assert(std::endian::native == std::endian::little, "elements are stored as they are");

std::span<const std::byte> bytes_of(const NamedTensor& tensor) {
  return std::visit([](const auto& elements) { return std::as_bytes(elements); }, tensor.elements);
}

std::size_t num_elements_of(const NamedTensor& tensor) {
  return std::visit([](const auto& elements) { return elements.size(); }, tensor.elements);
}

void check_tensors(std::span<const NamedTensor> tensors) {
  std::set<std::string_view> names{safetensors_metadata_key};
  for (const NamedTensor& tensor : tensors) {
    if (!names.insert(tensor.name).second) {
      throw ValueError(
          fmt::format("serialize_safetensors: the name {} is taken", in_quotes(tensor.name)));
    }
    if (num_elements_of(tensor) != tensor.shape.num_elements()) {
      throw ShapeError(
          fmt::format("serialize_safetensors: tensor {} has {}, shape {} "
                      "needs {}",
                      in_quotes(tensor.name), counted(num_elements_of(tensor), "element"),
                      tensor.shape.to_string(), tensor.shape.num_elements()));
    }
    if (tensor.shape.num_axes() > max_safetensors_axes) {
      throw ShapeError(
          fmt::format("serialize_safetensors: tensor {} has {} axes, expected at most "
                      "{}",
                      in_quotes(tensor.name), tensor.shape.num_axes(), max_safetensors_axes));
    }
  }
}

/// Text as JSON writes it.
std::string json_string(std::string_view text) {
  std::string quoted = Json(text).to_text();
  if (parse_json(quoted) != Json(text)) {  // what is not UTF-8 was replaced
    throw ValueError(fmt::format("serialize_safetensors: {} is not UTF-8", in_quotes(text)));
  }
  return quoted;
}

std::string json_metadata(const SafetensorsMetadata& metadata) {
  std::vector<std::string> members;
  for (const auto& [key, value] : metadata) {
    members.push_back(fmt::format("{}:{}", json_string(key), json_string(value)));
  }
  return fmt::format("\"{}\":{{{}}}", safetensors_metadata_key, fmt::join(members, ","));
}

std::string json_tensor(const NamedTensor& tensor, std::size_t begin, std::size_t end) {
  const bool is_float = std::holds_alternative<std::span<const float>>(tensor.elements);
  return fmt::format(R"({}:{{"dtype":"{}","shape":[{}],"data_offsets":[{},{}]}})",
                     json_string(tensor.name), is_float ? "F32" : "F64",
                     fmt::join(tensor.shape.sizes(), ","), begin, end);
}

std::string json_header(std::span<const NamedTensor> tensors, const SafetensorsMetadata& metadata) {
  std::vector<std::string> members;
  if (!metadata.empty()) {
    members.push_back(json_metadata(metadata));
  }
  std::size_t end = 0;
  for (const NamedTensor& tensor : tensors) {
    const std::size_t begin = end;
    end += bytes_of(tensor).size();
    members.push_back(json_tensor(tensor, begin, end));
  }
  std::string header = fmt::format("{{{}}}", fmt::join(members, ","));
  const std::size_t alignment = 8;  // so that the data of a mapped file can be used where it is
  header.resize((header.size() + alignment - 1) / alignment * alignment, ' ');
  return header;
}

}  // namespace

std::vector<std::uint8_t> serialize_safetensors(std::span<const NamedTensor> tensors,
                                                const SafetensorsMetadata& metadata) {
  check_tensors(tensors);
  const std::string header = json_header(tensors, metadata);
  std::vector<std::uint8_t> bytes;
  for (std::size_t i = 0; i < safetensors_header_offset; ++i) {
    bytes.push_back(static_cast<std::uint8_t>(std::uint64_t{header.size()} >> (8 * i)));
  }
  bytes.insert(bytes.end(), header.begin(), header.end());
  for (const NamedTensor& tensor : tensors) {
    const auto data = bytes_of(tensor);
    const auto* first = reinterpret_cast<const std::uint8_t*>(data.data());
    bytes.insert(bytes.end(), first, first + data.size());
  }
  return bytes;
}

void write_safetensors(const std::filesystem::path& path, std::span<const NamedTensor> tensors,
                       const SafetensorsMetadata& metadata) {
  write_file(path, serialize_safetensors(tensors, metadata));
}

}  // namespace gradus
