// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gradus/texts/named_value.hpp"

namespace gradus {

enum class Language { english, korean };

/// The sentences people read, from text/en.json and text/ko.json, which are part of the library.
///
/// They lie in groups: one for each experiment, one `common` that all of them share, one for each
/// kind of result (`finding`, `divergence`, `descent_outcome`, ...), and others for the faces that
/// show them. A text holds values as {name}, or as {name:.3f} with a format that is fmt's, or as
/// {name:,} for a count: 60,000. A number without a format has as many digits as it needs.
///
/// @throws StateError  there is no such text
[[nodiscard]] const std::string& text(Language language, std::string_view group,
                                      std::string_view id);

/// A text with its values put in; one that is a TextId is looked up in the same group.
/// @throws StateError  also when a value that the text wants is not given
[[nodiscard]] std::string text(Language language, std::string_view group, std::string_view id,
                               std::span<const NamedValue> values);

/// All ids, as GROUP.ID.
[[nodiscard]] std::vector<std::string> text_ids(Language language);

}  // namespace gradus
