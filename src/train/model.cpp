// SPDX-License-Identifier: MIT
#include "gradus/train/model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "gradus/core/counted.hpp"
#include "gradus/core/error.hpp"
#include "gradus/formats/file.hpp"
#include "gradus/formats/json.hpp"
#include "gradus/formats/safetensors.hpp"
#include "gradus/loss/loss.hpp"
#include "gradus/math/finite.hpp"
#include "metadata_reader.hpp"
#include "model_table.hpp"
#include "nn/parameter_blocks.hpp"

namespace gradus {
namespace {

// Programs that know version 1 alone would feed a standardized network with features as they are,
// and take numbers for scores of classes: they must refuse it. Everything else is still written as
// version 1, which they can read.
constexpr std::string_view plain_version = "1";
constexpr std::string_view extended_version = "2";

struct ColumnNames {
  const char* means;
  const char* deviations;
};
constexpr ColumnNames input_arrays{"input_mean", "input_deviation"};
constexpr ColumnNames target_arrays{"target_mean", "target_deviation"};

template <Real T>
SafetensorsMetadata to_metadata(const Model<T>& model) {
  const bool is_of_numbers = model.task() == Task::regression;
  const bool is_plain = !model.scaling.is_standardized() && !is_of_numbers;
  SafetensorsMetadata metadata{
      {"format", "gradus-model"},
      {"format_version", std::string(is_plain ? plain_version : extended_version)},
      {"layers", fmt::format("{}", fmt::join(model.network.layer_sizes, ","))},
      {"activation", model.network.activation},
      {"loss", model.loss},
      {"input_scale", fmt::format("{}", model.scaling.factor)},
      {"sample_shape", fmt::format("{}", fmt::join(model.sample_shape.sizes(), ","))},
      {"pictures", std::string(id_of(model.pictures))}};
  if (!is_plain) {
    metadata["task"] = to_string(model.task());
  }
  if (!model.target_names.empty()) {
    metadata["target_names"] = Json::list(model.target_names).to_text();
  }
  return metadata;
}

/// Whether every number is finite, and every deviation something to divide by.
bool is_usable(const Standardization& columns) {
  return are_finite<double>(columns.means) && are_finite<double>(columns.deviations) &&
         std::all_of(columns.deviations.begin(), columns.deviations.end(),
                     [](double deviation) { return deviation > 0; });
}

std::vector<double> read_row(const MetadataReader& reader, const Safetensors& file,
                             const std::string& name, std::size_t size) {
  const StoredTensor* const tensor = file.find(name);
  const Shape shape{size};
  if (tensor == nullptr || tensor->shape != shape) {
    reader.fail(fmt::format("array {} is {}, expected shape {}", name,
                            tensor == nullptr ? "missing" : tensor->shape.to_string(),
                            shape.to_string()));
  }
  std::vector<double> row(size);
  file.values_into<double>(name, shape, row);
  return row;
}

Standardization read_columns(const MetadataReader& reader, const Safetensors& file,
                             const ColumnNames& names, std::size_t num_columns) {
  Standardization columns{read_row(reader, file, names.means, num_columns),
                          read_row(reader, file, names.deviations, num_columns)};
  if (!is_usable(columns)) {
    reader.fail(
        fmt::format("{} and {} must be finite, the latter above 0", names.means, names.deviations));
  }
  return columns;
}

/// What numbers are called: a list of texts in JSON.
std::vector<std::string> read_names(const MetadataReader& reader, std::size_t num_names) {
  std::vector<std::string> names;
  const std::optional<Json> json = parse_json(reader.text("target_names"));
  if (json && json->is_array()) {
    for (const Json& item : *json->as_array()) {
      if (const std::string* const name = item.as_string()) {
        names.push_back(*name);
      }
    }
  }
  if (names.size() != num_names) {
    reader.refuse("target_names", fmt::format("a list of {}", counted(num_names, "text")));
  }
  return names;
}

/// What only version 2 has.
template <Real T>
void read_extension(const MetadataReader& reader, const Safetensors& file, Model<T>& model) {
  const std::string& task = reader.text("task");
  const bool is_of_numbers = task == to_string(Task::regression);
  if (!is_of_numbers && task != to_string(Task::classification)) {
    reader.refuse("task", "classification or regression");
  }
  if (is_of_numbers) {
    const std::size_t num_outputs = model.network.layer_sizes.back();
    model.targets = read_columns(reader, file, target_arrays, num_outputs);
    if (reader.find("target_names") != nullptr) {
      model.target_names = read_names(reader, num_outputs);
    }
  }
  if (file.find(input_arrays.means) != nullptr || !is_of_numbers) {
    model.scaling =
        InputScaling(read_columns(reader, file, input_arrays, model.network.layer_sizes.front()));
  }
}

void add_columns(std::vector<NamedTensor>& tensors, const Standardization& columns,
                 const ColumnNames& names) {
  if (columns.empty()) {
    return;
  }
  const Shape shape{columns.num_columns()};
  tensors.push_back({.name = names.means, .shape = shape, .elements = std::span(columns.means)});
  tensors.push_back(
      {.name = names.deviations, .shape = shape, .elements = std::span(columns.deviations)});
}

/// @throws ShapeError, ValueError  what is standardized does not fit the network, or cannot be used
void check_columns(const Standardization& columns, std::size_t expected, const char* what) {
  if (!columns.empty() &&
      (columns.num_columns() != expected || columns.deviations.size() != columns.means.size())) {
    throw ShapeError(fmt::format("save_model: a scaling of {} columns does not fit {} {}s",
                                 columns.num_columns(), expected, what));
  }
  if (!is_usable(columns)) {
    throw ValueError(fmt::format("save_model: the scaling of the {}s is not finite", what));
  }
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
PicturePreparation read_preparation(const MetadataReader& reader) {
  const std::string* const id = reader.find("pictures");
  if (id == nullptr) {
    return PicturePreparation::mnist_style;
  }
  for (const PicturePreparationEntry& entry : picture_preparations()) {
    if (entry.id == *id) {
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
  model.pictures = read_preparation(reader);
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
  model.class_names = read_class_names(reader, model.network.layer_sizes.back());
  model.layout = read_layout(reader, model.network.layer_sizes.front());
  model.scaling = read_scale(reader);
  if (reader.text("format_version") == extended_version) {
    read_extension(reader, file, model);
  }
  try {
    static_cast<void>(losses<T>(model.task()).find(model.loss));
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
  check_columns(model.scaling.columns, network.num_inputs(), "input");
  check_columns(model.targets, network.num_outputs(), "target");
  if (!std::isfinite(model.scaling.factor)) {
    throw ValueError("save_model: the input scale is not a finite number");
  }
  static_cast<void>(losses<T>(model.task()).find(model.loss));
  std::vector<NamedTensor> tensors;
  for (const ParameterBlock& block : network.blocks()) {
    const auto elements = block.of(std::span<const T>(model.parameters));
    if (!are_finite<T>(elements)) {
      throw ValueError("save_model: " + block.name +
                       " holds a number that is infinite or not a number");
    }
    tensors.push_back({.name = block.name, .shape = block.shape, .elements = elements});
  }
  add_columns(tensors, model.scaling.columns, input_arrays);
  add_columns(tensors, model.targets, target_arrays);
  SafetensorsMetadata metadata = to_metadata(model);
  add_table(model.class_names, model.layout, metadata);
  write_safetensors(path, tensors, metadata);
}

std::string target_name(const AnyModel& model, std::size_t k) {
  return std::visit([k](const auto& typed) { return typed.target_name(k); }, model);
}

AnyModel parse_model(std::string_view name, std::vector<std::uint8_t> bytes) {
  const Safetensors file = parse_safetensors(name, std::move(bytes));
  const MetadataReader reader(name, "model", file.metadata());
  reader.expect_format({plain_version, extended_version});
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
