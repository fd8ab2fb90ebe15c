// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace gradus {

/// A value as JSON has them (RFC 8259): null, true or false, a number, a string, an array, or an
/// object, whose members keep their order.
///
///   Json json = {{"id", "loss"}, {"value", 0.25}};
///   json["tries"] = Json::list(std::vector{1, 2, 3});
///
/// Text in and out is nlohmann-json's, behind src/formats/json.cpp alone: its headers take seven
/// seconds to compile in every file that meets them.
class Json {
 public:
  using Member = std::pair<std::string, Json>;  // its name and its value
  using Array = std::vector<Json>;
  using Object = std::vector<Member>;

  Json() = default;  ///< null
  Json(std::nullptr_t) {}
  template <std::same_as<bool> Bool>  // a pointer would be one too
  Json(Bool value) : value_(value) {}
  Json(double value) : value_(value) {}
  template <std::integral Integer>
  requires(!std::same_as<Integer, bool>) Json(Integer value) : value_(whole_number(value)) {}
  Json(std::string value) : value_(std::move(value)) {}
  Json(std::string_view value) : value_(std::string(value)) {}
  Json(const char* value) : value_(std::string(value)) {}

  /// An object of these members.
  Json(std::initializer_list<Member> members);

  [[nodiscard]] static Json array() { return Json(Array{}); }
  [[nodiscard]] static Json object();

  /// An array of a range's elements.
  template <class Range>
  [[nodiscard]] static Json list(const Range& range) {
    Array items;
    for (const auto& item : range) {
      items.emplace_back(item);
    }
    return Json(std::move(items));
  }

  [[nodiscard]] bool is_null() const noexcept { return holds<std::nullptr_t>(); }
  [[nodiscard]] bool is_array() const noexcept { return holds<Array>(); }
  [[nodiscard]] bool is_object() const noexcept { return holds<Object>(); }

  /// The value when it is of this kind, else nullptr.
  [[nodiscard]] const std::string* as_string() const noexcept {
    return std::get_if<std::string>(&value_);
  }
  [[nodiscard]] const Array* as_array() const noexcept { return std::get_if<Array>(&value_); }
  [[nodiscard]] const Object* as_object() const noexcept { return std::get_if<Object>(&value_); }

  /// The value when it is any number.
  [[nodiscard]] std::optional<double> as_number() const noexcept;

  /// The member of an object; nullptr when there is none, or when this is no object.
  [[nodiscard]] const Json* find(std::string_view name) const noexcept;

  /// The member of an object, made when it is not there. null becomes an object first. The next new
  /// member makes the reference invalid.
  /// @throws StateError  this is something else
  Json& operator[](std::string_view name);

  /// Puts an element behind the others. null becomes an array first.
  /// @throws StateError  this is something else
  void push_back(Json item);

  /// Sets each member of `other` here.
  /// @throws StateError  `other` is not an object
  void update(const Json& other);

  /// As text. What is not UTF-8 is replaced by U+FFFD, and a number that is not finite becomes
  /// null.
  /// @param indent  spaces, or -1 for one line
  [[nodiscard]] std::string to_text(int indent = -1) const;

  [[nodiscard]] bool operator==(const Json& other) const = default;

 private:
  using Value = std::variant<std::nullptr_t, bool, std::int64_t, std::uint64_t, double, std::string,
                             Array, Object>;

  explicit Json(Array items) : value_(std::move(items)) {}

  /// Whole numbers of at least 0 are kept as unsigned, so that equal ones are equal.
  template <class Integer>
  static Value whole_number(Integer value) {
    if constexpr (std::is_signed_v<Integer>) {
      if (value < 0) {
        return static_cast<std::int64_t>(value);
      }
    }
    return static_cast<std::uint64_t>(value);
  }

  template <class T>
  [[nodiscard]] bool holds() const noexcept {
    return std::holds_alternative<T>(value_);
  }

  friend struct JsonText;  // src/formats/json.cpp

  Value value_;
};

/// Text larger, or arrays and objects deeper inside one another than this are refused.
inline constexpr std::size_t max_json_bytes = std::size_t{64} << 20;
inline constexpr std::size_t max_json_depth = 64;

/// Reads JSON text.
///
/// Cost  O(n log n) in the length of the text; memory in proportion to it
///
/// @returns  nothing when it is not JSON, when an object has a name twice, or when it is larger or
///           deeper than the limits
[[nodiscard]] std::optional<Json> parse_json(std::string_view text);

}  // namespace gradus
