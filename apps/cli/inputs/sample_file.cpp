// SPDX-License-Identifier: MIT
#include "inputs/sample_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <string_view>
#include <utility>

#include "gradus/core/error.hpp"
#include "gradus/data/csv_dataset.hpp"
#include "gradus/formats/file.hpp"
#include "gradus/formats/gzip.hpp"
#include "gradus/formats/idx.hpp"
#include "gradus/formats/npy.hpp"
#include "gradus/formats/picture.hpp"

namespace gradus::cli {
namespace {

using Bytes = std::vector<std::uint8_t>;

bool is_image(const Shape& sample_shape) {
  return sample_shape.num_axes() == 2;
}

/// Whether an array holds a list of samples, or else one.
/// @throws ShapeError  neither
bool is_list_of_samples(const std::string& path, const Shape& shape, const Shape& sample_shape) {
  const Shape flat{sample_shape.num_elements()};
  const auto is_sample = [&](const Shape& candidate) {
    return candidate == sample_shape || candidate == flat;
  };
  if (is_sample(shape)) {
    return false;
  }
  if (shape.num_axes() == 0 || !is_sample(shape.inner())) {
    const std::string list =
        is_image(sample_shape)
            ? fmt::format("(N, {}, {}) or (N, {})", sample_shape[0], sample_shape[1], flat[0])
            : fmt::format("(N, {})", flat[0]);
    throw ShapeError(fmt::format("{}: holds an array of shape {}, the model expects {} or {}", path,
                                 shape.to_string(), sample_shape.to_string(), list));
  }
  if (shape[0] == 0) {
    throw ShapeError(path + ": holds an array of no samples, expected at least one");
  }
  return true;
}

void read_picture(const Bytes& bytes, const ExpectedSamples& expected, SampleFile& file) {
  try {
    const PictureSample sample =
        prepare_picture(decode_picture(file.path, bytes), expected.pictures, expected.shape);
    file.features.assign(sample.pixels.begin(), sample.pixels.end());
    file.num_characters = sample.num_characters;
  } catch (const ShapeError& other_size) {
    throw ShapeError(file.path + ": " + other_size.what());
  } catch (const ValueError& no_ink) {
    throw DataError(file.path, std::nullopt, no_ink.what());
  }
}

/// Pixels go from 0 to 255. An image from 0 to 1, as other programs like them, would look all
/// black to a model that learned from the former.
/// @param kind          what the numbers are called
/// @param are_fractions  numbers that need not be whole; whole ones may all be 0, an empty image
void expect_pixels(const std::string& path, const std::string& kind, bool are_fractions,
                   const ExpectedSamples& expected, const std::vector<float>& values) {
  const auto [lowest, highest] = std::minmax_element(values.begin(), values.end());
  if (*lowest < 0 || *highest > 255) {
    throw DataError(
        path, std::nullopt,
        fmt::format("holds {}, expected pixels from 0 to 255", *lowest < 0 ? *lowest : *highest));
  }
  if (expected.are_full_pixels && *highest <= 1 && (are_fractions || *highest > 0)) {
    throw DataError(path, std::nullopt,
                    fmt::format("holds {} of at most 1, expected pixels from 0 to 255: multiply "
                                "them by 255",
                                kind));
  }
}

std::vector<float> read_array(const std::string& path, const NpyArray& array,
                              const ExpectedSamples& expected) {
  std::vector<float> values = values_of<float>(array);
  const auto wrong =
      std::find_if(values.begin(), values.end(), [](float x) { return !std::isfinite(x); });
  if (wrong != values.end()) {
    const std::ptrdiff_t index = wrong - values.begin();
    const double as_stored = values_of<double>(array)[static_cast<std::size_t>(index)];
    const std::string_view problem =
        std::isfinite(as_stored) ? "too large for a float" : "expected a finite number";
    throw DataError(path, std::nullopt,
                    fmt::format("element {} is {}, {}", index, as_stored, problem));
  }
  if (is_image(expected.shape)) {
    const bool are_fractions =
        array.type.kind == NpyType::Kind::floating || array.type.kind == NpyType::Kind::boolean;
    expect_pixels(path, array.type.name(), are_fractions, expected, values);
  }
  return values;
}

std::vector<float> read_table(const std::string& path, const ExpectedSamples& expected) {
  Samples samples = expected.table.layout.num_columns == 0
                        ? read_csv_features(path, expected.shape.num_elements())
                        : read_csv_samples(path, expected.table, Answers::left_out);
  std::vector<float> values = std::move(samples.values);
  values.insert(values.end(), samples.bytes.begin(), samples.bytes.end());
  if (is_image(expected.shape)) {
    expect_pixels(path, "numbers", true, expected, values);
  }
  return values;
}

}  // namespace

SampleFile read_sample_file(const std::string& path, const ExpectedSamples& expected) {
  SampleFile file{.path = path, .num_features = expected.shape.num_elements()};
  if (is_table_name(path)) {
    file.is_list = true;
    file.features = read_table(path, expected);
    return file;
  }
  const Bytes bytes = read_file(path);
  if (is_picture(bytes)) {
    read_picture(bytes, expected, file);
  } else if (is_npy(bytes)) {
    const NpyArray array = parse_npy(path, bytes);
    file.is_list = is_list_of_samples(path, array.shape, expected.shape);
    file.features = read_array(path, array, expected);
  } else if (is_gzip(bytes) || (bytes.size() >= 2 && bytes[0] == 0 && bytes[1] == 0)) {
    const IdxArray array = parse_idx(path, bytes);
    file.is_list = is_list_of_samples(path, array.shape, expected.shape);
    file.features.assign(array.elements.begin(), array.elements.end());
    if (is_image(expected.shape)) {
      expect_pixels(path, "bytes", false, expected, file.features);
    }
  } else {
    throw DataError(path, std::nullopt,
                    fmt::format("is not a PNG, JPEG, IDX or NPY file, nor a table: its name ends "
                                "in none of {}",
                                fmt::join(table_endings, ", ")));
  }
  return file;
}

}  // namespace gradus::cli
