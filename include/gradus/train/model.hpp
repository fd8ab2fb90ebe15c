// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "gradus/core/real.hpp"
#include "gradus/core/shape.hpp"
#include "gradus/data/picture_preparation.hpp"
#include "gradus/nn/network.hpp"

namespace gradus {

/// A trained network with all that is needed to use it: what it is made of, its parameters, and how
/// features are prepared for it.
template <Real T>
struct Model {
  NetworkOptions network;
  std::string loss = "cross_entropy";
  double input_scale = 1;  // each feature is multiplied with it first
  Shape sample_shape;      // of what it was trained on: (28, 28), (4,)
  PicturePreparation pictures = PicturePreparation::mnist_style;  // how one becomes a sample
  std::vector<T> parameters;  // (P), laid out as Network::blocks() says
};

/// Writes a model as safetensors: arrays W1 b1 W2 b2 ..., everything else as metadata. Nothing in
/// it can run; docs/formats.md has its grammar.
/// @throws ShapeError  the network has another number of parameters, or the sample shape does not
///                     fit its inputs
/// @throws ValueError  a parameter or the scale is infinite or not a number, or an unknown loss
/// @throws FileError   the file cannot be written; an older one is then still there
template <Real T>
void save_model(const std::filesystem::path& path, const Model<T>& model);

/// A model in the precision it was trained in.
using AnyModel = std::variant<Model<float>, Model<double>>;

/// @throws DataError  unreadable, no model of ours, of a newer version, arrays that do not fit the
///                    layers it names, or a parameter that is infinite or not a number
[[nodiscard]] AnyModel load_model(const std::filesystem::path& path);

/// As load_model(), from the bytes of a file.
/// @param name  what stands for the path in messages
[[nodiscard]] AnyModel parse_model(std::string_view name, std::vector<std::uint8_t> bytes);

}  // namespace gradus
