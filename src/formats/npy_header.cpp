// SPDX-License-Identifier: MIT
#include "npy_header.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include "gradus/core/error.hpp"
#include "in_quotes.hpp"

namespace gradus {
namespace {

using Kind = NpyType::Kind;

/// Reads the dictionary of a header, which has three entries in any order:
///   {'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }
class DictionaryReader {
 public:
  /// @param start  where the text begins in the file
  DictionaryReader(const ByteReader& bytes, std::string_view text, std::size_t start)
      : bytes_(bytes), text_(text), start_(start) {}

  NpyHeader read() {
    expect('{');
    while (next() != '}') {
      const std::size_t entry = position_;
      const std::string_view key = string();
      expect(':');
      read_value(key, entry);
      if (next() != '}') {
        expect(',');
      }
    }
    expect('}');
    expect_padding();
    if (!has_type_ || !has_order_ || !has_shape_) {
      fail(0, "the header lacks an entry, expected descr, fortran_order and shape");
    }
    return std::move(header_);
  }

 private:
  [[noreturn]] void fail(std::size_t position, std::string_view reason) const {
    bytes_.fail(start_ + position, reason);
  }

  /// The next character that is no space; 0 at the end, where there is none.
  char next() {
    while (position_ < text_.size() && text_[position_] == ' ') {
      ++position_;
    }
    return position_ < text_.size() ? text_[position_] : '\0';
  }

  void expect(char expected) {
    if (next() != expected || position_ == text_.size()) {
      fail(position_,
           fmt::format(
               "the header: expected \"{}\", found {}", expected,
               position_ == text_.size() ? "its end" : in_quotes(text_.substr(position_, 1))));
    }
    ++position_;
  }

  /// Text in single or double quotes. The words of a header need no escapes, so none are known.
  std::string_view string() {
    const char quote = next();
    if (quote != '\'' && quote != '"') {
      fail(position_, "the header: expected text in quotes");
    }
    const std::size_t begin = position_ + 1;
    const std::size_t end = text_.find(quote, begin);
    if (end == std::string_view::npos) {
      fail(position_, "the header: the quote that opens here is never closed");
    }
    position_ = end + 1;
    return text_.substr(begin, end - begin);
  }

  void read_value(std::string_view key, std::size_t entry) {
    bool* const is_there = key == "descr"           ? &has_type_
                           : key == "fortran_order" ? &has_order_
                           : key == "shape"         ? &has_shape_
                                                    : nullptr;
    if (is_there == nullptr) {
      fail(entry, fmt::format("the header has an entry {}, expected descr, fortran_order and shape",
                              in_quotes(key)));
    }
    if (std::exchange(*is_there, true)) {
      fail(entry, fmt::format("the header has {} twice", in_quotes(key)));
    }
    if (key == "descr") {
      read_type();
    } else if (key == "fortran_order") {
      header_.is_column_major = boolean();
    } else {
      read_shape();
    }
  }

  bool boolean() {
    static_cast<void>(next());
    for (const auto& [word, value] : {std::pair<std::string_view, bool>{"True", true},
                                      std::pair<std::string_view, bool>{"False", false}}) {
      if (text_.substr(position_).starts_with(word)) {
        position_ += word.size();
        return value;
      }
    }
    fail(position_, "fortran_order: expected True or False");
  }

  /// A letter for the byte order, one for the kind, and the size in bytes.
  void read_type() {
    const char first = next();
    const std::size_t place = position_;
    if (first == '[' || first == '(') {
      fail(place, "the elements are records of several fields, expected numbers");
    }
    const std::string_view text = string();
    const auto type = text.size() == 3 ? type_of(text.substr(1)) : std::nullopt;
    const char order = text.empty() ? '\0' : text.front();
    const bool is_order_known =
        order == '<' || order == '>' || (order == '|' && type && type->size == 1);
    if (!type || !is_order_known) {
      fail(place, fmt::format("elements of type {}, expected bool, an integer, float32 or float64",
                              in_quotes(text)));
    }
    header_.type = *type;
    header_.is_big_endian = order == '>';
  }

