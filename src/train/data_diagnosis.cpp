// SPDX-License-Identifier: MIT
#include "gradus/train/data_diagnosis.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <span>
#include <unordered_map>

#include "gradus/core/numbers_below.hpp"
#include "gradus/data/input_scaling.hpp"
#include "gradus/nn/network.hpp"

namespace gradus {
namespace {

constexpr std::size_t num_looked_at = 10000;
constexpr double far_from_0 = 10;
constexpr double copies_worth_saying = 0.01;
constexpr std::size_t num_queries = 300;
constexpr std::size_t num_references = 1000;
constexpr std::size_t num_compared_features = 1024;  // of wider samples every other one, or so

/// @param place  of the column, counted from 0
Finding finding_of_column(std::string_view id, const TableLayout& layout, std::size_t place) {
  Finding finding{id, 0, {{"number", static_cast<double>(place + 1)}}};
  const auto take_name = [&](const auto& column) {
    if (column.place == place) {
      finding.name = column.name;
    }
  };
  std::for_each(layout.features.begin(), layout.features.end(), take_name);
  std::for_each(layout.answers.begin(), layout.answers.end(), take_name);
  return finding;
}

/// The memory of one sample's features.
std::span<const std::uint8_t> bytes_of(const Samples& samples, std::size_t index) {
  const std::size_t count = samples.num_features;
  if (samples.values.empty()) {
    return std::span(samples.bytes).subspan(index * count, count);
  }
  const float* const first = samples.values.data() + index * count;
  return {reinterpret_cast<const std::uint8_t*>(first), count * sizeof(float)};
}

/// Eight bytes at a time. What has the same hash is compared as well, so it need not be perfect.
std::uint64_t hash_of(std::span<const std::uint8_t> bytes) {
  constexpr std::uint64_t factor = 0x9E3779B97F4A7C15;  // 2^64 / the golden ratio
  std::uint64_t hash = bytes.size();
  for (std::size_t i = 0; i < bytes.size(); i += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + i, std::min(sizeof(word), bytes.size() - i));
    hash = (hash ^ word) * factor;
    hash ^= hash >> 32U;
  }
  return hash;
}

/// Some columns of some samples as numbers, row after row.
std::vector<float> features_of(const Samples& samples, std::span<const std::size_t> rows,
                               std::span<const std::size_t> columns) {
  std::vector<float> features;
  features.reserve(rows.size() * columns.size());
  for (const std::size_t row : rows) {
    for (const std::size_t column : columns) {
      const std::size_t i = row * samples.num_features + column;
      features.push_back(samples.values.empty() ? static_cast<float>(samples.bytes[i])
                                                : samples.values[i]);
    }
  }
  return features;
}

/// 1 / standard deviation of each column; 0 for one that is the same everywhere.
std::vector<float> inverse_deviations(std::span<const float> features, std::size_t num_cols) {
  const double num_rows = static_cast<double>(features.size() / num_cols);
  std::vector<double> mean(num_cols);
  std::vector<double> square(num_cols);
  for (std::size_t i = 0; i < features.size(); ++i) {
    mean[i % num_cols] += features[i] / num_rows;
  }
  for (std::size_t i = 0; i < features.size(); ++i) {
    const double deviation = features[i] - mean[i % num_cols];
    square[i % num_cols] += deviation * deviation / num_rows;
  }
  std::vector<float> inverse(num_cols);
  std::transform(square.begin(), square.end(), inverse.begin(), [](double variance) {
    return variance > 0 ? static_cast<float>(1 / std::sqrt(variance)) : 0.0F;
  });
  return inverse;
}

void multiply_rows(std::span<float> features, std::span<const float> factors) {
  for (std::size_t i = 0; i < features.size(); ++i) {
    features[i] *= factors[i % factors.size()];
  }
}

/// The row that is nearest to a point.
std::size_t nearest(std::span<const float> point, std::span<const float> rows) {
  std::size_t best = 0;
  float shortest = std::numeric_limits<float>::infinity();
  for (std::size_t r = 0; r * point.size() < rows.size(); ++r) {
    const float* const row = rows.data() + r * point.size();
    float distance = 0;
    for (std::size_t i = 0; i < point.size(); ++i) {
      distance += (point[i] - row[i]) * (point[i] - row[i]);
    }
    if (distance < shortest) {
      shortest = distance;
      best = r;
    }
  }
  return best;
}

}  // namespace

std::optional<Finding> find_input_scale(const Samples& samples, bool is_standardized) {
  if (samples.values.empty() || is_standardized) {
    return std::nullopt;
  }
  const std::size_t num_cols = samples.num_features;
  const auto indices = some_numbers_below<std::size_t>(samples.num_samples(), num_looked_at);
  std::vector<double> squares(num_cols);
  for (const std::size_t index : indices) {
    for (std::size_t i = 0; i < num_cols; ++i) {
      const double x = samples.values[index * num_cols + i];
      squares[i] += x * x;
    }
  }
  const auto worst = std::max_element(squares.begin(), squares.end());
  const double typical = std::sqrt(*worst / static_cast<double>(indices.size()));
  if (!(typical > far_from_0)) {
    return std::nullopt;
  }
  const auto feature = static_cast<std::size_t>(worst - squares.begin());
  double largest = 0;
  for (const std::size_t index : indices) {
    largest = std::max(largest, std::abs(double{samples.values[index * num_cols + feature]}));
  }
  return Finding{
      "input_scale",
      0,
      {{"feature", static_cast<double>(feature)}, {"typical", typical}, {"largest", largest}}};
}

