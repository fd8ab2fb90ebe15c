// SPDX-License-Identifier: MIT
#include "record_series.hpp"

#include <limits>
#include <utility>

namespace gradus {

std::optional<double> train_score_of(const ScoreRecord& record) {
  return record.train_score;
}

std::optional<double> test_score_of(const ScoreRecord& record) {
  return record.test_score;
}

std::optional<double> validation_score_of(const ScoreRecord& record) {
  return record.validation_score;
}

Series record_series(std::string label, std::span<const ScoreRecord> records, Measure measure) {
  Series line{.kind = SeriesKind::line, .label = std::move(label)};
  for (const ScoreRecord& record : records) {
    line.x.push_back(static_cast<double>(record.iteration));
    line.y.push_back(measure(record).value_or(std::numeric_limits<double>::quiet_NaN()));
  }
  return line;
}

}  // namespace gradus
