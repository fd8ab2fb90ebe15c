// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gradus/lab/figure.hpp"
#include "gradus/texts/named_value.hpp"

namespace gradus {

struct NamedNumber {
  template <Number T>
  NamedNumber(std::string text_id, T number)
      : id(std::move(text_id)), value(static_cast<double>(number)) {}

  std::string id;  // a text
  double value;
};

constexpr int all_digits = 17;

struct Column {
  std::string id;  // a text
  int digits = 6;  // significant ones, for people; all_digits: as many as tell it from others
};

struct Table {
  std::string id;  // a text
  std::vector<Column> columns;
  std::vector<std::vector<Value>> rows;
};

enum class RemarkKind {
  finding,  // explains what came out
  warning,  // something is wrong with what was put in
  mistake,  // what people often believe here, and why it is otherwise
};

/// finding, warning, mistake: as JSON has it.
[[nodiscard]] std::string_view to_string(RemarkKind kind) noexcept;

struct Remark {
  RemarkKind kind;
  std::string id;  // a text, in which {name} stands for a value
  std::vector<NamedValue> values = {};
};

/// What an experiment found. Ids are those of texts, see texts.hpp.
struct Result {
  std::vector<NamedNumber> scalars;
  std::vector<Table> tables;
  std::vector<Figure> figures;
  std::vector<Remark> remarks;

  void find(std::string id, std::vector<NamedValue> values = {}) {
    remarks.push_back({RemarkKind::finding, std::move(id), std::move(values)});
  }
  void warn(std::string id, std::vector<NamedValue> values = {}) {
    remarks.push_back({RemarkKind::warning, std::move(id), std::move(values)});
  }
  void mistake(std::string id, std::vector<NamedValue> values = {}) {
    remarks.push_back({RemarkKind::mistake, std::move(id), std::move(values)});
  }
};

}  // namespace gradus
