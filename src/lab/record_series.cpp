// SPDX-License-Identifier: MIT
#include "record_series.hpp"

#include <limits>
#include <utility>

namespace gradus {

std::optional<double> train_accuracy_of(const AccuracyRecord& record) {
  return record.train_accuracy;
}

std::optional<double> test_accuracy_of(const AccuracyRecord& record) {
  return record.test_accuracy;
}

std::optional<double> validation_accuracy_of(const AccuracyRecord& record) {
  return record.validation_accuracy;
}

Series record_series(std::string label, std::span<const AccuracyRecord> records, Measure measure) {
  Series line{.kind = SeriesKind::line, .label = std::move(label)};
  for (const AccuracyRecord& record : records) {
    line.x.push_back(static_cast<double>(record.iteration));
    line.y.push_back(measure(record).value_or(std::numeric_limits<double>::quiet_NaN()));
  }
  return line;
}

}  // namespace gradus
