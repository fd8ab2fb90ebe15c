// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "gradus/core/real.hpp"
#include "gradus/core/shape.hpp"
#include "gradus/core/task.hpp"
#include "gradus/data/input_scaling.hpp"
#include "gradus/data/picture_preparation.hpp"
#include "gradus/data/table_layout.hpp"
#include "gradus/nn/network.hpp"

namespace gradus {

/// A trained network with all that is needed to use it: what it is made of, its parameters, and how
/// features are prepared for it.
template <Real T>
struct Model {
  NetworkOptions network;
  std::string loss = "cross_entropy";
  InputScaling scaling = {};  // what each feature goes through first
  Shape sample_shape;         // of what it was trained on: (28, 28), (4,)
  PicturePreparation pictures = PicturePreparation::mnist_style;  // how one becomes a sample
  std::vector<T> parameters;                  // (P), laid out as Network::blocks() says
  std::vector<std::string> class_names = {};  // empty: a class is called by its number
  TableLayout layout = {};                    // of the table it was trained on, if it was one
  Standardization targets = {};  // of the numbers it answers with (K); empty for classes
  std::vector<std::string> target_names = {};  // (K), or empty when they have none

  [[nodiscard]] Task task() const noexcept {
    return targets.empty() ? Task::classification : Task::regression;
  }

  /// How to read other tables for it.
  [[nodiscard]] TableKnowledge table_knowledge() const {
    const bool has_classes = task() == Task::classification;
    return {layout, has_classes ? network.layer_sizes.back() : 0, class_names};
  }

  /// What a person calls an output.
  [[nodiscard]] std::string target_name(std::size_t k) const {
    return k < target_names.size() ? target_names[k] : std::to_string(k);
  }
};

/// Writes a model as safetensors: arrays W1 b1 W2 b2 ..., everything else as metadata. Nothing in
/// it can run; docs/formats.md has its grammar.
/// @throws ShapeError  the network has another number of parameters, or the sample shape or the
///                     scaling does not fit its inputs
/// @throws ValueError  a parameter or the scaling is infinite or not a number, or an unknown loss
/// @throws FileError   the file cannot be written; an older one is then still there
template <Real T>
void save_model(const std::filesystem::path& path, const Model<T>& model);

/// A model in the precision it was trained in.
using AnyModel = std::variant<Model<float>, Model<double>>;

/// What a person calls one of the numbers that a model answers with.
[[nodiscard]] std::string target_name(const AnyModel& model, std::size_t k);

/// @throws DataError  unreadable, no model of ours, of a newer version, arrays that do not fit the
///                    layers it names, or a parameter that is infinite or not a number
[[nodiscard]] AnyModel load_model(const std::filesystem::path& path);

/// As load_model(), from the bytes of a file.
/// @param name  what stands for the path in messages
[[nodiscard]] AnyModel parse_model(std::string_view name, std::vector<std::uint8_t> bytes);

}  // namespace gradus
