// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "gradus/texts/texts.hpp"
#include "options/command.hpp"

namespace gradus::cli {

/// The id of the language of the user's locale, as every program finds it: en or ko.
[[nodiscard]] std::string language_of_locale();

/// Adds --lang. The target has the id of a language, before and after.
void add_language_option(Command& command, std::string& target);

/// @param id  en or ko
[[nodiscard]] Language language_of(const std::string& id);

}  // namespace gradus::cli
