// SPDX-License-Identifier: MIT
#include "gradus/lab/to_json.hpp"

#include <array>
#include <cmath>

#include "gradus/formats/json.hpp"

namespace gradus {
namespace {

Json number(double value) {
  if (std::isnan(value)) {
    return "NaN";
  }
  if (std::isinf(value)) {
    return value > 0 ? "Infinity" : "-Infinity";
  }
  return value;
}

Json numbers(const std::vector<double>& values) {
  Json list = Json::array();
  for (const double value : values) {
    list.push_back(number(value));
  }
  return list;
}

/// Writes the parts of one experiment; texts are looked up among its own.
class Writer {
 public:
  Writer(Language language, std::string_view group) : language_(language), group_(group) {}

  [[nodiscard]] std::string in_words(std::string_view id) const {
    return id.empty() ? "" : text(language_, group_, id);
  }

  [[nodiscard]] std::string label(const Series& series) const {
    return series.label.empty() ? "" : text(language_, group_, series.label, series.values);
  }

  [[nodiscard]] Json value(const Value& value) const {
    if (const auto* real = std::get_if<double>(&value)) {
      return number(*real);
    }
    if (const auto* id = std::get_if<TextId>(&value)) {
      return in_words(id->id);
    }
    return std::get<std::string>(value);
  }

  [[nodiscard]] Json parameter(const Parameter& parameter) const {
    const std::string id(parameter.id);
    Json json = {{"id", id},
                 {"name", in_words("parameter." + id)},
                 {"help", in_words("parameter." + id + ".help")},
                 {"kind", to_string(parameter.kind)},
                 {"default", parameter.initial},
                 {"tries", Json::list(parameter.values_to_try())}};
    if (parameter.kind == ParameterKind::choice) {
      json["choices"] = Json::list(parameter.choices());
    }
    if (std::isfinite(parameter.minimum)) {
      json["minimum"] = parameter.minimum;
    }
    if (std::isfinite(parameter.maximum)) {
      json["maximum"] = parameter.maximum;
    }
    return json;
  }

  [[nodiscard]] Json table(const Table& table) const {
    Json json = {{"id", table.id}, {"title", in_words(table.id)}, {"columns", Json::array()}};
    for (const Column& column : table.columns) {
      json["columns"].push_back({{"id", column.id}, {"name", in_words(column.id)}});
    }
    json["rows"] = Json::array();
    for (const std::vector<Value>& row : table.rows) {
      Json cells = Json::array();
      for (const Value& cell : row) {
        cells.push_back(value(cell));
      }
      json["rows"].push_back(std::move(cells));
    }
    return json;
  }

  [[nodiscard]] Json axis(const Axis& axis) const {
    Json json = {
        {"label", axis.label.empty() ? "" : text(language_, group_, axis.label, axis.values)},
        {"log", axis.is_log}};
    if (axis.range) {
      json["range"] = Json::list(std::array{axis.range->first, axis.range->second});
    }
    if (!axis.names.empty()) {
      json["names"] = Json::list(axis.names);
    }
    return json;
  }

  [[nodiscard]] Json figure(const Figure& figure) const {
    Json json = {{"id", figure.title},
                 {"title", text(language_, group_, figure.title, figure.values)},
                 {"x", axis(figure.x)},
                 {"y", axis(figure.y)}};
    if (figure.z) {
      json["z"] = axis(*figure.z);
    }
    json["equal_scales"] = figure.has_equal_scales;
    json["series"] = Json::array();
    for (const Series& series : figure.series) {
      Json drawn = {{"kind", to_string(series.kind)}, {"label", label(series)}};
      drawn["x"] = numbers(series.x);
      drawn["y"] = numbers(series.y);
      if (is_over_grid(series.kind)) {
        drawn["z"] = numbers(series.z);
      }
      if (series.kind == SeriesKind::arrows) {
        drawn["dx"] = numbers(series.dx);
        drawn["dy"] = numbers(series.dy);
      }
      json["series"].push_back(std::move(drawn));
    }
    return json;
  }

  [[nodiscard]] Json remark(const Remark& remark) const {
    Json values = Json::object();
    for (const NamedValue& named : remark.values) {
      values[named.name] = value(named.value);
    }
    return {{"id", remark.id},
            {"kind", to_string(remark.kind)},
            {"text", text(language_, group_, remark.id, remark.values)},
            {"values", std::move(values)}};
  }

 private:
  Language language_;
  std::string_view group_;
};

}  // namespace

std::string experiments_to_json(Language language) {
  Json json = Json::array();
  for (const Experiment& experiment : experiments()) {
    const Writer writer(language, experiment.id);
    Json listed = {{"id", experiment.id},
                   {"section", experiment.section},
                   {"title", writer.in_words("title")},
                   {"about", writer.in_words("about")},
                   {"parameters", Json::array()}};
    for (const Parameter& parameter : experiment.parameters) {
      listed["parameters"].push_back(writer.parameter(parameter));
    }
    json.push_back(std::move(listed));
  }
  return json.to_text();
}

std::string to_json(const Experiment& experiment, const Settings& settings, const Result& result,
                    Language language) {
  const Writer writer(language, experiment.id);
  Json json = {{"id", experiment.id},
               {"section", experiment.section},
               {"title", writer.in_words("title")},
               {"parameters", Json::object()},
               {"scalars", Json::object()},
               {"tables", Json::array()},
               {"figures", Json::array()},
               {"remarks", Json::array()}};
  for (const Parameter& parameter : experiment.parameters) {
    json["parameters"][std::string(parameter.id)] = settings.text(parameter.id);
  }
  for (const NamedNumber& scalar : result.scalars) {
    json["scalars"][scalar.id] = number(scalar.value);
  }
  for (const Table& table : result.tables) {
    json["tables"].push_back(writer.table(table));
  }
  for (const Figure& figure : result.figures) {
    json["figures"].push_back(writer.figure(figure));
  }
  for (const Remark& remark : result.remarks) {
    json["remarks"].push_back(writer.remark(remark));
  }
  return json.to_text();
}

}  // namespace gradus
