// SPDX-License-Identifier: MIT
#include "options/language_option.hpp"

#include <array>
#include <cstdlib>
#include <string_view>

#include "gradus/core/registry.hpp"
#include "options/run_arguments.hpp"

namespace gradus::cli {
namespace {

struct LanguageEntry {
  std::string_view id;
  std::string_view summary;
  Language language;
};
constexpr std::array<LanguageEntry, 2> language_entries{
    {{"en", "English", Language::english}, {"ko", "한국어", Language::korean}}};
constexpr Registry<LanguageEntry> languages("language", language_entries);

}  // namespace

std::string language_of_locale() {
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* const locale = std::getenv(variable);
    if (locale != nullptr && *locale != '\0') {
      return std::string_view(locale).starts_with("ko") ? "ko" : "en";
    }
  }
  return "en";
}

void add_language_option(Command& command, std::string& target) {
  add_choice(command, "--lang", "language; the default is that of your locale", target, languages);
}

Language language_of(const std::string& id) {
  return languages.find(id).language;
}

}  // namespace gradus::cli
