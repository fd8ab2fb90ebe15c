// SPDX-License-Identifier: MIT
#include "gradus/texts/divergence_text.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "gradus/train/trainer.hpp"
#include "unit/texts/expect_all_used.hpp"

namespace gradus {
namespace {

TrainingOptions large_rate() {
  TrainingOptions options;
  options.schedule.learning_rate = 50;
  options.weight_decay = 0.1;
  return options;
}

struct Case {
  Divergence divergence;
  std::string seen;
  std::string advice;
};

const std::vector<Case> cases{
    {{.where = "hidden layer 2", .num_not_finite = 1000, .num_numbers = 5000},
     "from the inputs on, the output of hidden layer 2 was the first not to be finite (1,000 of "
     "5,000 numbers); a learning rate of 50 seems too large for sgd",
     "--lr 0.1 or --init xavier"},
    {{.where = "W2", .num_not_finite = 3, .num_numbers = 500},
     "from the inputs on, the weights W2 were the first not to be finite (3 of 500 numbers); a "
     "learning rate of 50 seems too large for sgd",
     "--lr 0.1 or --init xavier"},
    {{.where = "b1", .num_not_finite = 3, .num_numbers = 50},
     "from the inputs on, the biases b1 were the first not to be finite (3 of 50 numbers); a "
     "learning rate of 50 seems too large for sgd",
     "--lr 0.1 or --init xavier"},
    {{.where = "loss",
      .num_not_finite = 1,
      .num_numbers = 1,
      .cause = DivergenceCause::weight_decay},
     "the loss was not a finite number; with --weight-decay 0.1 and --lr 50 each step multiplies "
     "the weights by -4",
     "--weight-decay 0.0001"},
    {{.where = "scores",
      .num_not_finite = 2,
      .num_numbers = 1000,
      .largest_input = 1e20,
      .cause = DivergenceCause::input_scale},
     "from the inputs on, the scores were the first not to be finite (2 of 1,000 numbers); the "
     "inputs are large, 1e+20 at most, and make every step too long",
     "standardize the columns (--standardize on), or --lr 0.1"},
    {{.where = "input",
      .num_not_finite = 2,
      .num_numbers = 30,
      .largest_input = 3e38,
      .largest_parameter = 0.0312,
      .cause = DivergenceCause::start},
     "from the inputs on, the input was the first not to be finite (2 of 30 numbers), before any "
     "update: the first weights or the inputs are too large",
     "--init xavier; the largest weight is 0.0312, the largest input 3e+38"},
};

TEST(DivergenceText, SaysWhereAndWhyAndWhatToTry) {
  for (const Case& one : cases) {
    const Explanation explanation = explain(Language::english, one.divergence, large_rate());
    EXPECT_EQ(explanation.seen, one.seen);
    EXPECT_EQ(explanation.advice, one.advice) << one.seen;
  }
}

TEST(DivergenceText, HasNoTextTooMany) {
  for (const Language language : {Language::english, Language::korean}) {
    std::vector<std::string> sentences;
    for (const Case& one : cases) {
      const Explanation explanation = explain(language, one.divergence, large_rate());
      sentences.push_back(explanation.seen);
      sentences.push_back(explanation.advice);
    }
    expect_all_used(language, "divergence", sentences);
  }
}

}  // namespace
}  // namespace gradus
