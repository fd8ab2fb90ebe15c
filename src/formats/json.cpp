// SPDX-License-Identifier: MIT
#include "gradus/formats/json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "gradus/core/error.hpp"

namespace gradus {
namespace {

/// Builds a value event by event, so that nothing grows deeper than it may.
class Builder final : public nlohmann::json_sax<nlohmann::ordered_json> {
 public:
  [[nodiscard]] Json take() { return std::move(root_); }

  bool null() override { return add(nullptr); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(number_integer_t value) override { return add(value); }
  bool number_unsigned(number_unsigned_t value) override { return add(value); }
  bool number_float(number_float_t value, const string_t&) override { return add(value); }
  bool string(string_t& value) override { return add(std::move(value)); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Json::object()); }
  bool start_array(std::size_t) override { return open(Json::array()); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    key_ = std::move(name);
    return true;
  }

  bool end_object() override {
    std::vector<std::string_view> names;
    for (const Json::Member& member : *open_.back()->as_object()) {
      names.push_back(member.first);
    }
    std::sort(names.begin(), names.end());
    return std::adjacent_find(names.begin(), names.end()) == names.end() && close();
  }

  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    return false;
  }

 private:
  bool add(Json value) {
    place(std::move(value));
    return true;
  }

  bool open(Json value) {
    if (open_.size() == max_json_depth) {
      return false;
    }
    open_.push_back(&place(std::move(value)));
    return true;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  Json& place(Json value);

  Json root_;
  std::vector<Json*>
      open_;  // from the outermost to the innermost: each is the last of the one before
  std::string key_;
};

}  // namespace

/// Reaches into values, for reading and writing text.
struct JsonText {
  using Written = nlohmann::ordered_json;

  static Json& append(Json& container, std::string name, Json value) {
    if (auto* const items = std::get_if<Json::Array>(&container.value_)) {
      return items->emplace_back(std::move(value));
    }
    auto& members = std::get<Json::Object>(container.value_);
    return members.emplace_back(std::move(name), std::move(value)).second;
  }

  static Written written(const Json& json) {
    return std::visit([](const auto& value) { return written_value(value); }, json.value_);
  }

 private:
  template <class T>
  static Written written_value(const T& value) {
    return value;
  }

  static Written written_value(const Json::Array& items) {
    Written list = Written::array();
    for (const Json& item : items) {
      list.push_back(written(item));
    }
    return list;
  }

  static Written written_value(const Json::Object& members) {
    Written object = Written::object();
    for (const Json::Member& member : members) {
      // Names are unique already; looking each up again would take quadratic time.
      object.get_ref<Written::object_t&>().Written::object_t::Container::emplace_back(
          member.first, written(member.second));
    }
    return object;
  }
};

namespace {

Json& Builder::place(Json value) {
  if (open_.empty()) {
    return root_ = std::move(value);
  }
  return JsonText::append(*open_.back(), std::move(key_), std::move(value));
}

}  // namespace

Json::Json(std::initializer_list<Member> members) : value_(Object(members)) {
}

Json Json::object() {
  Json json;
  json.value_ = Object{};
  return json;
}

std::optional<double> Json::as_number() const noexcept {
  if (const auto* const real = std::get_if<double>(&value_)) {
    return *real;
  }
  if (const auto* const whole = std::get_if<std::uint64_t>(&value_)) {
    return static_cast<double>(*whole);
  }
  if (const auto* const negative = std::get_if<std::int64_t>(&value_)) {
    return static_cast<double>(*negative);
  }
  return std::nullopt;
}

const Json* Json::find(std::string_view name) const noexcept {
  const Object* const members = as_object();
  if (members == nullptr) {
    return nullptr;
  }
  const auto found = std::find_if(members->begin(), members->end(),
                                  [name](const Member& member) { return member.first == name; });
  return found == members->end() ? nullptr : &found->second;
}

Json& Json::operator[](std::string_view name) {
  if (is_null()) {
    value_ = Object{};
  }
  auto* const members = std::get_if<Object>(&value_);
  if (members == nullptr) {
    throw StateError("Json: a member is asked of what is not an object");
  }
  const auto found = std::find_if(members->begin(), members->end(),
                                  [name](const Member& member) { return member.first == name; });
  if (found != members->end()) {
    return found->second;
  }
  return members->emplace_back(std::string(name), Json()).second;
}

void Json::push_back(Json item) {
  if (is_null()) {
    value_ = Array{};
  }
  auto* const items = std::get_if<Array>(&value_);
  if (items == nullptr) {
    throw StateError("Json: an element is added to what is not an array");
  }
  items->push_back(std::move(item));
}

void Json::update(const Json& other) {
  if (!other.is_object()) {
    throw StateError("Json: the members are asked of what is not an object");
  }
  for (const Member& member : std::get<Object>(other.value_)) {
    (*this)[member.first] = member.second;
  }
}

std::string Json::to_text(int indent) const {
  return JsonText::written(*this).dump(indent, ' ', false,
                                       nlohmann::ordered_json::error_handler_t::replace);
}

std::optional<Json> parse_json(std::string_view text) {
  // nlohmann-json takes a zero byte for the end, and whatever comes after it would be hidden.
  if (text.size() > max_json_bytes || text.find('\0') != std::string_view::npos) {
    return std::nullopt;
  }
  Builder builder;
  if (!nlohmann::ordered_json::sax_parse(text.begin(), text.end(), &builder)) {
    return std::nullopt;
  }
  return builder.take();
}

}  // namespace gradus
