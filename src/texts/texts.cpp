// SPDX-License-Identifier: MIT
#include "gradus/texts/texts.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "gradus/core/counted.hpp"
#include "gradus/core/error.hpp"
#include "gradus/formats/json.hpp"
#include "text_files.hpp"

namespace gradus {
namespace {

using Texts = std::map<std::string, std::string, std::less<>>;

constexpr std::string_view common_group = "common";

Texts read(std::string_view file) {
  Texts texts;
  const Json groups = parse_json(file).value();
  for (const auto& [group, entries] : *groups.as_object()) {
    for (const auto& [id, entry] : *entries.as_object()) {
      texts.emplace(group + "." + id, *entry.as_string());
    }
  }
  return texts;
}

const Texts& texts_in(Language language) {
  static const Texts english = read(english_text_file);
  static const Texts korean = read(korean_text_file);
  return language == Language::korean ? korean : english;
}

/// One value as its format wants it.
std::string formatted(Language language, std::string_view group, const Value& value,
                      std::string_view format) {
  if (const auto* number = std::get_if<double>(&value)) {
    return format == ":," ? with_commas(static_cast<std::uint64_t>(*number))
                          : fmt::format(fmt::runtime(fmt::format("{{{}}}", format)), *number);
  }
  if (const auto* id = std::get_if<TextId>(&value)) {
    return text(language, group, id->id);
  }
  return std::get<std::string>(value);
}

}  // namespace

const std::string& text(Language language, std::string_view group, std::string_view id) {
  const Texts& texts = texts_in(language);
  for (const std::string_view place : {group, common_group}) {
    const auto found = texts.find(fmt::format("{}.{}", place, id));
    if (found != texts.end()) {
      return found->second;
    }
  }
  throw StateError(fmt::format("there is no text {}.{}", group, id));
}

std::string text(Language language, std::string_view group, std::string_view id,
                 std::span<const NamedValue> values) {
  const std::string& raw = text(language, group, id);
  std::string filled;
  std::size_t done = 0;
  for (std::size_t open = raw.find('{'); open != std::string::npos; open = raw.find('{', done)) {
    const std::size_t close = raw.find('}', open);
    const std::string_view inside = std::string_view(raw).substr(open + 1, close - open - 1);
    const std::size_t colon = std::min(inside.find(':'), inside.size());
    const auto value =
        std::find_if(values.begin(), values.end(),
                     [name = inside.substr(0, colon)](const auto& v) { return v.name == name; });
    if (close == std::string::npos || value == values.end()) {
      throw StateError(
          fmt::format("the text {}.{} wants {{{}}}, which is not given", group, id, inside));
    }
    filled.append(raw, done, open - done);
    filled += formatted(language, group, value->value, inside.substr(colon));
    done = close + 1;
  }
  return filled.append(raw, done);
}

std::vector<std::string> text_ids(Language language) {
  std::vector<std::string> ids;
  for (const auto& [id, unused] : texts_in(language)) {
    ids.push_back(id);
  }
  return ids;
}

}  // namespace gradus
