// SPDX-License-Identifier: MIT
#include "gradus/data/csv_dataset.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "column_choice.hpp"
#include "formats/in_quotes.hpp"
#include "gradus/core/counted.hpp"
#include "gradus/core/error.hpp"
#include "gradus/core/numbers_below.hpp"
#include "gradus/data/test_split.hpp"
#include "gradus/formats/csv.hpp"
#include "place_columns.hpp"
#include "table_classes.hpp"
#include "table_reader.hpp"

namespace gradus {
namespace {

using Rows = std::vector<std::uint32_t>;

std::vector<std::size_t> places_of(const TableLayout& layout) {
  std::vector<std::size_t> places;
  for (const FeatureColumn& column : layout.features) {
    places.push_back(column.place);
  }
  return places;
}

bool is_byte(float value) {
  return value >= 0 && value <= 255 && value == std::floor(value);
}

bool are_bytes(const std::vector<float>& values) {
  return std::all_of(values.begin(), values.end(), is_byte);
}

void keep_as_bytes(Samples& samples) {
  samples.bytes.resize(samples.values.size());
  std::transform(samples.values.begin(), samples.values.end(), samples.bytes.begin(),
                 [](float value) { return static_cast<std::uint8_t>(value); });
  samples.values = {};
}

/// Picks from a list by index.
template <class T>
std::vector<T> picked(const std::vector<T>& from, const Rows& indices) {
  std::vector<T> all;
  all.reserve(indices.size());
  for (const std::uint32_t index : indices) {
    all.push_back(from[index]);
  }
  return all;
}

/// Some rows, with their classes, or their targets where there are no classes.
Samples samples_of(const TableReader& reader, const Rows& rows, std::vector<Label> labels,
                   std::size_t num_targets) {
  Samples samples;
  samples.values = reader.features(rows);
  samples.num_features = samples.values.size() / rows.size();
  samples.labels = std::move(labels);
  samples.num_targets = num_targets;
  samples.rows.reserve(rows.size());
  for (const std::uint32_t row : rows) {
    samples.rows.push_back(static_cast<std::uint32_t>(reader.row_number(row)));
  }
  if (num_targets > 0) {
    samples.targets = reader.targets(rows);
  }
  return samples;
}

TableLayout layout_of(const CsvTable& table, const ColumnChoice& choice, MissingCells missing) {
  TableLayout layout;
  layout.num_columns = table.num_cols();
  layout.missing = missing;
  for (const std::size_t place : choice.features) {
    layout.features.push_back({.name = table.columns[place].name,
                               .place = place,
                               .words = table.columns[place].words,
                               .fill = {}});
  }
  for (const std::size_t place : choice.answers) {
    layout.answers.push_back({table.columns[place].name, place});
  }
  return layout;
}

/// A table whose columns nobody knew before.
class NewTable {
 public:
  /// @param fewest  rows with which something can be done
  NewTable(const std::filesystem::path& path, const TableOptions& options, std::size_t fewest)
      : name_(path.string()),
        table_(read_csv(path)),
        choice_(choose_columns(name_, table_, options)) {
    check_feature_columns(name_, table_, choice_.features, options.missing);
    layout_ = layout_of(table_, choice_, options.missing);
    const TableReader reader(name_, table_, layout_, Purpose::learning);
    rows_ = reader.usable_rows();
    if (rows_.size() < fewest) {
      throw DataError(name_, std::nullopt,
                      fmt::format("has {}, expected at least {}: one in {} is kept for testing",
                                  counted(rows_.size(), "row"), fewest, test_share));
    }
    if (num_targets() == 0) {
      classes_ = find_classes(reader, rows_);
    }
  }

  [[nodiscard]] std::size_t num_targets() const {
    return choice_.are_targets ? choice_.answers.size() : 0;
  }
  [[nodiscard]] std::size_t num_rows() const { return rows_.size(); }

  /// Its rows by class, or by chance alone.
  [[nodiscard]] TestSplit split() const {
    return choice_.are_targets ? draw_test_split(rows_.size())
                               : draw_test_split(classes_.labels, classes_.num_classes);
  }

  /// What is told of the data set, and the samples to learn from.
  /// @param train  which of the usable rows they are
  [[nodiscard]] Dataset learned(const std::string& name, const Rows& train) {
    if (layout_.missing == MissingCells::fill) {
      set_fills(table_, picked(rows_, train), layout_);
    }
    Dataset dataset;
    dataset.name = name;
    dataset.num_classes = classes_.num_classes;
    dataset.class_names = classes_.names;
    dataset.layout = layout_;
    dataset.reading.label_reason = choice_.label_reason;
    dataset.reading.num_dropped_rows = table_.num_rows - rows_.size();
    dataset.reading.counting = counting_columns(table_, choice_.features);
    for (std::size_t place = 0; place < table_.num_cols(); ++place) {
      if (table_.columns[place].num_rounded > 0 && is_used(place)) {
        dataset.reading.rounded.push_back(place);
      }
    }
    dataset.train = samples(train, dataset.reading);
    dataset.sample_shape = Shape{dataset.train.num_features};
    return dataset;
  }

  /// @param indices  which of the usable rows
  [[nodiscard]] Samples samples(const Rows& indices, TableReading& reading) const {
    const TableReader reader(name_, table_, layout_, Purpose::learning);
    const Rows rows = picked(rows_, indices);
    reading.num_filled_cells += reader.num_missing(rows);
    return samples_of(reader, rows,
                      choice_.are_targets ? std::vector<Label>() : picked(classes_.labels, indices),
                      num_targets());
  }

