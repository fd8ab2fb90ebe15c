// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

namespace gradus {

/// A word that has a text of its own in each language.
struct TextId {
  std::string id;
};

/// The types of counts and measures. A truth value is not among them.
template <class T>
concept Number = std::is_arithmetic_v<T> && !std::same_as<T, bool>;

/// A number; or a text that is the same in all languages; or one that is not.
///
/// A count becomes a double, and stays exact up to 2^53.
class Value : public std::variant<double, std::string, TextId> {
 public:
  template <Number T>
  Value(T number) : variant(static_cast<double>(number)) {}
  Value(std::string text) : variant(std::move(text)) {}
  Value(const char* text) : variant(text) {}
  Value(TextId text) : variant(std::move(text)) {}
};

struct NamedValue {
  std::string name;
  Value value;
};

}  // namespace gradus
