// SPDX-License-Identifier: MIT
#include "model_table.hpp"

#include <array>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

#include "gradus/formats/json.hpp"

namespace gradus {
namespace {

constexpr const char* classes_key = "classes";
constexpr const char* table_key = "table";

constexpr std::array<std::pair<MissingCells, std::string_view>, 3> missing_names{
    {{MissingCells::refuse, "refuse"}, {MissingCells::drop, "drop"}, {MissingCells::fill, "mean"}}};

Json to_json(const FeatureColumn& column) {
  Json json{{"name", column.name}, {"place", column.place}};
  if (!column.words.empty()) {
    json["words"] = Json::list(column.words);
  }
  if (column.fill) {
    json["fill"] = *column.fill;
  }
  return json;
}

Json to_json(const TableLayout& layout) {
  Json json{{"columns", layout.num_columns}};
  for (const auto& [missing, name] : missing_names) {
    if (missing == layout.missing) {
      json["missing"] = name;
    }
  }
  json["features"] = Json::array();
  for (const FeatureColumn& column : layout.features) {
    json["features"].push_back(to_json(column));
  }
  json["answers"] = Json::array();
  for (const AnswerColumn& column : layout.answers) {
    json["answers"].push_back(Json{{"name", column.name}, {"place", column.place}});
  }
  return json;
}

/// Reads the parts of a layout; each function throws DataError for what is not as it must be.
class LayoutReader {
 public:
  explicit LayoutReader(const MetadataReader& reader) : reader_(reader) {}

  TableLayout layout(const Json& json) {
    TableLayout layout;
    constexpr double most_columns = 1e6;
    const double columns = number(json.find("columns"));
    if (!(columns >= 1 && columns <= most_columns)) {
      refuse();
    }
    layout.num_columns = static_cast<std::size_t>(columns);
    const std::string& missing = text(json.find("missing"));
    bool is_known = false;
    for (const auto& [value, name] : missing_names) {
      if (missing == name) {
        layout.missing = value;
        is_known = true;
      }
    }
    if (!is_known) {
      refuse();
    }
    for (const Json& column : array(json.find("features"))) {
      layout.features.push_back(feature(column, layout));
    }
    for (const Json& column : array(json.find("answers"))) {
      layout.answers.push_back({text(column.find("name")), place(column, layout)});
    }
    return layout;
  }

  std::vector<std::string> texts(const Json* json) const {
    std::vector<std::string> texts;
    for (const Json& item : array(json)) {
      texts.push_back(text(&item));
    }
    return texts;
  }

  [[noreturn]] void refuse() const {
    reader_.fail("the table or the classes in its metadata are not as expected");
  }

 private:
  FeatureColumn feature(const Json& json, const TableLayout& layout) const {
    FeatureColumn column;
    column.name = text(json.find("name"));
    column.place = place(json, layout);
    if (const Json* const words = json.find("words")) {
      column.words = texts(words);
      if (column.words.empty()) {
        refuse();
      }
    }
    if (const Json* const fill = json.find("fill")) {
      column.fill = number(fill);
      const auto num_words = static_cast<double>(column.words.size());
      if (num_words > 0 && !(*column.fill >= 0 && *column.fill < num_words)) {
        refuse();
      }
    } else if (layout.missing == MissingCells::fill) {
      refuse();
    }
    return column;
  }

  std::size_t place(const Json& json, const TableLayout& layout) const {
    const double place = number(json.find("place"));
    if (!(place >= 0 && place < static_cast<double>(layout.num_columns))) {
      refuse();
    }
    return static_cast<std::size_t>(place);
  }

  double number(const Json* json) const {
    const std::optional<double> number = json == nullptr ? std::nullopt : json->as_number();
    if (!number || !std::isfinite(*number)) {
      refuse();
    }
    return *number;
  }

  const std::string& text(const Json* json) const {
    const std::string* const text = json == nullptr ? nullptr : json->as_string();
    if (text == nullptr) {
      refuse();
    }
    return *text;
  }

  const Json::Array& array(const Json* json) const {
    const Json::Array* const items = json == nullptr ? nullptr : json->as_array();
    if (items == nullptr) {
      refuse();
    }
    return *items;
  }

  const MetadataReader& reader_;
};

}  // namespace

void add_table(const std::vector<std::string>& class_names, const TableLayout& layout,
               SafetensorsMetadata& metadata) {
  if (!class_names.empty()) {
    metadata[classes_key] = Json::list(class_names).to_text();
  }
  if (layout.num_columns > 0) {
    metadata[table_key] = to_json(layout).to_text();
  }
}

std::vector<std::string> read_class_names(const MetadataReader& reader, std::size_t num_classes) {
  const std::string* const written = reader.find(classes_key);
  if (written == nullptr) {
    return {};
  }
  const std::optional<Json> json = parse_json(*written);
  std::vector<std::string> names = LayoutReader(reader).texts(json ? &*json : nullptr);
  if (names.empty() || names.size() > num_classes) {
    reader.fail("its metadata names more classes than its layers tell apart");
  }
  return names;
}

TableLayout read_layout(const MetadataReader& reader, std::size_t num_inputs) {
  const std::string* const written = reader.find(table_key);
  if (written == nullptr) {
    return {};
  }
  const std::optional<Json> json = parse_json(*written);
  LayoutReader layout_reader(reader);
  if (!json) {
    layout_reader.refuse();
  }
  TableLayout layout = layout_reader.layout(*json);
  if (layout.num_inputs() != num_inputs) {
    reader.fail("its table does not make as many inputs as its layers take");
  }
  return layout;
}

}  // namespace gradus
