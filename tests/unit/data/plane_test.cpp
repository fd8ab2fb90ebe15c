// SPDX-License-Identifier: MIT
#include "gradus/data/plane.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <numbers>
#include <numeric>
#include <string>
#include <vector>

#include "data/unit_circle.hpp"
#include "gradus/core/error.hpp"
#include "gradus/core/numbers_below.hpp"
#include "gradus/data/input_scaling.hpp"

namespace gradus {
namespace {

constexpr double pi = std::numbers::pi;

Dataset made(std::string_view kind, std::optional<double> noise = {}, std::size_t n = 1000,
             std::uint64_t seed = 1) {
  return make_plane_data(
      {.kind = std::string(kind), .noise = noise, .num_samples = n, .seed = seed});
}

/// SHA-256 in hexadecimal of features, then labels, then targets, of training and then of test
/// samples; each number as four bytes, the lowest first.
std::string sha256_of(const Dataset& dataset) {
  std::vector<std::uint8_t> bytes;
  const auto add = [&](std::uint32_t word) {
    for (int shift = 0; shift < 32; shift += 8) {
      bytes.push_back(static_cast<std::uint8_t>(word >> shift));
    }
  };
  for (const Samples* samples : {&dataset.train, &dataset.test}) {
    for (const float value : samples->values) {
      add(std::bit_cast<std::uint32_t>(value));
    }
    for (const Label label : samples->labels) {
      add(label);
    }
    for (const float target : samples->targets) {
      add(std::bit_cast<std::uint32_t>(target));
    }
  }
  std::array<unsigned char, 32> digest{};
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
  return fmt::format("{:02x}", fmt::join(digest, ""));
}

/// A sample as the numbers in its row of the table.
using Row = std::vector<float>;

std::vector<Row> rows_of(const Samples& samples) {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < samples.num_samples(); ++i) {
    Row row(samples.values.begin() + static_cast<std::ptrdiff_t>(i * samples.num_features),
            samples.values.begin() + static_cast<std::ptrdiff_t>((i + 1) * samples.num_features));
    row.push_back(samples.num_targets > 0 ? samples.targets[i]
                                          : static_cast<float>(samples.labels[i]));
    rows.push_back(row);
  }
  return rows;
}

std::vector<Row> all_rows(const Dataset& dataset) {
  std::vector<Row> rows = rows_of(dataset.train);
  const std::vector<Row> test = rows_of(dataset.test);
  rows.insert(rows.end(), test.begin(), test.end());
  std::sort(rows.begin(), rows.end());
  return rows;
}

TEST(PlaneData, AreTheSameBytesEverywhere) {
  const std::map<std::string_view, std::string_view> expected{
      {"moons", "2b928319d23bd04c3a0a7ef6a36575937b7fed88a759c139f050703993f94890"},
      {"circles", "ec0df9df638d13c7b1569af33507949d342992866d920c70bbc6805479f65721"},
      {"xor", "7e45a25c920b237761f7c70085c2f15ebefef92748386caa16494a3f95716f8f"},
      {"spirals", "b22e68d81a1b292c9e606ac8d80450364cc4868e85e0b3b5cd66cfd8deb8e915"},
      {"blobs", "a8b89c334ee7fb5de2c6d452b1aa9fc7d24bbba8d81a6f732dab4d3abc9a1535"},
      {"sine", "9169fe7f9f942107eee6f647a0ad185d12c39860cc71e014b402d0d06338a44d"},
      {"steps", "b372870cba96b240869889b9cea6bc05dd73c80536c6085d81b08ccb26f3ca2f"},
      {"noisy-line", "bb7a58a8893a70bb79e79ff2c603f3432d38cbe38b737b7a6f65df53adeedd86"}};
  for (const PlaneKind& kind : plane_kinds()) {
    EXPECT_EQ(sha256_of(made(kind.id)), expected.at(kind.id)) << kind.id;
  }
}

TEST(PlaneData, ComeAsATableWithNamedColumns) {
  for (const PlaneKind& kind : plane_kinds()) {
    const Dataset dataset = made(kind.id);
    const bool has_classes = kind.num_classes > 0;
    EXPECT_EQ(dataset.name, kind.id);
    EXPECT_EQ(dataset.task(), kind.task());
    EXPECT_EQ(dataset.num_classes, kind.num_classes);
    EXPECT_EQ(dataset.sample_shape, (Shape{has_classes ? 2U : 1U}));
    EXPECT_EQ(dataset.layout.num_inputs(), has_classes ? 2U : 1U);
    EXPECT_EQ(dataset.layout.num_columns, has_classes ? 3U : 2U);
    EXPECT_EQ(dataset.layout.features.front().name, "x");
    EXPECT_EQ(dataset.layout.features.back().name, has_classes ? "y" : "x");
    EXPECT_EQ(dataset.layout.answers.front().name, has_classes ? "class" : "y");
    EXPECT_EQ(dataset.layout.answers.front().place, dataset.layout.features.size());
    EXPECT_EQ(dataset.target_names(),
              has_classes ? std::vector<std::string>() : std::vector<std::string>{"y"});
    check_samples(dataset.train);
    check_samples(dataset.test);
    EXPECT_EQ(dataset.train.num_samples(), 834U);
    EXPECT_EQ(dataset.test.num_samples(), 166U);  // a sixth
  }
}

TEST(PlaneData, OfFewerSamplesAreTheBeginningOfThoseOfMore) {
  for (const PlaneKind& kind : plane_kinds()) {
    const std::vector<Row> few = all_rows(made(kind.id, {}, 100));
    const std::vector<Row> many = all_rows(made(kind.id, {}, 350));
    EXPECT_EQ(few.size(), 100U);
    EXPECT_TRUE(std::includes(many.begin(), many.end(), few.begin(), few.end())) << kind.id;
  }
}

TEST(PlaneData, OfAnotherSeedAreOtherPoints) {
  for (const PlaneKind& kind : plane_kinds()) {
    EXPECT_NE(sha256_of(made(kind.id, {}, 100, 1)), sha256_of(made(kind.id, {}, 100, 2)))
        << kind.id;
  }
}

TEST(PlaneData, HaveEachClassEquallyOften) {
  for (const PlaneKind& kind : plane_kinds()) {
    std::vector<std::size_t> counts(kind.num_classes);
    const Dataset dataset = made(kind.id, {}, 600);
    for (const Samples* samples : {&dataset.train, &dataset.test}) {
      for (const Label label : samples->labels) {
        ++counts[label];
      }
    }
    for (const std::size_t count : counts) {
      EXPECT_EQ(count, 600 / kind.num_classes) << kind.id;
    }
  }
}

TEST(PlaneData, HaveEachClassAmongTheFewestSamplesThereCanBe) {
  for (const PlaneKind& kind : plane_kinds()) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      const Dataset dataset = made(kind.id, {}, min_plane_samples, seed);
      for (Label c = 0; c < kind.num_classes; ++c) {
        EXPECT_EQ(std::count(dataset.train.labels.begin(), dataset.train.labels.end(), c) > 0, true)
            << kind.id;
      }
      EXPECT_GT(dataset.test.num_samples(), 0U);
    }
  }
}

