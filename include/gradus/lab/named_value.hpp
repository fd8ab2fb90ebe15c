// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <variant>

namespace gradus {

/// A word that has a text of its own in each language.
struct TextId {
  std::string id;
};

/// A number; or a text that is the same in all languages; or one that is not.
using Value = std::variant<double, std::string, TextId>;

struct NamedValue {
  std::string name;
  Value value;
};

}  // namespace gradus
