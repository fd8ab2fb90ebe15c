// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numbers>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "digit_rules.hpp"
#include "every_experiment.hpp"
#include "gradus/core/numbers_below.hpp"
#include "gradus/data/digits.hpp"
#include "lab/pictures.hpp"
#include "oriented_gradients.hpp"
#include "seed_parameter.hpp"
#include "three_readers.hpp"

namespace gradus {
namespace paradigms_lab {
namespace {

constexpr std::array<std::string_view, 2> image_tries{"4", "7"};
constexpr std::array<std::string_view, 2> learn_counts{"50", "1000"};
constexpr std::array<std::string_view, 1> cell_tries{"14"};
constexpr std::array<std::string_view, 1> direction_counts{"3"};
constexpr std::size_t num_tests = 300;

std::vector<std::string_view> cell_sides() {
  return {"4", "7", "14"};
}

constexpr std::array parameters{
    Parameter{.id = "image",
              .kind = ParameterKind::integer,
              .initial = "0",
              .tries = image_tries,
              .minimum = 0,
              .maximum = num_tests - 1},
    Parameter{.id = "images",
              .kind = ParameterKind::integer,
              .initial = "300",
              .tries = learn_counts,
              .minimum = 20,
              .maximum = 5000},
    Parameter{.id = "cell",
              .kind = ParameterKind::choice,
              .initial = "7",
              .tries = cell_tries,
              .choices = cell_sides},
    Parameter{.id = "directions",
              .kind = ParameterKind::integer,
              .initial = "9",
              .tries = direction_counts,
              .minimum = 2,
              .maximum = 18},
    seed_parameter,
};

ReaderOptions options_of(const Settings& given) {
  return {.cell_side = std::stoul(given.choice("cell")),
          .num_directions = given.integer("directions"),
          .seed = given.integer("seed")};
}

std::array<double, 3> accuracies(std::span<const Answer> answers, std::span<const Label> truth) {
  std::array<double, 3> shares{};
  for (std::size_t reader = 0; reader < readers.size(); ++reader) {
    std::size_t num_right = 0;
    for (std::size_t i = 0; i < answers.size(); ++i) {
      if (answers[i].labels[reader] == truth[i]) {
        ++num_right;
      }
    }
    shares[reader] = static_cast<double>(num_right) / static_cast<double>(answers.size());
  }
  return shares;
}

Table ways_table(const std::array<double, 3>& shares) {
  const TextId person{"person"};
  const TextId data{"data"};
  return {"ways",
          {{"way"}, {"features_by"}, {"decision_by"}, {"test_accuracy", 3}},
          {{TextId{std::string(readers[0])}, person, person, shares[0]},
           {TextId{std::string(readers[1])}, person, data, shares[1]},
           {TextId{std::string(readers[2])}, data, data, shares[2]}}};
}

Table rules_table(std::span<const Answer> answers, std::span<const Label> truth) {
  Table table{"rules_used", {{"rule"}, {"says"}, {"used"}, {"right", 2}}, {}};
  for (std::size_t rule = 0; rule < digit_rules().size(); ++rule) {
    double used = 0;
    double right = 0;
    for (std::size_t i = 0; i < answers.size(); ++i) {
      if (answers[i].rule == rule) {
        used += 1;
        right += answers[i].labels[0] == truth[i] ? 1 : 0;
      }
    }
    const DigitRule& written = digit_rules()[rule];
    table.rows.push_back({TextId{std::string(written.id)}, written.digit, used,
                          used == 0 ? std::numeric_limits<double>::quiet_NaN() : right / used});
  }
  return table;
}

/// The first images of which not all three say the same.
std::vector<std::size_t> find_disputed(std::span<const Answer> answers) {
  constexpr std::size_t most = 12;
  std::vector<std::size_t> disputed;
  for (std::size_t i = 0; i < answers.size() && disputed.size() < most; ++i) {
    if (!answers[i].is_unanimous()) {
      disputed.push_back(i);
    }
  }
  return disputed;
}

Table disputed_table(std::span<const std::size_t> disputed, std::span<const Answer> answers,
                     std::span<const Label> truth) {
  Table table{"disputed", {{"image"}, {"truth"}, {"rules"}, {"neighbour"}, {"net"}}, {}};
  for (const std::size_t i : disputed) {
    table.rows.push_back(
        {i, truth[i], answers[i].labels[0], answers[i].labels[1], answers[i].labels[2]});
  }
  return table;
}

Figure sheet(std::string title, const Samples& samples, std::span<const std::size_t> images) {
  constexpr std::size_t per_row = 4;
  std::vector<double> pixels;
  for (const std::size_t image : images) {
    for (const std::uint8_t byte : image_of(samples, image)) {
      pixels.push_back(byte / 255.0);
    }
  }
  return {.title = std::move(title),
          .x = {},
          .y = {},
          .series = {pictures(pixels, digit_side, per_row)},
          .has_equal_scales = true};
}

/// In each cell a short line along each direction that edges run in there: across the slope.
Figure edges_figure(const OrientedGradients& gradients) {
  Series lines{.kind = SeriesKind::line};
  constexpr double gap = std::numeric_limits<double>::quiet_NaN();
  const double most = *std::max_element(gradients.votes.begin(), gradients.votes.end());
  const auto cells = static_cast<double>(gradients.cells_per_side);
  for (std::size_t row = 0; row < gradients.cells_per_side; ++row) {
    for (std::size_t col = 0; col < gradients.cells_per_side; ++col) {
      const std::span<const double> votes = gradients.of_cell(row, col);
      for (std::size_t direction = 0; direction < votes.size(); ++direction) {
        const double slope =
            std::numbers::pi * static_cast<double>(direction) / static_cast<double>(votes.size());
        const double reach = 0.5 * votes[direction] / most;
        const double x = static_cast<double>(col) + 0.5;
        const double y = cells - static_cast<double>(row) - 0.5;
        const double across = -std::sin(slope) * reach;
        const double up = -std::cos(slope) * reach;  // rows run down, y up
        lines.x.insert(lines.x.end(), {x - across, x + across, gap});
        lines.y.insert(lines.y.end(), {y - up, y + up, gap});
      }
    }
  }
  return {.title = "edges_figure",
          .x = {.label = "", .range = std::pair{0.0, cells}},
          .y = {.label = "", .range = std::pair{0.0, cells}},
          .series = {lines},
          .has_equal_scales = true};
}

Figure digits_figure(std::span<const Answer> answers, std::span<const Label> truth) {
  Figure figure{.title = "digits_figure", .x = {"digit"}, .y = {"share_right"}};
  for (std::size_t way = 0; way < readers.size(); ++way) {
    Series bars{.kind = SeriesKind::bars,
                .label = std::string(readers[way]),
                .x = numbers_below<double>(num_digit_classes)};
    for (std::size_t digit = 0; digit < num_digit_classes; ++digit) {
      double count = 0;
      double right = 0;
      for (std::size_t i = 0; i < answers.size(); ++i) {
        if (truth[i] == digit) {
          count += 1;
          right += answers[i].labels[way] == truth[i] ? 1 : 0;
        }
      }
      bars.y.push_back(right / count);
    }
    figure.series.push_back(std::move(bars));
  }
  return figure;
}

void explain(Result& result, const Settings& given, std::span<const Answer> answers,
             std::span<const Label> truth, const std::array<double, 3>& shares) {
  const std::size_t image = given.integer("image");
  const Answer& answer = answers[image];
  result.find("this_image", {{"image", image},
                             {"truth", truth[image]},
                             {"rules", answer.labels[0]},
                             {"rule", TextId{std::string(digit_rules()[answer.rule].id)}},
                             {"neighbour", answer.labels[1]},
                             {"nearest", answer.nearest},
                             {"net", answer.labels[2]},
                             {"probability", 100 * answer.probability}});
  std::array<double, 4> counts{};  // of images that none, one, two, all of them read
  for (std::size_t i = 0; i < answers.size(); ++i) {
    counts[answers[i].num_right(truth[i])] += 1;
  }
  result.find("agreement", {{"tests", num_tests},
                            {"none", counts[0]},
                            {"one", counts[1]},
                            {"two", counts[2]},
                            {"all", counts[3]}});
  const auto best = std::max_element(shares.begin(), shares.end());
  result.find(
      "best_way",
      {{"way", TextId{std::string(readers[static_cast<std::size_t>(best - shares.begin())])}},
       {"images", given.integer("images")},
       {"share", 100 * *best},
       {"rules", 100 * shares[0]},
       {"neighbour", 100 * shares[1]},
       {"net", 100 * shares[2]}});
  result.find("who_finds_features");
  result.mistake("end_to_end_is_not_without_people");
  result.mistake("learning_is_not_always_better");
}

Result run(const Settings& given) {
  Team team(1);
  const Dataset digits =
      make_digits({.num_train = given.integer("images"), .num_test = num_tests}, team);
  const ReaderOptions options = options_of(given);
  const std::vector<Answer> answers = ask_three_readers(digits, options);
  const std::span<const Label> truth = digits.test.labels;
  const std::array<double, 3> shares = accuracies(answers, truth);
  const std::array<std::size_t, 1> chosen{given.integer("image")};
  const std::vector<std::size_t> disputed = find_disputed(answers);
  Result result;
  result.scalars = {{"rules", shares[0]}, {"neighbour", shares[1]}, {"net", shares[2]}};
  result.tables = {ways_table(shares), rules_table(answers, truth)};
  result.figures = {sheet("image_figure", digits.test, chosen),
                    edges_figure(oriented_gradients(image_of(digits.test, chosen[0]),
                                                    options.cell_side, options.num_directions)),
                    digits_figure(answers, truth)};
  if (!disputed.empty()) {
    result.tables.push_back(disputed_table(disputed, answers, truth));
    result.figures.push_back(sheet("disputed_figure", digits.test, disputed));
  }
  explain(result, given, answers, truth, shares);
  return result;
}

}  // namespace
}  // namespace paradigms_lab

constinit const Experiment paradigms_experiment{"paradigms", "4.1", paradigms_lab::parameters,
                                                paradigms_lab::run};

}  // namespace gradus
