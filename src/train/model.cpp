// SPDX-License-Identifier: MIT
#include "gradus/train/model.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>
#include <utility>

#include "gradus/core/error.hpp"
#include "gradus/formats/file.hpp"
#include "gradus/formats/safetensors.hpp"
#include "gradus/loss/loss.hpp"

namespace gradus {
namespace {

constexpr std::string_view format_version = "1";

SafetensorsMetadata to_metadata(const NetworkOptions& network, const std::string& loss,
                                double input_scale, const Shape& sample_shape) {
  return {{"format", "gradus-model"},
          {"format_version", std::string(format_version)},
          {"layers", fmt::format("{}", fmt::join(network.layer_sizes, ","))},
          {"activation", network.activation},
          {"loss", loss},
          {"input_scale", fmt::format("{}", input_scale)},
          {"sample_shape", fmt::format("{}", fmt::join(sample_shape.sizes(), ","))}};
}

/// Reads the metadata of one file; every complaint names the file.
class MetadataReader {
 public:
  MetadataReader(std::string_view path, const SafetensorsMetadata& metadata)
      : path_(path), metadata_(metadata) {}

  [[noreturn]] void fail(const std::string& reason) const {
    throw DataError(path_, std::nullopt, reason);
  }

  [[nodiscard]] const std::string& text(const std::string& key) const {
    const auto found = metadata_.find(key);
    if (found == metadata_.end()) {
      fail(fmt::format("has no \"{}\" in its metadata, so it is not a model of gradus", key));
    }
    return found->second;
  }

  void expect(const std::string& key, std::string_view expected) const {
    if (text(key) != expected) {
      fail(fmt::format("{} is \"{}\", expected \"{}\"", key, text(key), expected));
    }
  }

  [[nodiscard]] double number(const std::string& key) const {
    const std::string& written = text(key);
    double value = 0;
    const auto [end, error] =
        std::from_chars(written.data(), written.data() + written.size(), value);
    if (error != std::errc() || end != written.data() + written.size() || !std::isfinite(value)) {
      fail(fmt::format("{} is \"{}\", expected a number", key, written));
    }
    return value;
  }

  [[nodiscard]] std::vector<std::size_t> sizes(const std::string& key) const {
    const std::string& written = text(key);
    std::vector<std::size_t> sizes;
    const char* position = written.data();
    const char* const end = written.data() + written.size();
    for (;;) {
      std::size_t size = 0;
      const auto [next, error] = std::from_chars(position, end, size);
      if (error != std::errc() || size == 0 || size > max_size) {
        fail(fmt::format("{} is \"{}\", expected sizes such as 784,50,10", key, written));
      }
      sizes.push_back(size);
      if (next == end) {
        return sizes;
      }
      if (*next != ',') {
        fail(fmt::format("{} is \"{}\", expected sizes such as 784,50,10", key, written));
      }
      position = next + 1;
    }
  }

 private:
  static constexpr std::size_t max_size = std::size_t{1} << 31;  // products of two fit in 64 bits

  std::string path_;
  const SafetensorsMetadata& metadata_;
};

/// Every array the layers ask for is in the file, in the right shape, before memory is taken.
void check_arrays(const MetadataReader& reader, const Safetensors& file,
                  const std::vector<std::size_t>& layer_sizes) {
  for (std::size_t i = 1; i < layer_sizes.size(); ++i) {
    for (const auto& [name, shape] :
         {std::pair{fmt::format("W{}", i), Shape{layer_sizes[i - 1], layer_sizes[i]}},
          std::pair{fmt::format("b{}", i), Shape{layer_sizes[i]}}}) {
      const StoredTensor* tensor = file.find(name);
      if (tensor == nullptr || tensor->shape != shape) {
        reader.fail(fmt::format("array {} is {}, expected shape {}", name,
                                tensor == nullptr ? "missing" : tensor->shape.to_string(),
                                shape.to_string()));
      }
    }
  }
}

template <Real T>
bool are_finite(std::span<const T> elements) {
  return std::all_of(elements.begin(), elements.end(), [](T x) { return std::isfinite(x); });
}

template <Real T>
Model<T> read_model(const MetadataReader& reader, const Safetensors& file) {
  Model<T> model;
  model.network.layer_sizes = reader.sizes("layers");
  model.network.activation = reader.text("activation");
  model.loss = reader.text("loss");
  model.input_scale = reader.number("input_scale");
  try {
    model.sample_shape = Shape(reader.sizes("sample_shape"));
  } catch (const ShapeError& too_large) {
    reader.fail(too_large.what());
  }
  if (model.network.layer_sizes.size() < 2 ||
      model.sample_shape.num_elements() != model.network.layer_sizes.front()) {
    reader.fail(fmt::format("layers {} do not fit samples of shape {}", reader.text("layers"),
                            model.sample_shape.to_string()));
  }
  check_arrays(reader, file, model.network.layer_sizes);
  try {
    static_cast<void>(losses<T>().find(model.loss));
    const Network<T> network(model.network);
    model.parameters.resize(network.num_parameters());
    for (const ParameterBlock& block : network.parameters()) {
      const auto elements = block.of(std::span<T>(model.parameters));
      file.values_into<T>(block.name, block.shape, elements);
      if (!are_finite<T>(elements)) {
        reader.fail(block.name + " holds a number that is infinite or not a number");
      }
    }
  } catch (const ValueError& unknown_name) {
    reader.fail(unknown_name.what());
  }
  return model;
}

}  // namespace

template <Real T>
void save_model(const std::filesystem::path& path, const Model<T>& model) {
  const Network<T> network(model.network);
  if (model.parameters.size() != network.num_parameters()) {
    throw ShapeError(fmt::format("save_model: got {} parameters, expected {}",
                                 model.parameters.size(), network.num_parameters()));
  }
  if (model.sample_shape.num_axes() == 0 ||
      model.sample_shape.num_elements() != network.num_inputs()) {
    throw ShapeError(fmt::format("save_model: samples of shape {} do not fit {} inputs",
                                 model.sample_shape.to_string(), network.num_inputs()));
  }
  if (!std::isfinite(model.input_scale)) {
    throw ValueError("save_model: the input scale is not a finite number");
  }
  static_cast<void>(losses<T>().find(model.loss));
  std::vector<NamedTensor> tensors;
  for (const ParameterBlock& block : network.parameters()) {
    const auto elements = block.of(std::span<const T>(model.parameters));
    if (!are_finite<T>(elements)) {
      throw ValueError("save_model: " + block.name +
                       " holds a number that is infinite or not a number");
    }
    tensors.push_back({.name = block.name, .shape = block.shape, .elements = elements});
  }
  write_safetensors(path, tensors,
                    to_metadata(model.network, model.loss, model.input_scale, model.sample_shape));
}

AnyModel parse_model(std::string_view name, std::vector<std::uint8_t> bytes) {
  const Safetensors file = parse_safetensors(name, std::move(bytes));
  const MetadataReader reader(name, file.metadata());
  reader.expect("format", "gradus-model");
  reader.expect("format_version", format_version);
  const StoredTensor* first = file.find("W1");
  const bool is_double = first != nullptr && first->element_type == ElementType::F64;
  if (is_double) {
    return read_model<double>(reader, file);
  }
  return read_model<float>(reader, file);
}

AnyModel load_model(const std::filesystem::path& path) {
  return parse_model(path.string(), read_file(path));
}

template void save_model<float>(const std::filesystem::path&, const Model<float>&);
template void save_model<double>(const std::filesystem::path&, const Model<double>&);

}  // namespace gradus
