// SPDX-License-Identifier: MIT
#include "gradus/train/checkpoint.hpp"

#include <fmt/core.h>
#include <zlib.h>

#include <span>
#include <string_view>
#include <utility>

#include "gradus/formats/safetensors.hpp"
#include "metadata_reader.hpp"

namespace gradus {
namespace {

constexpr std::string_view format_version = "1";
constexpr std::string_view memory_prefix = "memory.";
constexpr const char* checksum_key = "crc32";

/// CRC-32 of all numbers and of every line of metadata but the checksum itself.
class Checksum {
 public:
  void add(const void* bytes, std::size_t count) {
    crc_ = crc32_z(crc_, static_cast<const Bytef*>(bytes), count);
  }

  void add(const SafetensorsMetadata& metadata) {
    for (const auto& [key, value] : metadata) {
      if (key != checksum_key) {
        const std::string line = key + "=" + value + "\n";
        add(line.data(), line.size());
      }
    }
  }

  [[nodiscard]] std::string hex() const { return fmt::format("{:08x}", crc_); }

 private:
  uLong crc_ = crc32_z(0, nullptr, 0);
};

/// Every vector of a checkpoint by its name in the file, in the order of the file.
template <Real T>
std::vector<std::pair<std::string, std::span<const T>>> vectors_of(
    const Checkpoint<T>& checkpoint) {
  std::vector<std::pair<std::string, std::span<const T>>> vectors{
      {"parameters", checkpoint.parameters}};
  if (!checkpoint.best_parameters.empty()) {
    vectors.emplace_back("best_parameters", checkpoint.best_parameters);
  }
  for (const auto& memory : checkpoint.memory) {
    vectors.emplace_back(std::string(memory_prefix) + memory.name, memory.values);
  }
  return vectors;
}

template <Real T>
std::string checksum_of(const Checkpoint<T>& checkpoint, const SafetensorsMetadata& metadata) {
  Checksum checksum;
  for (const auto& [name, values] : vectors_of(checkpoint)) {
    checksum.add(name.data(), name.size());
    checksum.add(values.data(), values.size_bytes());
  }
  checksum.add(metadata);
  return checksum.hex();
}

/// Numbers in metadata: as text that reads back to the same bits; empty for none.
template <class Number>
std::string to_text(const std::optional<Number>& number) {
  return number ? fmt::format("{}", *number) : "";
}

}  // namespace

template <Real T>
std::vector<std::uint8_t> serialize_checkpoint(const Checkpoint<T>& checkpoint) {
  SafetensorsMetadata metadata{
      {"format", "gradus-checkpoint"},
      {"format_version", std::string(format_version)},
      {"iteration", fmt::format("{}", checkpoint.iteration)},
      {"last_recorded_iteration", to_text(checkpoint.last_recorded_iteration)},
      {"best_validation_loss", to_text(checkpoint.best_validation_loss)},
      {"records_without_improvement",
       fmt::format("{}", checkpoint.num_records_without_improvement)}};
  metadata[checksum_key] = checksum_of(checkpoint, metadata);
  const auto vectors = vectors_of(checkpoint);
  std::vector<NamedTensor> tensors;
  for (const auto& [name, values] : vectors) {
    tensors.push_back({.name = name, .shape = {values.size()}, .elements = values});
  }
  return serialize_safetensors(tensors, metadata);
}

template <Real T>
Checkpoint<T> parse_checkpoint(std::string_view name, std::vector<std::uint8_t> bytes) {
  const Safetensors file = parse_safetensors(name, std::move(bytes));
  const MetadataReader reader(name, "checkpoint", file.metadata());
  reader.expect_format({format_version});
  constexpr ElementType own_type = sizeof(T) == sizeof(float) ? ElementType::F32 : ElementType::F64;
  Checkpoint<T> checkpoint;
  for (const StoredTensor& tensor : file.tensors()) {
    if (tensor.element_type != own_type) {
      reader.fail("is of a run in another precision");
    }
    std::vector<T> values = file.values<T>(tensor.name);
    if (tensor.name == "parameters") {
      checkpoint.parameters = std::move(values);
    } else if (tensor.name == "best_parameters") {
      checkpoint.best_parameters = std::move(values);
    } else if (tensor.name.starts_with(memory_prefix)) {
      checkpoint.memory.push_back({tensor.name.substr(memory_prefix.size()), std::move(values)});
    } else {
      reader.fail(fmt::format("has an array \"{}\", which no checkpoint has", tensor.name));
    }
  }
  checkpoint.iteration = reader.number<std::uint64_t>("iteration").value_or(0);
  checkpoint.last_recorded_iteration = reader.number<std::uint64_t>("last_recorded_iteration");
  checkpoint.best_validation_loss = reader.number<double>("best_validation_loss");
  checkpoint.num_records_without_improvement =
      reader.number<std::size_t>("records_without_improvement").value_or(0);
  if (checksum_of(checkpoint, file.metadata()) != reader.text(checksum_key)) {
    reader.fail("is damaged: its checksum is not that of its contents");
  }
  return checkpoint;
}

template std::vector<std::uint8_t> serialize_checkpoint<float>(const Checkpoint<float>&);
template std::vector<std::uint8_t> serialize_checkpoint<double>(const Checkpoint<double>&);
template Checkpoint<float> parse_checkpoint<float>(std::string_view, std::vector<std::uint8_t>);
template Checkpoint<double> parse_checkpoint<double>(std::string_view, std::vector<std::uint8_t>);

}  // namespace gradus
