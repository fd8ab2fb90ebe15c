// SPDX-License-Identifier: MIT
#include "terminal/lab_report.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <vector>

#include "terminal/character_plot.hpp"
#include "terminal/text_layout.hpp"

namespace gradus::cli {
namespace {

constexpr std::size_t line_width = 100;
constexpr std::string_view words = "lab";  // the group of texts that are this report's own

std::string number_text(double number, int digits) {
  if (std::isnan(number)) {
    return "nan";  // also when its sign is set
  }
  return digits == all_digits ? fmt::format("{}", number) : fmt::format("{:.{}g}", number, digits);
}

std::string cell_text(const Value& value, int digits, Language language, std::string_view group) {
  if (const auto* number = std::get_if<double>(&value)) {
    return number_text(*number, digits);
  }
  if (const auto* id = std::get_if<TextId>(&value)) {
    return text(language, group, id->id);
  }
  return std::get<std::string>(value);
}

/// A column of numbers is set to the right, one of words to the left.
std::string table_text(const Table& table, Language language, std::string_view group) {
  std::vector<std::string> lines(table.rows.size() + 1);
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    std::vector<std::string> cells{text(language, group, table.columns[column].id)};
    bool is_numeric = true;
    for (const std::vector<Value>& row : table.rows) {
      is_numeric = is_numeric && std::holds_alternative<double>(row[column]);
      cells.push_back(cell_text(row[column], table.columns[column].digits, language, group));
    }
    std::size_t width = 0;
    for (const std::string& cell : cells) {
      width = std::max(width, display_width(cell));
    }
    const bool is_last = column + 1 == table.columns.size();
    for (std::size_t i = 0; i < cells.size(); ++i) {
      lines[i] += "  " + (is_numeric ? padded_left(cells[i], width)
                          : is_last  ? cells[i]
                                     : padded_right(cells[i], width));
    }
  }
  std::string joined = text(language, group, table.id) + "\n";
  for (const std::string& line : lines) {
    joined += line + "\n";
  }
  return joined;
}

std::string scalars_text(const std::vector<NamedNumber>& scalars, Language language,
                         std::string_view group) {
  std::size_t width = 0;
  for (const NamedNumber& scalar : scalars) {
    width = std::max(width, display_width(text(language, group, scalar.id)));
  }
  std::string lines;
  for (const NamedNumber& scalar : scalars) {
    lines += fmt::format("{}  {}\n", padded_right(text(language, group, scalar.id), width),
                         number_text(scalar.value, all_digits));
  }
  return lines;
}

/// The remarks of one kind under its heading.
std::string remarks_text(const std::vector<Remark>& remarks, RemarkKind kind, Language language,
                         std::string_view group) {
  std::string lines;
  for (const Remark& remark : remarks) {
    if (remark.kind == kind) {
      lines +=
          "- " + wrapped(text(language, group, remark.id, remark.values), line_width, 2) + "\n";
    }
  }
  return lines.empty() ? "" : "\n" + text(language, words, to_string(kind)) + "\n" + lines;
}

}  // namespace

std::string list_of_experiments(Language language) {
  std::string lines = text(language, words, "experiments") + "\n";
  std::string_view section;
  std::size_t width = 0;
  for (const Experiment& experiment : experiments()) {
    width = std::max(width, experiment.id.size());
  }
  for (const Experiment& experiment : experiments()) {
    if (experiment.section != section) {
      section = experiment.section;
      lines += fmt::format("\n{} {}  {}\n", text(language, words, "section"), section,
                           text(language, "section", section));
    }
    lines +=
        fmt::format("  {:<{}}  {}\n", experiment.id, width, text(language, experiment.id, "title"));
  }
  return lines;
}

std::string list_of_parameters(const Experiment& experiment, Language language) {
  std::string lines;
  for (const Parameter& parameter : experiment.parameters) {
    const std::string id = "parameter." + std::string(parameter.id);
    lines += fmt::format("  --set {}={}\n", parameter.id, parameter.initial);
    lines += fmt::format("      {}\n", text(language, experiment.id, id + ".help"));
    lines += fmt::format("      {}: ", text(language, words, "try"));
    const std::vector<std::string_view> tries = parameter.values_to_try();
    for (std::size_t i = 0; i < tries.size(); ++i) {
      lines += fmt::format("{}{}", i == 0 ? "" : "   ", tries[i]);
    }
    lines += "\n";
  }
  return lines;
}

std::string report(const Experiment& experiment, const Settings& settings, const Result& result,
                   Language language, bool draws) {
  const std::string_view group = experiment.id;
  std::string lines =
      fmt::format("{}  ({})\n\n", text(language, group, "title"), experiment.section);
  lines += wrapped(text(language, group, "about"), line_width) + "\n\n";

  std::size_t width = 0;
  for (const Parameter& parameter : experiment.parameters) {
    width = std::max(width, parameter.id.size());
  }
  lines += text(language, words, "parameters") + "\n";
  for (const Parameter& parameter : experiment.parameters) {
    const std::string help = "parameter." + std::string(parameter.id) + ".help";
    lines += fmt::format("  {:<{}} = {}   ({})\n", parameter.id, width, settings.text(parameter.id),
                         text(language, group, help));
  }
  if (!result.scalars.empty()) {
    lines += "\n" + scalars_text(result.scalars, language, group);
  }
  for (const Table& table : result.tables) {
    lines += "\n" + table_text(table, language, group);
  }
  for (std::size_t i = 0; draws && i < result.figures.size(); ++i) {
    const std::string drawn = character_plot(result.figures[i], language, group);
    lines += drawn.empty() ? "" : "\n" + drawn;
    draws = drawn.empty();
  }
  for (const RemarkKind kind : {RemarkKind::warning, RemarkKind::finding, RemarkKind::mistake}) {
    lines += remarks_text(result.remarks, kind, language, group);
  }
  return lines;
}

}  // namespace gradus::cli