std::size_t count_test_samples_in_training(const Dataset& dataset) {
  // One training sample for each hash: many equal rows must not be compared many times.
  std::unordered_map<std::uint64_t, std::size_t> training_by_hash;
  training_by_hash.reserve(dataset.train.num_samples());
  for (std::size_t n = 0; n < dataset.train.num_samples(); ++n) {
    training_by_hash.emplace(hash_of(bytes_of(dataset.train, n)), n);
  }
  std::size_t num_copies = 0;
  for (std::size_t n = 0; n < dataset.test.num_samples(); ++n) {
    const auto sample = bytes_of(dataset.test, n);
    const auto candidate = training_by_hash.find(hash_of(sample));
    if (candidate != training_by_hash.end()) {
      const auto other = bytes_of(dataset.train, candidate->second);
      num_copies += std::equal(sample.begin(), sample.end(), other.begin()) ? 1U : 0U;
    }
  }
  return num_copies;
}

std::vector<Finding> diagnose_data(const Dataset& dataset, bool is_standardized) {
  std::vector<Finding> found;
  for (const std::size_t place : dataset.reading.counting) {
    found.push_back(finding_of_column("row_numbers", dataset.layout, place));
  }
  for (const std::size_t place : dataset.reading.rounded) {
    found.push_back(finding_of_column("rounded_numbers", dataset.layout, place));
  }
  if (auto scale = find_input_scale(dataset.train, is_standardized)) {
    found.push_back(*std::move(scale));
  }
  const auto copies = static_cast<double>(count_test_samples_in_training(dataset));
  const auto num_test = static_cast<double>(dataset.test.num_samples());
  if (copies > 0 && copies >= copies_worth_saying * num_test) {
    found.push_back({"test_in_training", 0, {{"copies", copies}, {"test_samples", num_test}}});
  }
  return found;
}

std::optional<Finding> find_spare_outputs(const NetworkOptions& network, const Dataset& dataset) {
  const std::size_t num_outputs = network.layer_sizes.back();
  if (num_outputs <= dataset.num_classes || dataset.num_classes == 0) {
    return std::nullopt;
  }
  return Finding{"spare_outputs",
                 0,
                 {{"outputs", static_cast<double>(num_outputs)},
                  {"classes", static_cast<double>(dataset.num_classes)}}};
}

std::optional<Finding> find_far_from_training(const Samples& samples,
                                              const Standardization& columns) {
  if (columns.empty() || samples.num_samples() == 0) {
    return std::nullopt;
  }
  const Strangeness strangeness = strangeness_of(samples, columns);
  if (strangeness.share <= largest_far_share) {
    return std::nullopt;
  }
  return Finding{"far_from_training",
                 0,
                 {{"share", strangeness.share},
                  {"feature", static_cast<double>(strangeness.feature)},
                  {"deviations", strangeness.deviations}}};
}

bool Agreement::is_beyond_chance() const {
  const double deviation = std::sqrt(expected * (1 - expected) / static_cast<double>(num_samples));
  return observed > expected + 3 * deviation;
}

Agreement nearest_neighbour_agreement(const Dataset& dataset) {
  const auto columns =
      some_numbers_below<std::size_t>(dataset.train.num_features, num_compared_features);
  const std::size_t num_cols = columns.size();
  const auto references =
      some_numbers_below<std::size_t>(dataset.train.num_samples(), num_references);
  const auto queries = some_numbers_below<std::size_t>(dataset.test.num_samples(), num_queries);
  auto rows = features_of(dataset.train, references, columns);
  auto points = features_of(dataset.test, queries, columns);
  const auto factors = inverse_deviations(rows, num_cols);
  multiply_rows(rows, factors);
  multiply_rows(points, factors);

  std::vector<double> answers(dataset.num_classes);
  std::vector<double> labels(dataset.num_classes);
  double num_same = 0;
  for (std::size_t q = 0; q < queries.size(); ++q) {
    const std::size_t row = nearest(std::span(points).subspan(q * num_cols, num_cols), rows);
    const Label answer = dataset.train.labels[references[row]];
    const Label label = dataset.test.labels[queries[q]];
    ++answers[answer];
    ++labels[label];
    num_same += answer == label ? 1 : 0;
  }
  Agreement agreement{.num_samples = queries.size()};
  const auto count = static_cast<double>(queries.size());
  agreement.observed = num_same / count;
  for (std::size_t c = 0; c < labels.size(); ++c) {
    agreement.expected += answers[c] / count * (labels[c] / count);
  }
  return agreement;
}

}  // namespace gradus