  /// Pixels are kept as bytes, when the test samples can be too.
  void keep_pixels(Dataset& dataset) const {
    if (!are_pixels(table_, choice_.features) || !are_bytes(dataset.test.values)) {
      return;
    }
    keep_as_bytes(dataset.train);
    keep_as_bytes(dataset.test);
    if (const std::size_t side = image_side(dataset.train.num_features); side > 0) {
      dataset.sample_shape = Shape{side, side};
    }
  }

 private:
  [[nodiscard]] bool is_used(std::size_t place) const {
    const auto has = [place](const std::vector<std::size_t>& places) {
      return std::find(places.begin(), places.end(), place) != places.end();
    };
    return has(choice_.features) || has(choice_.answers);
  }

  std::string name_;
  CsvTable table_;
  ColumnChoice choice_;
  TableLayout layout_;
  Rows rows_;  // that can be used
  RowClasses classes_;
};

/// Rows of another table, as they are taken that were learned from.
struct KnownRows {
  Samples samples;
  bool are_pixels = false;
  std::size_t num_dropped = 0;
  std::size_t num_filled = 0;
};

KnownRows read_known(const std::filesystem::path& path, const TableKnowledge& knowledge,
                     Answers answers) {
  const std::string name = path.string();
  const CsvTable table = read_csv(path);
  TableLayout layout = place_columns(name, table, knowledge.layout, answers);
  if (answers == Answers::left_out && layout.missing == MissingCells::drop) {
    layout.missing = MissingCells::refuse;  // each row gets an answer
  }
  const TableReader reader(name, table, layout, Purpose::applying);
  const Rows rows = reader.usable_rows();
  KnownRows known;
  known.num_dropped = table.num_rows - rows.size();
  known.num_filled = reader.num_missing(rows);
  known.are_pixels = are_pixels(table, places_of(layout));
  const bool has_classes = answers == Answers::needed && knowledge.num_classes > 0;
  const std::size_t num_targets =
      answers == Answers::needed && !has_classes ? layout.answers.size() : 0;
  known.samples = samples_of(
      reader, rows, has_classes ? known_labels(reader, rows, knowledge) : std::vector<Label>(),
      num_targets);
  return known;
}

TableKnowledge knowledge_of(const Dataset& dataset) {
  return {dataset.layout, dataset.num_classes, dataset.class_names};
}

/// Kaggle's test.csv has no label: it is there to be classified.
void expect_answers(const std::filesystem::path& test_path, const std::filesystem::path& train_path,
                    const Dataset& dataset) {
  const CsvTable test = read_csv(test_path);
  for (const AnswerColumn& answer : dataset.layout.answers) {
    const bool is_there =
        std::any_of(test.columns.begin(), test.columns.end(),
                    [&](const CsvColumn& column) { return column.name == answer.name; });
    if (test.has_header && !answer.name.empty() && !is_there) {
      throw DataError(
          test_path.string(), std::nullopt,
          fmt::format("has no column {}; to learn use --data {}, to classify these rows gradus "
                      "predict RUN {}",
                      in_quotes(answer.name), train_path.string(), test_path.string()));
    }
  }
}

}  // namespace

Dataset read_csv_dataset(const std::filesystem::path& path, const TableOptions& options) {
  NewTable table(path, options, test_share);
  const TestSplit split = table.split();
  Dataset dataset = table.learned(path.string(), split.train);
  dataset.test = table.samples(split.test, dataset.reading);
  table.keep_pixels(dataset);
  return dataset;
}

Dataset read_csv_folder(const std::filesystem::path& folder, const TableOptions& options) {
  const auto train_path = folder / "train.csv";
  const auto test_path = folder / "test.csv";
  NewTable table(train_path, options, 1);
  Dataset dataset = table.learned(folder.string(), numbers_below<std::uint32_t>(table.num_rows()));
  expect_answers(test_path, train_path, dataset);
  KnownRows test = read_known(test_path, knowledge_of(dataset), Answers::needed);
  dataset.test = std::move(test.samples);
  dataset.reading.num_dropped_rows += test.num_dropped;
  dataset.reading.num_filled_cells += test.num_filled;
  table.keep_pixels(dataset);
  return dataset;
}

Samples read_csv_samples(const std::filesystem::path& path, const TableKnowledge& knowledge,
                         Answers answers) {
  KnownRows known = read_known(path, knowledge, answers);
  if (known.are_pixels) {
    keep_as_bytes(known.samples);
  }
  return std::move(known.samples);
}

TableLayout find_layout(const std::filesystem::path& path, const TableOptions& options) {
  const CsvTable table = read_csv(path);
  return layout_of(table, choose_columns(path.string(), table, options), options.missing);
}

Samples read_csv_features(const std::filesystem::path& path, std::size_t num_features) {
  const std::string name = path.string();
  const CsvTable table = read_csv(path);
  std::vector<std::size_t> places = numbers_below<std::size_t>(table.num_cols());
  const auto label = named_label(name, table, places);
  if (label) {
    places.erase(places.begin() + static_cast<std::ptrdiff_t>(*label));
  }
  if (places.size() != num_features) {
    throw DataError(name, std::nullopt,
                    fmt::format("has {}{}, the network takes {}", counted(places.size(), "column"),
                                label ? " beside the label" : "", num_features));
  }
  const TableLayout layout =
      layout_of(table, {.answers = {}, .features = places}, MissingCells::refuse);
  if (layout.num_inputs() != num_features) {
    throw DataError(name, std::nullopt, "has columns of text, the network takes numbers");
  }
  const TableReader reader(name, table, layout, Purpose::applying);
  Samples samples;
  samples.num_features = num_features;
  samples.values = reader.features(reader.usable_rows());
  return samples;
}

bool is_table_name(const std::filesystem::path& path) {
  std::string ending = path.extension().string();
  for (char& c : ending) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return std::find(table_endings.begin(), table_endings.end(), ending) != table_endings.end();
}

}  // namespace gradus
