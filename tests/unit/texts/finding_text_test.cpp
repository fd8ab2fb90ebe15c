// SPDX-License-Identifier: MIT
#include "gradus/texts/finding_text.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/train/trainer.hpp"
#include "unit/texts/expect_all_used.hpp"

namespace gradus {
namespace {

struct Case {
  Finding finding;
  std::optional<TrainingOptions> options;
  std::string seen;
  std::string advice;

  [[nodiscard]] Explanation explained(Language language) const {
    return explain(language, finding, options ? &*options : nullptr);
  }
};

TrainingOptions with_rate(double learning_rate, const std::string& optimizer = "sgd") {
  TrainingOptions options;
  options.network.layer_sizes = {784, 10};
  options.optimizer.id = optimizer;
  options.schedule.learning_rate = learning_rate;
  return options;
}

TrainingOptions with_start(const std::string& initializer, const std::string& activation,
                           std::vector<std::size_t> layer_sizes) {
  TrainingOptions options = with_rate(0.1);
  options.initializer.id = initializer;
  options.network.activation = activation;
  options.network.layer_sizes = std::move(layer_sizes);
  return options;
}

TrainingOptions with_wide_start() {
  TrainingOptions options = with_start("normal", "tanh", {784, 50, 10});
  options.initializer.standard_deviation = 1;
  return options;
}

TrainingOptions with_decay(double weight_decay) {
  TrainingOptions options = with_rate(0.1);
  options.weight_decay = weight_decay;
  return options;
}

const Finding standstill{"loss_not_moving", 1000, {{"loss", 2.30251}, {"guess", 2.302585}}};
const std::string stands_still =
    "the loss is not moving: 2.3025, where 2.3026 is what a guess has that never looks at the "
    "inputs";
const Finding dead{
    "dead_units", 1000, {{"layer", 1}, {"dead", 1040}, {"units", 1050}, {"samples", 1000}}};
const std::string are_dead =
    "hidden layer 1: 1,040 of 1,050 units are dead: their output has slope 0 for all of 1,000 "
    "training samples, so no gradient reaches their weights";
const Finding saturated{
    "saturated_units", 1000, {{"layer", 2}, {"share", 0.98765}, {"samples", 1000}}};
const std::string are_saturated =
    "hidden layer 2: 98.77 % of its outputs are saturated: at a flat end of the activation, where "
    "hardly any gradient comes through";
const Finding one_class{"one_class", 1000, {{"class", 3}, {"share", 1}, {"accuracy", 0.101}}};
const std::string judge_by_recall =
    "more iterations, another learning rate or other first weights; for data of which one class "
    "is nearly all, judge by the recall of each class (gradus evaluate)";

const std::vector<Case> cases{
    {{"input_scale", 0, {{"feature", 1234}, {"typical", 130.2}, {"largest", 255}}},
     {},
     "feature 1,234 of the inputs (from 0) reaches 255, with a root mean square of 130.2: so far "
     "from 0 it drowns the others and makes steps too long",
     "standardize the columns (--standardize on), or scale them "
     "to 0 ... 1"},
    {{"test_in_training", 0, {{"copies", 120}, {"test_samples", 10000}}},
     with_rate(0.1),
     "120 of the 10,000 test samples are training samples too: the test result counts them, "
     "though they may be known by heart",
     "take the copies out of one of the two halves"},
    {{"far_from_training", 0, {{"share", 0.0333}, {"feature", 4}, {"deviations", 812.5}}},
     {},
     "3.33 % of the cells are farther from what the model learned from than 10 of its standard "
     "deviations, up to 812.5 in feature 4 (from 0): the answers are guesses far outside of what "
     "it knows",
     "look whether the columns are the same, in the same order and in the same units; if they are, "
     "train on data like these"},
    {{"loss_exploding", 40, {{"loss", 123.456}, {"reference", 2.3026}}},
     with_rate(3),
     "the loss grew to 123.5, far above the 2.303 it began with or a blind guess has: the steps "
     "overshoot",
     "--lr 0.1"},
    {{"loss_exploding", 40, {{"loss", 123.456}, {"reference", 2.3026}}},
     {},
     "the loss grew to 123.5, far above the 2.303 it began with or a blind guess has: the steps "
     "overshoot",
     "a smaller learning rate"},
    {standstill, {}, stands_still, "another learning rate"},
    {standstill, with_rate(0.1), stands_still, "--lr 1 or --lr 0.01"},
    {standstill, with_rate(3), stands_still, "--lr 0.1"},
    {standstill, with_rate(0.001), stands_still, "--lr 0.01"},
    {standstill, with_rate(0.01, "momentum"), stands_still, "--lr 0.1 or --lr 0.001"},
    {standstill, with_rate(0.001, "adam"), stands_still, "--lr 0.01 or --lr 0.0001"},
    {standstill, with_decay(0.5), stands_still,
     "--weight-decay 0.0001: decay keeps the weights near 0"},
    {standstill, with_start("normal", "relu", {784, 50, 10}), stands_still,
     "--lr 1 or --lr 0.01; or --init he: through layers of small first weights little comes out"},
    {dead, {}, are_dead, "a smaller learning rate"},
    {dead, with_start("he", "relu", {784, 50, 10}), are_dead, "--lr 0.01"},
    {dead, with_start("normal", "relu", {784, 50, 10}), are_dead, "--lr 0.01 or --init he"},
    {saturated, {}, are_saturated, "a smaller learning rate, or inputs nearer to 0"},
    {saturated, with_rate(3), are_saturated, "--lr 0.1"},
    {saturated, with_start("xavier", "tanh", {784, 50, 10}), are_saturated,
     "a smaller learning rate, or inputs nearer to 0"},
    {saturated, with_wide_start(), are_saturated,
     "--init xavier, whose first weights are smaller the more inputs a unit has"},
    // Of 0.01 it would make 0.19.
    {saturated, with_start("normal", "tanh", {4, 50, 10}), are_saturated,
     "a smaller learning rate, or inputs nearer to 0"},
    {{"row_numbers", 0, {{"number", 1}}, "id"},
     with_rate(0.1),
     "column 1 \"id\" seems to number the rows: where rows lie in an order, a network learns the "
     "order instead of the task",
     "--ignore 1"},
    {{"row_numbers", 0, {{"number", 1}}},
     with_rate(0.1),
     "column 1 seems to number the rows: where rows lie in an order, a network learns the order "
     "instead of the task",
     "--ignore 1"},
    {{"rounded_numbers", 0, {{"number", 2}}, "time"},
     with_rate(0.1),
     "column 2 \"time\" holds whole numbers too large for float, which keeps 7 digits: different "
     "ones may have become the same",
     "--ignore 2, or subtract the smallest from the column"},
    {{"spare_outputs", 0, {{"outputs", 50}, {"classes", 10}}},
     with_rate(0.1),
     "the network has 50 outputs for 10 classes: the others can only learn to be silent",
     "--layers with 10 at the end"},
    {{"one_class", 1000, {{"class", 1}, {"share", 1}, {"accuracy", 0.5}}, "rose"},
     with_rate(0.1),
     "class rose is the answer to 100 % of the test samples: the accuracy of 50 % says no more "
     "than "
     "how frequent that class is",
     judge_by_recall},
    {one_class,
     {},
     "class 3 is the answer to 100 % of the samples: the accuracy of 10.1 % says no more than how "
     "frequent that class is",
     judge_by_recall},
    {one_class, with_rate(0.1),
     "class 3 is the answer to 100 % of the test samples: the accuracy of 10.1 % says no more than "
     "how frequent that class is",
     judge_by_recall},
    {{"labels_unrelated", 1000, {{"agreement", 0.1067}, {"chance", 0.1003}, {"samples", 300}}},
     with_rate(0.1),
     "the labels seem to have nothing to do with the inputs: this network names the test samples "
     "no better than chance, and neither does the nearest training sample, which needs no training "
     "(10.67 % of 300 right, 10.03 % by chance)",
     "look at some samples with their labels (gradus data info): were the two put in another "
     "order, or is the label another column?"},
    {{"no_better_than_mean", 1000, {{"r2", -0.41}, {"train_r2", 0.998}}},
     with_rate(0.1),
     "on the test samples the network is no better than always guessing their mean: R2 is -0.41 "
     "there, and 1.00 on the training samples",
     "it has learned the training samples by heart: fewer --iterations, --weight-decay 1, or fewer "
     "hidden units"},
    {{"no_better_than_mean", 1000, {{"r2", -0.01}, {"train_r2", 0.02}}},
     with_rate(0.1),
     "on the test samples the network is no better than always guessing their mean: R2 is -0.01 "
     "there, and 0.02 on the training samples",
     "more iterations or another learning rate; if nothing helps, the inputs may not tell the "
     "number"},
};

TEST(FindingText, SaysWhatWasSeenAndWhatToTry) {
  for (const Case& one : cases) {
    const Explanation explanation = one.explained(Language::english);
    EXPECT_EQ(explanation.seen, one.seen);
    EXPECT_EQ(explanation.advice, one.advice) << one.seen;
  }
}

TEST(FindingText, HasNoTextTooMany) {
  for (const Language language : {Language::english, Language::korean}) {
    std::vector<std::string> sentences;
    for (const Case& one : cases) {
      const Explanation explanation = one.explained(language);
      sentences.push_back(explanation.seen);
      sentences.push_back(explanation.advice);
    }
    expect_all_used(language, "finding", sentences);
    expect_all_used(language, "next_options", sentences);
  }
}

TEST(FindingText, IsThereForEveryKind) {
  for (const FindingKind& kind : finding_kinds()) {
    Finding finding{kind.id, 0, {}};
    EXPECT_THROW(static_cast<void>(explain(Language::english, finding, nullptr)), StateError)
        << kind.id;
    for (const std::string_view number : kind.numbers) {
      finding.numbers.emplace_back(number, 1);
    }
    for (const Language language : {Language::english, Language::korean}) {
      EXPECT_NE(explain(language, finding, nullptr).seen, "") << kind.id;
    }
  }
}

}  // namespace
}  // namespace gradus