  static std::optional<NpyType> type_of(std::string_view letters) {
    for (const NpyType& type :
         {NpyType{Kind::boolean, 1}, NpyType{Kind::unsigned_integer, 1},
          NpyType{Kind::unsigned_integer, 2}, NpyType{Kind::unsigned_integer, 4},
          NpyType{Kind::unsigned_integer, 8}, NpyType{Kind::signed_integer, 1},
          NpyType{Kind::signed_integer, 2}, NpyType{Kind::signed_integer, 4},
          NpyType{Kind::signed_integer, 8}, NpyType{Kind::floating, 4},
          NpyType{Kind::floating, 8}}) {
      if (letters == fmt::format("{}{}", "buif"[static_cast<std::size_t>(type.kind)], type.size)) {
        return type;
      }
    }
    return std::nullopt;
  }

  /// A tuple: (), (3,), (3, 4), (3, 4,).
  void read_shape() {
    static_cast<void>(next());
    const std::size_t place = position_;
    expect('(');
    std::vector<std::size_t> sizes;
    bool has_comma = false;
    while (next() != ')') {
      if (!sizes.empty() && !has_comma) {
        fail(position_, "shape: expected a comma or the closing bracket");
      }
      sizes.push_back(whole_number());
      has_comma = next() == ',';
      position_ += has_comma ? 1 : 0;
    }
    ++position_;
    if (sizes.size() == 1 && !has_comma) {
      fail(place, "shape is a number in brackets, expected a tuple, as in (3,)");
    }
    if (sizes.size() > max_npy_axes) {
      fail(place,
           fmt::format("shape has {} axes, expected at most {}", sizes.size(), max_npy_axes));
    }
    try {
      header_.shape = Shape(std::move(sizes));
    } catch (const ShapeError& too_large) {
      fail(place, too_large.what());
    }
  }

  std::size_t whole_number() {
    std::size_t value = 0;
    const char* const begin = text_.data() + position_;
    const auto [end, error] = std::from_chars(begin, text_.data() + text_.size(), value);
    if (error == std::errc::result_out_of_range) {
      fail(position_, "shape: the size is larger than memory can be");
    }
    if (error != std::errc() || (*begin == '0' && end - begin > 1)) {
      fail(position_, "shape: expected a whole number");
    }
    position_ += static_cast<std::size_t>(end - begin);
    return value;
  }

  void expect_padding() {
    static_cast<void>(next());
    if (text_.substr(position_) != "\n") {
      fail(position_, "the header: expected nothing but spaces and a newline after the dictionary");
    }
  }

  const ByteReader& bytes_;
  std::string_view text_;
  std::size_t start_;
  std::size_t position_ = 0;
  bool has_type_ = false;
  bool has_order_ = false;
  bool has_shape_ = false;
  NpyHeader header_;
};

/// Versions 1.0 tells the size of the header in two bytes, 2.0 and 3.0 in four.
std::size_t read_header_size(ByteReader& reader) {
  const std::size_t offset = reader.offset();
  const auto version = reader.take(2, "the version");
  if (version[0] < 1 || version[0] > 3 || version[1] != 0) {
    reader.fail(offset, fmt::format("expected version 1.0, 2.0 or 3.0, found {}.{}", version[0],
                                    version[1]));
  }
  return version[0] == 1 ? reader.little_endian<std::uint16_t>("the size of the header")
                         : reader.little_endian<std::uint32_t>("the size of the header");
}

}  // namespace

NpyHeader read_npy_header(ByteReader& reader) {
  const auto magic = reader.take(npy_magic.size(), "the start of an NPY file");
  if (!std::equal(magic.begin(), magic.end(), npy_magic.begin())) {
    reader.fail(0, "not an NPY file: expected it to start with the byte 93 and NUMPY");
  }
  const std::size_t size = read_header_size(reader);
  const std::size_t start = reader.offset();
  const auto bytes = reader.take(size, "the header");
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  NpyHeader header = DictionaryReader(reader, text, start).read();
  const auto num_bytes = checked_product(header.shape.num_elements(), header.type.size);
  if (!num_bytes) {
    reader.fail(start, fmt::format("an array of shape {} is larger than memory can be",
                                   header.shape.to_string()));
  }
  header.num_bytes = *num_bytes;
  return header;
}

}  // namespace gradus
