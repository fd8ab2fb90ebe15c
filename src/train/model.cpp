// SPDX-License-Identifier: MIT
#include "gradus/train/model.hpp"

#include <fmt/format.h>

#include <cmath>
#include <string_view>
#include <utility>

#include "gradus/core/error.hpp"
#include "gradus/formats/file.hpp"
#include "gradus/formats/safetensors.hpp"
#include "gradus/loss/loss.hpp"
#include "gradus/math/finite.hpp"
#include "metadata_reader.hpp"
#include "nn/parameter_blocks.hpp"

namespace gradus {
namespace {

constexpr std::string_view format_version = "1";

SafetensorsMetadata to_metadata(const NetworkOptions& network, const std::string& loss,
                                double input_scale, const Shape& sample_shape,
                                PicturePreparation pictures) {
  return {{"format", "gradus-model"},
          {"format_version", std::string(format_version)},
          {"layers", fmt::format("{}", fmt::join(network.layer_sizes, ","))},
          {"activation", network.activation},
          {"loss", loss},
          {"input_scale", fmt::format("{}", input_scale)},
          {"sample_shape", fmt::format("{}", fmt::join(sample_shape.sizes(), ","))},
          {"pictures", std::string(id_of(pictures))}};
}

/// Every array the layers ask for is in the file, in the right shape, before memory is taken.
void check_arrays(const MetadataReader& reader, const Safetensors& file,
                  const std::vector<std::size_t>& layer_sizes) {
  for_each_parameter_block(layer_sizes, [&](const ParameterBlock& block) {
    const StoredTensor* tensor = file.find(block.name);
    if (tensor == nullptr || tensor->shape != block.shape) {
      reader.fail(fmt::format("array {} is {}, expected shape {}", block.name,
                              tensor == nullptr ? "missing" : tensor->shape.to_string(),
                              block.shape.to_string()));
    }
  });
}

double read_scale(const MetadataReader& reader) {
  const auto scale = reader.number<double>("input_scale");
  if (!scale || !std::isfinite(*scale)) {
    reader.refuse("input_scale", "a number");
  }
  return *scale;
}

/// Models from before there was a choice made pictures ready as MNIST's are.
PicturePreparation read_preparation(const MetadataReader& reader,
                                    const SafetensorsMetadata& metadata) {
  if (!metadata.contains("pictures")) {
    return PicturePreparation::mnist_style;
  }
  const std::string& id = reader.text("pictures");
  for (const PicturePreparationEntry& entry : picture_preparations()) {
    if (entry.id == id) {
      return entry.preparation;
    }
  }
  reader.refuse("pictures", picture_preparations().ids(" or "));
}

template <Real T>
Model<T> read_model(const MetadataReader& reader, const Safetensors& file) {
  Model<T> model;
  model.network.layer_sizes = reader.sizes("layers");
  model.network.activation = reader.text("activation");
  model.loss = reader.text("loss");
  model.input_scale = read_scale(reader);
  model.pictures = read_preparation(reader, file.metadata());
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
    for (const ParameterBlock& block : network.blocks()) {
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
  for (const ParameterBlock& block : network.blocks()) {
    const auto elements = block.of(std::span<const T>(model.parameters));
    if (!are_finite<T>(elements)) {
      throw ValueError("save_model: " + block.name +
                       " holds a number that is infinite or not a number");
    }
    tensors.push_back({.name = block.name, .shape = block.shape, .elements = elements});
  }
  write_safetensors(path, tensors,
                    to_metadata(model.network, model.loss, model.input_scale, model.sample_shape,
                                model.pictures));
}

AnyModel parse_model(std::string_view name, std::vector<std::uint8_t> bytes) {
  const Safetensors file = parse_safetensors(name, std::move(bytes));
  const MetadataReader reader(name, "model", file.metadata());
  reader.expect_format(format_version);
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