TEST(PlaneData, AreFiniteUnderTheMostNoise) {
  for (const PlaneKind& kind : plane_kinds()) {
    for (const Row& row : all_rows(made(kind.id, max_plane_noise))) {
      EXPECT_TRUE(std::all_of(row.begin(), row.end(), [](float x) { return std::isfinite(x); }));
    }
  }
}

TEST(PlaneData, LieAroundZeroAndNeedNoStandardizing) {
  for (const PlaneKind& kind : plane_kinds()) {
    const Dataset dataset = made(kind.id);
    EXPECT_FALSE(
        should_standardize(dataset, numbers_below<std::uint32_t>(dataset.train.num_samples())));
    const auto& values = dataset.train.values;
    const double mean =
        std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
    EXPECT_NEAR(mean, 0, 0.1) << kind.id;
  }
}

/// How far a row lies from its shape, by the equation of the shape and the functions of the C
/// library.
double distance_from_shape(std::string_view kind, const Row& row) {
  const double x = row[0];
  const double y = row[1];
  if (kind == "moons") {
    const double side = row[2] == 0 ? 1 : -1;
    const double up = side * y + 0.25;
    return std::max(std::abs(std::hypot(side * x + 0.5, up) - 1), -up);
  }
  if (kind == "circles") {
    return std::abs(std::hypot(x, y) - (row[2] == 0 ? 1 : 0.5));
  }
  if (kind == "xor") {
    const bool is_right = (x > 0) != (y > 0) ? row[2] == 1 : row[2] == 0;
    return is_right ? std::max({std::abs(x) - 1, std::abs(y) - 1, 0.0}) : 1;
  }
  if (kind == "spirals") {
    const double side = row[2] == 0 ? 1 : -1;
    const double radius = std::hypot(x, y);
    const double angle = 2 * pi * 1.5 * radius;
    return std::hypot(x - side * radius * std::cos(angle), y - side * radius * std::sin(angle));
  }
  if (kind == "blobs") {
    const double angle = pi / 2 + 2 * pi / 3 * static_cast<double>(row[2]);
    return std::hypot(x - std::cos(angle), y - std::sin(angle));
  }
  if (kind == "sine") {
    return std::abs(y - std::sin(pi * x));
  }
  if (kind == "steps") {
    return std::abs(y - (x < -0.5 ? -0.75 : x < 0 ? -0.25 : x < 0.5 ? 0.25 : 0.75));
  }
  return kind == "noisy-line" ? std::abs(y - (0.75 * x + 0.25)) : 1;
}

