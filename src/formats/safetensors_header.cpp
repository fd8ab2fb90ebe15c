// SPDX-License-Identifier: MIT
#include "safetensors_header.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "gradus/core/error.hpp"
#include "in_quotes.hpp"

namespace gradus {
namespace {

[[noreturn]] void fail_for_json(std::string_view path, std::size_t offset) {
  throw DataError(path, safetensors_header_offset + offset, "the header is not valid JSON");
}

/// Takes the header event by event. A tree of it would silently keep the last of two equal names
/// and could be nested as deep as the file likes; here whatever the format has no place for is
/// refused as soon as it is met.
class HeaderHandler final : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit HeaderHandler(std::string_view path) : path_(path) {}

  SafetensorsHeader take() { return std::move(header_); }

  bool null() override { refuse("null"); }
  bool boolean(bool) override { refuse("true or false"); }
  bool number_integer(number_integer_t) override { refuse("a negative number"); }
  bool number_float(number_float_t, const string_t&) override { refuse("a fraction"); }
  bool binary(binary_t&) override { refuse("binary data"); }

  bool number_unsigned(number_unsigned_t value) override {
    if (place_ != Place::Numbers) {
      refuse("a number");
    }
    if (numbers_->size() == max_num_numbers_) {
      fail(fmt::format("{} has more than {} numbers", where(), max_num_numbers_));
    }
    numbers_->push_back(value);
    return true;
  }

  bool string(string_t& value) override {
    if (place_ == Place::Metadata) {
      header_.metadata[key_] = std::move(value);
    } else if (place_ == Place::Tensor && key_ == "dtype") {
      tensor().dtype = std::move(value);
    } else {
      refuse("a string");
    }
    return true;
  }

  bool start_object(std::size_t) override {
    if (place_ == Place::Start) {
      place_ = Place::Header;
    } else if (place_ == Place::Header) {
      place_ = key_ == safetensors_metadata_key ? Place::Metadata : Place::Tensor;
    } else {
      refuse("an object");
    }
    if (place_ == Place::Tensor) {
      header_.tensors.emplace_back().name = key_;
    }
    fields_.clear();
    return true;
  }

  bool key(string_t& name) override {
    const bool is_new = (place_ == Place::Header ? names_ : fields_).insert(name).second;
    if (!is_new) {
      fail(fmt::format("{} has {} twice", where(), in_quotes(name)));
    }
    if (place_ == Place::Tensor && name != "dtype" && name != "shape" && name != "data_offsets") {
      fail(fmt::format("{} has a field {}, expected dtype, shape and data_offsets", where(),
                       in_quotes(name)));
    }
    key_ = std::move(name);
    return true;
  }

  bool end_object() override {
    if (place_ == Place::Tensor && fields_.size() != 3) {
      fail(fmt::format("{} lacks a field, expected dtype, shape and data_offsets", where()));
    }
    place_ = Place::Header;
    return true;
  }

  bool start_array(std::size_t) override {
    if (place_ != Place::Tensor || key_ == "dtype") {
      refuse("an array");
    }
    place_ = Place::Numbers;
    numbers_ = key_ == "shape" ? &tensor().shape : &tensor().data_offsets;
    max_num_numbers_ = key_ == "shape" ? max_safetensors_axes : 2;
    return true;
  }

  bool end_array() override {
    if (key_ == "data_offsets" && numbers_->size() != 2) {
      fail(fmt::format("{}: expected 2 data_offsets, found {}", where(), numbers_->size()));
    }
    place_ = Place::Tensor;
    return true;
  }

  bool parse_error(std::size_t num_read, const std::string&,
                   const nlohmann::detail::exception&) override {
    fail_for_json(path_, num_read - 1);
  }

 private:
  enum class Place { Start, Header, Metadata, Tensor, Numbers };

  TensorClaim& tensor() { return header_.tensors.back(); }

  std::string where() const {
    switch (place_) {
      case Place::Metadata:
        return std::string(safetensors_metadata_key);
      case Place::Tensor:
      case Place::Numbers:
        return fmt::format("tensor {}", in_quotes(header_.tensors.back().name));
      default:
        return "the header";
    }
  }

  std::string_view expected() const {
    switch (place_) {
      case Place::Header:
        return key_ == safetensors_metadata_key ? "an object of strings" : "an object for a tensor";
      case Place::Metadata:
        return "a string";
      case Place::Numbers:
        return "a whole number";
      default:
        return key_ == "dtype" ? "a string" : "an array of whole numbers";
    }
  }

  [[noreturn]] void refuse(std::string_view found) const {
    fail(fmt::format("{}, {}: expected {}, found {}", where(), in_quotes(key_), expected(), found));
  }

  [[noreturn]] void fail(std::string_view reason) const {
    throw DataError(path_, safetensors_header_offset, reason);
  }

  std::string_view path_;
  SafetensorsHeader header_;
  Place place_ = Place::Start;
  std::string key_;               // the last one read
  std::set<std::string> names_;   // keys of the header
  std::set<std::string> fields_;  // keys of the object inside
  std::vector<std::uint64_t>* numbers_ = nullptr;
  std::size_t max_num_numbers_ = 0;
};

}  // namespace

SafetensorsHeader parse_safetensors_header(std::string_view path,
                                           std::span<const std::uint8_t> header) {
  // The JSON parser would skip spaces or a byte order mark; the format allows neither here.
  if (header.empty() || header[0] != '{') {
    throw DataError(path, safetensors_header_offset, "expected the header to start with {");
  }
  // The JSON parser takes a zero byte for the end, and whatever comes after it would be hidden.
  const auto zero = std::find(header.begin(), header.end(), 0);
  if (zero != header.end()) {
    fail_for_json(path, static_cast<std::size_t>(zero - header.begin()));
  }
  HeaderHandler handler(path);
  nlohmann::json::sax_parse(header.begin(), header.end(), &handler);
  return handler.take();
}

}  // namespace gradus
