// SPDX-License-Identifier: MIT
#include "gradus/data/csv_dataset.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gradus/core/counted.hpp"
#include "gradus/core/error.hpp"
#include "gradus/data/test_split.hpp"
#include "gradus/formats/csv.hpp"

namespace gradus {
namespace {

constexpr Label max_label = 999;  // a larger one is a number, not a class

/// Whether two names are the same but for capital letters.
bool is_same_word(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

/// The column that the header says is the label.
std::optional<std::size_t> named_label_column(const CsvTable& table) {
  for (const std::string_view word : {"label", "class"}) {
    const auto found =
        std::find_if(table.names.begin(), table.names.end(),
                     [&](const std::string& name) { return is_same_word(name, word); });
    if (found != table.names.end()) {
      return static_cast<std::size_t>(found - table.names.begin());
    }
  }
  return std::nullopt;
}

std::size_t label_column(const CsvTable& table) {
  return named_label_column(table).value_or(0);
}

bool is_byte(float value) {
  return value >= 0 && value <= 255 && value == std::floor(value);
}

/// The rows of a table as samples whose features are numbers.
Samples split_off_labels(const std::filesystem::path& path, const CsvTable& table) {
  if (table.num_cols < 2) {
    throw DataError(path.string(), std::nullopt,
                    "has one column, expected a label and at least one feature");
  }
  const std::size_t label_index = label_column(table);
  Samples samples;
  samples.num_features = table.num_cols - 1;
  samples.values.reserve(table.num_rows * samples.num_features);
  samples.labels.reserve(table.num_rows);
  for (std::size_t r = 0; r < table.num_rows; ++r) {
    const auto row = std::span(table.values).subspan(r * table.num_cols, table.num_cols);
    const float label = row[label_index];
    if (label < 0 || label > max_label || label != std::floor(label)) {
      throw DataError(
          path.string(), std::nullopt,
          fmt::format("row {}: the label is {}, expected a class: 0, 1, 2, ... up to {}",
                      r + (table.names.empty() ? 1 : 2), label, max_label));
    }
    samples.labels.push_back(static_cast<Label>(label));
    samples.values.insert(samples.values.end(), row.begin(),
                          row.begin() + static_cast<std::ptrdiff_t>(label_index));
    samples.values.insert(samples.values.end(),
                          row.begin() + static_cast<std::ptrdiff_t>(label_index) + 1, row.end());
  }
  return samples;
}

void keep_as_bytes(Samples& samples) {
  samples.bytes.resize(samples.values.size());
  std::transform(samples.values.begin(), samples.values.end(), samples.bytes.begin(),
                 [](float value) { return static_cast<std::uint8_t>(value); });
  samples.values = {};
}

Samples pick(const Samples& samples, std::span<const std::uint32_t> indices) {
  Samples picked;
  picked.num_features = samples.num_features;
  picked.values.reserve(indices.size() * samples.num_features);
  for (const std::uint32_t index : indices) {
    const auto row =
        std::span(samples.values).subspan(index * samples.num_features, samples.num_features);
    picked.values.insert(picked.values.end(), row.begin(), row.end());
    picked.labels.push_back(samples.labels[index]);
  }
  return picked;
}

/// What is left to do when both halves are there as numbers.
Dataset finished(const std::filesystem::path& path, Samples train, Samples test) {
  Dataset dataset;
  dataset.name = path.string();
  dataset.sample_shape = Shape{train.num_features};
  for (const Samples* half : {&train, &test}) {
    for (const Label label : half->labels) {
      dataset.num_classes = std::max<std::size_t>(dataset.num_classes, label + std::size_t{1});
    }
  }
  if (dataset.num_classes < 2) {
    throw DataError(path.string(), std::nullopt, "every label is 0, expected at least two classes");
  }
  if (std::all_of(train.values.begin(), train.values.end(), is_byte) &&
      std::all_of(test.values.begin(), test.values.end(), is_byte)) {
    keep_as_bytes(train);
    keep_as_bytes(test);
  }
  dataset.train = std::move(train);
  dataset.test = std::move(test);
  return dataset;
}

}  // namespace

Dataset read_csv_dataset(const std::filesystem::path& path) {
  const Samples all = split_off_labels(path, read_csv(path));
  const TestSplit split = draw_test_split(all.num_samples());
  if (split.test.empty()) {
    throw DataError(path.string(), std::nullopt,
                    fmt::format("has {}, expected at least {}: one in {} is kept for testing",
                                counted(all.num_samples(), "row"), test_share, test_share));
  }
  return finished(path, pick(all, split.train), pick(all, split.test));
}

Dataset read_csv_folder(const std::filesystem::path& folder) {
  const auto train_path = folder / "train.csv";
  const auto test_path = folder / "test.csv";
  const CsvTable train_table = read_csv(train_path);
  const CsvTable test_table = read_csv(test_path);
  Samples train = split_off_labels(train_path, train_table);
  Samples test = split_off_labels(test_path, test_table);
  if (train_table.names != test_table.names) {
    throw DataError(test_path.string(), std::nullopt,
                    "has other column names than train.csv beside it");
  }
  if (train.num_features != test.num_features) {
    throw DataError(test_path.string(), std::nullopt,
                    fmt::format("has {} for each sample, train.csv beside it has {}",
                                counted(test.num_features, "feature"), train.num_features));
  }
  return finished(folder, std::move(train), std::move(test));
}

std::vector<float> read_csv_features(const std::filesystem::path& path, std::size_t num_features) {
  CsvTable table = read_csv(path);
  const bool is_label_named = named_label_column(table).has_value();
  if (table.num_cols != num_features + 1 && (table.num_cols != num_features || is_label_named)) {
    throw ShapeError(
        fmt::format("{}: has {}{}, expected {}, or {} and a label", path.string(),
                    counted(table.num_cols, "column"), is_label_named ? " with the label" : "",
                    counted(num_features, "feature"), num_features == 1 ? "this" : "these"));
  }
  if (table.num_cols != num_features) {
    const std::size_t label_index = label_column(table);
    std::size_t column = 0;
    std::erase_if(table.values, [&](float) {
      const bool is_label = column == label_index;
      column = column + 1 == table.num_cols ? 0 : column + 1;
      return is_label;
    });
  }
  return std::move(table.values);
}

}  // namespace gradus