TEST(PlaneData, LieOnTheirShapeWithoutNoise) {
  // Coordinates are rounded to floats, to 2^-25 of a number up to 2. Along a spiral an error of
  // the radius is 3 pi times as large.
  constexpr double tolerance = 16 * 0x1p-25;
  for (const PlaneKind& kind : plane_kinds()) {
    for (const Row& row : all_rows(made(kind.id, 0))) {
      EXPECT_LE(distance_from_shape(kind.id, row), tolerance)
          << kind.id << " " << row[0] << " " << row[1];
    }
  }
}

TEST(PlaneData, FillTheWholeOfTheirShape) {
  // Of 1,000 samples along an interval of length 2, none lies in a piece of 0.05 once in e^25.
  for (const PlaneKind& kind : plane_kinds()) {
    if (kind.task() == Task::regression) {
      std::vector<float> x{-1, 1};
      for (const Row& row : all_rows(made(kind.id))) {
        EXPECT_LE(std::abs(row[0]), 1);
        x.push_back(row[0]);
      }
      std::sort(x.begin(), x.end());
      for (std::size_t i = 1; i < x.size(); ++i) {
        EXPECT_LT(x[i] - x[i - 1], 0.05) << kind.id;
      }
    }
  }
}

TEST(PlaneData, HaveNoiseOfTheDeviationAskedFor) {
  // The deviation of n normal numbers is off by 1 / sqrt(2 n) of itself; four times that is
  // allowed.
  constexpr std::size_t n = 20'000;
  for (const PlaneKind& kind : plane_kinds()) {
    const Dataset exact = made(kind.id, 0, n);
    const Dataset noisy = made(kind.id, 0.5, n);
    const bool has_classes = kind.task() == Task::classification;
    const std::vector<float>& a = has_classes ? exact.train.values : exact.train.targets;
    const std::vector<float>& b = has_classes ? noisy.train.values : noisy.train.targets;
    double sum_squares = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
      sum_squares += std::pow(static_cast<double>(b[i] - a[i]), 2);
    }
    const auto count = static_cast<double>(a.size());
    EXPECT_NEAR(std::sqrt(sum_squares / count), 0.5, 4 * 0.5 / std::sqrt(2 * count)) << kind.id;
    if (!has_classes) {
      EXPECT_EQ(exact.train.values, noisy.train.values) << "x has no noise";
    }
  }
}

TEST(PlaneData, HaveTheNoiseOfTheirKindUnlessToldOtherwise) {
  for (const PlaneKind& kind : plane_kinds()) {
    EXPECT_EQ(sha256_of(made(kind.id)), sha256_of(made(kind.id, kind.noise))) << kind.id;
    EXPECT_NE(sha256_of(made(kind.id)), sha256_of(made(kind.id, 0))) << kind.id;
  }
}

TEST(PlaneData, RefuseWhatCannotBe) {
  const auto refusal = [](const PlaneOptions& options) -> std::string {
    try {
      (void)make_plane_data(options);
    } catch (const ValueError& error) {
      return error.what();
    }
    return "none";
  };
  EXPECT_EQ(refusal({.kind = "suns"}),
            "unknown kind of data in the plane \"suns\"; there are moons, circles, xor, spirals, "
            "blobs, sine, steps, noisy-line");
  EXPECT_EQ(refusal({.noise = -0.5}), "moons: noise is -0.5, expected 0 to 1000");
  EXPECT_EQ(refusal({.noise = std::numeric_limits<double>::quiet_NaN()}),
            "moons: noise is nan, expected 0 to 1000");
  EXPECT_EQ(refusal({.kind = "xor", .num_samples = 9}),
            "xor: n is 9, expected 10 to 1,000,000 samples");
  EXPECT_EQ(refusal({.num_samples = 1'000'001}),
            "moons: n is 1,000,001, expected 10 to 1,000,000 samples");
}

TEST(UnitCircle, IsThatOfTheCLibrary) {
  for (int i = -4000; i <= 4000; ++i) {
    const double turns = i / 997.0;
    const ShapePoint point = on_unit_circle(turns);
    EXPECT_NEAR(point.x, std::cos(2 * pi * turns), 1e-14) << turns;
    EXPECT_NEAR(point.y, std::sin(2 * pi * turns), 1e-14) << turns;
    EXPECT_NEAR(std::hypot(point.x, point.y), 1, 5e-16) << turns;
  }
  for (int quarter = -8; quarter <= 8; ++quarter) {  // exactly, as the C library never is
    const ShapePoint point = on_unit_circle(quarter / 4.0);
    EXPECT_EQ(std::abs(point.x) + std::abs(point.y), 1) << quarter;
  }
}

}  // namespace
}  // namespace gradus
