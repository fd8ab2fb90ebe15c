// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "batch_draws.hpp"
#include "batch_loss_forms.hpp"
#include "every_experiment.hpp"
#include "gradient_spread.hpp"
#include "gradus/data/batches.hpp"
#include "gradus/data/digits.hpp"
#include "gradus/data/one_hot.hpp"
#include "gradus/loss/cross_entropy_error.hpp"
#include "seed_parameter.hpp"

namespace gradus {
namespace mini_batch_lab {
namespace {

constexpr std::array<std::string_view, 2> sample_counts{"1000", "500"};
constexpr std::array<std::string_view, 3> batch_sizes{"10", "128", "1"};
constexpr std::array parameters{
    Parameter{.id = "samples",
              .kind = ParameterKind::integer,
              .initial = "60000",
              .tries = sample_counts,
              .minimum = 10,
              .maximum = first_digit_test_index},
    Parameter{.id = "batch",
              .kind = ParameterKind::integer,
              .initial = "100",
              .tries = batch_sizes,
              .minimum = 1,
              .maximum = first_digit_test_index},
    seed_parameter,
};

constexpr std::size_t num_spread_images = 1000;

/// The first samples of a batch: which they are, and what is right for them.
Table batch_table(std::span<const std::uint32_t> mask) {
  std::vector<Label> labels;
  std::array<std::uint8_t, num_digit_pixels> image{};
  const std::span<const std::uint32_t> shown = mask.first(std::min<std::size_t>(mask.size(), 10));
  for (const std::uint32_t index : shown) {
    labels.push_back(draw_digit(default_digits_seed, index, image));
  }
  const Array<double> rows = one_hot(labels, num_digit_classes);
  const std::vector<Label> again = labels_of(rows.matrix());
  Table table{"first_batch", {{"place"}, {"sample"}, {"label"}, {"one_hot"}, {"back"}}, {}};
  for (std::size_t i = 0; i < shown.size(); ++i) {
    table.rows.push_back({i, shown[i], labels[i],
                          fmt::format("{}", fmt::join(rows.matrix().row(i), " ")), again[i]});
  }
  return table;
}

Table duplicates_table(std::size_t n, std::size_t k, std::uint64_t seed) {
  Table table{"duplicates", {{"batch_size"}, {"chance", 3}, {"batches_drawn"}, {"drawn", 3}}, {}};
  std::vector<std::size_t> sizes{10, 100, k};
  std::sort(sizes.begin(), sizes.end());
  sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
  for (const std::size_t size : sizes) {
    if (size <= n) {
      const Duplicates found = draw_duplicates(n, size, seed);
      table.rows.push_back({size, duplicate_chance(n, size), found.num_batches, found.share()});
    }
  }
  return table;
}

Table coverage_table(const Coverage& coverage) {
  Table table{"coverage",
              {{"epoch"}, {"iterations"}, {"replacement", 4}, {"expected", 4}, {"shuffle"}},
              {}};
  for (std::size_t epoch = 1; epoch <= num_covered_epochs; ++epoch) {
    const std::size_t iteration = epoch * coverage.per_epoch;
    table.rows.push_back({epoch, iteration, coverage.replacement[iteration],
                          coverage.expected(iteration), coverage.shuffle[iteration]});
  }
  return table;
}

Figure coverage_figure(const Coverage& coverage) {
  Series replacement{.kind = SeriesKind::line, .label = "replacement"};
  Series shuffle{.kind = SeriesKind::line, .label = "shuffle"};
  Series expected{.kind = SeriesKind::guide, .label = "expected"};
  const std::size_t last = coverage.replacement.size() - 1;
  constexpr std::size_t most_points = 150;
  for (std::size_t point = 0; point <= std::min(last, most_points); ++point) {
    const std::size_t i = last <= most_points ? point : point * last / most_points;
    for (Series* const series : {&replacement, &shuffle, &expected}) {
      series->x.push_back(static_cast<double>(i));
    }
    replacement.y.push_back(coverage.replacement[i]);
    shuffle.y.push_back(coverage.shuffle[i]);
    expected.y.push_back(coverage.expected(i));
  }
  return {.title = "coverage_figure",
          .x = {"iterations"},
          .y = {.label = "share_met", .range = std::pair{0.0, 1.05}},
          .series = {shuffle, replacement, expected}};
}

void add_spread(Result& result, const GradientSpread& spread) {
  Table table{"spread", {{"batch_size"}, {"spread_measured", 3}, {"spread_expected", 3}}, {}};
  Series measured{.kind = SeriesKind::points, .label = "spread_measured"};
  Series expected{.kind = SeriesKind::guide, .label = "spread_expected"};
  for (const GradientSpread::OfBatches& batches : spread.of_batches) {
    const double size = static_cast<double>(batches.batch_size);
    table.rows.push_back({size, batches.measured, spread.expected(batches.batch_size)});
    measured.x.push_back(size);
    measured.y.push_back(batches.measured);
    expected.x.push_back(size);
    expected.y.push_back(spread.expected(batches.batch_size));
  }
  result.tables.push_back(std::move(table));
  result.figures.push_back({.title = "spread_figure",
                            .x = {.label = "batch_size", .is_log = true},
                            .y = {.label = "spread_axis", .is_log = true},
                            .series = {expected, measured}});
  const GradientSpread::OfBatches& largest = spread.of_batches.back();
  result.find("noise_falls_like_a_root",
              {{"single", spread.of_singles},
               {"size", largest.batch_size},
               {"measured", largest.measured},
               {"root", std::sqrt(static_cast<double>(largest.batch_size))}});
}

constexpr std::array guess_a{.1, .05, .6, 0., .05, .1, 0., .1, 0., 0.};
constexpr std::array guess_c{.1, .05, .1, 0., .05, .1, 0., .6, 0., 0.};

/// `count` rows of A and C by turns, or of A alone.
Array<double> guesses(std::size_t count, bool has_c) {
  Array<double> y({count, guess_a.size()});
  for (std::size_t i = 0; i < count; ++i) {
    const auto& guess = has_c && i % 2 == 1 ? guess_c : guess_a;
    std::copy(guess.begin(), guess.end(), y.matrix().row(i).begin());
  }
  return y;
}

void add_batch_loss(Result& result) {
  const Array<double> y = guesses(2, true);
  const std::vector<Label> labels{2, 2};
  const double loss = cross_entropy_error(y.matrix(), labels);
  const Array<double> rows = one_hot(labels, guess_a.size());
  result.tables.push_back({"batch_loss",
                           {{"loss_form"}, {"loss", all_digits}},
                           {{TextId{"by_one_hot"}, cross_entropy_error(y.matrix(), rows.matrix())},
                            {TextId{"by_labels"}, loss},
                            {TextId{"a_alone"}, cross_entropy_error(guess_a, Label{2})},
                            {TextId{"c_alone"}, cross_entropy_error(guess_c, Label{2})}}});
  result.mistake("mean_not_sum", {{"loss", loss}, {"sum", 2 * loss}});

  const Array<double> one = guesses(1, false);
  const Array<double> ten = guesses(10, false);
  const std::vector<Label> ten_labels(10, 2);
  result.mistake("labels_and_one_hot_mixed",
                 {{"right", cross_entropy_error(guess_a, Label{2})},
                  {"one", label_form_with_one_hot(one.matrix(),
                                                  one_hot(std::array<Label, 1>{2}, 10).matrix())},
                  {"ten", one_hot_form_with_labels(ten.matrix(), ten_labels)}});
  std::array<double, 10> soft{};
  soft[2] = 0.8;
  soft[7] = 0.2;
  result.mistake("argmax_of_soft_labels", {{"right", cross_entropy_error(guess_a, soft)},
                                           {"wrong", cross_entropy_error(guess_a, Label{2})}});
  result.mistake("return_in_the_if", {{"loss", loss}});
  result.mistake("reshape_is_no_one_hot");
  result.mistake("comment_on_a_shape");
}

Result run(const Settings& given) {
  const std::size_t n = given.integer("samples");
  const std::size_t k = given.integer("batch");
  const std::uint64_t seed = given.integer("seed");
  if (k > n) {
    given.refuse("batch", "at most as many as there are samples");
  }
  const BatchOptions options{.num_samples = n, .batch_size = k, .seed = seed};
  const Coverage coverage = draw_coverage(options);
  const double chance = duplicate_chance(n, k);
  Result result;
  result.scalars = {{"chance", chance},
                    {"coverage_of_an_epoch", coverage.expected(coverage.per_epoch)}};
  result.tables = {batch_table(Batches(options).at(0)), duplicates_table(n, k, seed),
                   coverage_table(coverage)};
  result.figures = {coverage_figure(coverage)};

  const double batch = static_cast<double>(k);
  const double samples = static_cast<double>(n);
  result.find("mask_picks_rows", {{"batch", batch}, {"samples", samples}});
  if (k > 1) {
    result.find("duplicates_happen", {{"batch", batch}, {"samples", samples}, {"chance", chance}});
  }
  result.find("epoch_misses_some", {{"iterations", coverage.per_epoch},
                                    {"replacement", 100 * coverage.replacement[coverage.per_epoch]},
                                    {"expected", 100 * coverage.expected(coverage.per_epoch)}});
  if (n % k != 0) {
    result.find("last_batch_is_short", {{"batch", batch},
                                        {"samples", samples},
                                        {"iterations", coverage.per_epoch},
                                        {"rest", n % k}});
  }
  Team team(1);
  const Dataset digits =
      make_digits({.num_train = std::min(n, num_spread_images), .num_test = 0}, team);
  add_spread(result, gradient_spread(digits.train, seed));
  result.mistake("choice_draws_with_replacement", {{"ten", duplicate_chance(60'000, 10)},
                                                   {"hundred", duplicate_chance(60'000, 100)}});
  result.mistake("no_seed_no_repeat");
  add_batch_loss(result);
  return result;
}

}  // namespace
}  // namespace mini_batch_lab

constinit const Experiment mini_batch_experiment{"mini-batch", "4.2", mini_batch_lab::parameters,
                                                 mini_batch_lab::run};

}  // namespace gradus
