// SPDX-License-Identifier: MIT
#include "gradus/runs/curve_files.hpp"

#include <fmt/core.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "curve_headers.hpp"
#include "formats/number_list.hpp"
#include "gradus/core/error.hpp"

namespace gradus {
namespace {

/// The cells of a row that must be so many; none when they are not.
std::vector<std::string_view> cells_of(std::string_view row, std::size_t num_cells) {
  std::vector<std::string_view> cells;
  for_each_part(row, [&](std::string_view cell) { cells.push_back(cell); });
  return cells.size() == num_cells ? cells : std::vector<std::string_view>();
}

/// Calls `take` with the number and the text of each row behind the header.
template <class Take>
void for_each_row(std::string_view text, std::size_t begin, const Take& take) {
  std::size_t number = 2;  // the header is row 1
  for (std::size_t end = 0; (end = text.find('\n', begin)) != std::string_view::npos;) {
    take(number++, text.substr(begin, end - begin));
    begin = end + 1;
  }
}

[[noreturn]] void refuse(std::string_view name, std::size_t row, std::string_view expected) {
  throw DataError(std::string(name), std::nullopt,
                  fmt::format("row {}: expected {}", row, expected));
}

bool has_header(std::string_view text, std::string_view header) {
  return text.substr(0, text.find('\n')) == header && text.size() > header.size();
}

std::optional<ScoreRecord> record_in(std::string_view row, bool has_validation) {
  const auto cells = cells_of(row, has_validation ? 6 : 4);
  if (cells.empty()) {
    return std::nullopt;
  }
  const auto iteration = number_in<std::uint64_t>(cells.front());
  std::vector<double> numbers;
  for (std::size_t i = 1; i < cells.size(); ++i) {
    const auto number = number_in<double>(cells[i]);
    if (!number) {
      return std::nullopt;
    }
    numbers.push_back(*number);
  }
  if (!iteration) {
    return std::nullopt;
  }
  ScoreRecord record{*iteration, numbers[0], numbers[1], numbers[2], {}, {}};
  if (has_validation) {
    record.validation_score = numbers[3];
    record.validation_loss = numbers[4];
  }
  return record;
}

}  // namespace

std::vector<double> parse_loss_csv(std::string_view name, std::string_view text) {
  if (!has_header(text, loss_header)) {
    refuse(name, 1, loss_header);
  }
  std::vector<double> losses;
  for_each_row(text, loss_header.size() + 1, [&](std::size_t row, std::string_view content) {
    const auto cells = cells_of(content, 2);
    const auto iteration = cells.empty() ? std::nullopt : number_in<std::uint64_t>(cells.front());
    const auto loss = cells.empty() ? std::nullopt : number_in<double>(cells.back());
    if (iteration != losses.size() || !loss) {
      refuse(name, row, fmt::format("iteration {} and its loss", losses.size()));
    }
    losses.push_back(*loss);
  });
  return losses;
}

std::vector<ScoreRecord> parse_score_csv(std::string_view name, std::string_view text, Task task) {
  const bool has_validation = has_header(text, score_header(task, true));
  if (!has_validation && !has_header(text, score_header(task, false))) {
    refuse(name, 1, score_header(task, false));
  }
  std::vector<ScoreRecord> records;
  const std::size_t begin = text.find('\n') + 1;
  for_each_row(text, begin, [&](std::size_t row, std::string_view content) {
    const auto record = record_in(content, has_validation);
    if (!record || (!records.empty() && record->iteration < records.back().iteration)) {
      refuse(name, row,
             has_validation ? "an iteration, not before the last one, and five numbers"
                            : "an iteration, not before the last one, and three numbers");
    }
    records.push_back(*record);
  });
  return records;
}

}  // namespace gradus
