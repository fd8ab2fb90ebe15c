// SPDX-License-Identifier: MIT
#include "gradus/texts/descent_text.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/texts/expect_all_used.hpp"

namespace gradus {
namespace {

struct Case {
  DescentOutcome outcome;
  std::string seen;
  std::string advice;
};

const std::vector<Case> cases{
    {{.reason = DescentReason::no_slope_at_start},
     "the gradient is 0 at the start already: a minimum, unless it is a saddle or a plateau",
     "another start"},
    {{.reason = DescentReason::no_slope_at_start, .place = PlaceKind::maximum},
     "the gradient is 0 at the start already: a maximum",
     "another start"},
    {{.reason = DescentReason::no_slope_at_start,
      .is_maximizing = true,
      .place = PlaceKind::maximum},
     "the gradient is 0 at the start already: a maximum",
     ""},
    {{.reason = DescentReason::no_slope},
     "the gradient is 0: a minimum, unless it is a saddle or a plateau",
     ""},
    {{.reason = DescentReason::no_slope, .place = PlaceKind::minimum},
     "the gradient is 0: a minimum",
     ""},
    {{.reason = DescentReason::no_slope, .place = PlaceKind::saddle},
     "the gradient is 0: a saddle, a minimum in one direction and a maximum in another",
     "another start"},
    {{.reason = DescentReason::little_slope,
      .is_maximizing = true,
      .gradient = 2e-9,
      .largest_gradient = 10},
     "the gradient is 2e-10 of its largest: a maximum, unless it is a saddle or a plateau",
     ""},
    {{.reason = DescentReason::little_slope,
      .gradient = 2e-9,
      .largest_gradient = 10,
      .place = PlaceKind::flat},
     "the gradient is 2e-10 of its largest: second derivatives are 0 here and do not say whether "
     "it "
     "is a minimum",
     ""},
    {{.reason = DescentReason::kink_at_start},
     "f has a kink at the start, and no gradient: the 0 that the chain rule takes there is a "
     "convention",
     "another start"},
    {{.reason = DescentReason::kink_on_the_way},
     "f has a kink here, and no gradient: whether it is a minimum cannot be told from the 0 that "
     "the "
     "chain rule takes there",
     ""},
    {{.reason = DescentReason::on_the_way, .gradient = 1.326, .last_change = 0.2345},
     "on the way when the steps ran out: the gradient is 1.33, and the last step took 0.23 off f",
     "more steps, or a larger learning rate"},
    {{.reason = DescentReason::tiny_steps, .move = 1e-9},
     "a step moves by 1e-09 and would have to be made over a million times to get anywhere",
     "a much larger learning rate"},
    {{.reason = DescentReason::plateau, .gradient = 2e-22, .move = 2e-23},
     "a step moves by 2e-23 and would have to be made over a million times to get anywhere; the "
     "slope here is only 2e-22",
     "another start, or a much larger learning rate"},
    {{.reason = DescentReason::to_and_fro, .smaller_rate = 0.5},
     "the steps go to and fro over the minimum and f gets no lower",
     "a smaller learning rate, such as 0.5"},
    {{.reason = DescentReason::to_and_fro, .is_maximizing = true, .smaller_rate = 0.5},
     "the steps go to and fro over the maximum and f gets no higher",
     "a smaller learning rate, such as 0.5"},
    {{.reason = DescentReason::overshooting,
      .first_value = 25,
      .last_value = 1.4094e257,
      .smaller_rate = 1},
     "each step overshoots farther than the one before: f rises from 25 to 1.41e+257",
     "a smaller learning rate, such as 1"},
    {{.reason = DescentReason::overshooting,
      .is_maximizing = true,
      .first_value = -1,
      .last_value = -64,
      .smaller_rate = 0.1},
     "each step overshoots farther than the one before: f falls from -1 to -64",
     "a smaller learning rate, such as 0.1"},
    {{.reason = DescentReason::overshot_all_numbers,
      .since = 120,
      .last_step = 241,
      .lost = DescentPart::point,
      .smaller_rate = 1},
     "each step overshoots farther than the one before: from step 120 on f is beyond the largest "
     "number, and at step 241 so is the point",
     "a smaller learning rate, such as 1"},
    {{.reason = DescentReason::overshot_all_numbers,
      .since = 3,
      .last_step = 4,
      .lost = DescentPart::gradient,
      .smaller_rate = 1},
     "each step overshoots farther than the one before: from step 3 on f is beyond the largest "
     "number, and at step 4 so is the gradient",
     "a smaller learning rate, such as 1"},
    {{.reason = DescentReason::no_bound, .last_value = -6.86e15},
     "f falls without end, to -6.86e+15: it seems to have no minimum this way",
     "the other direction, or another start"},
    {{.reason = DescentReason::no_bound, .is_maximizing = true, .last_value = 1e9},
     "f rises without end, to 1e+09: it seems to have no maximum this way",
     "the other direction, or another start"},
    {{.reason = DescentReason::ran_beyond_all_numbers,
      .last_step = 1,
      .last_value = 0,
      .smaller_rate = 1e307},
     "the point ran away: at step 1 it is beyond the largest number, where f is 0",
     "a smaller learning rate, such as 1e+307"},
    {{.reason = DescentReason::ran_out_of_numbers,
      .last_step = 1,
      .distance = 2e100,
      .lost = DescentPart::value,
      .smaller_rate = 1e99},
     "the point ran away: f is not a number at step 1, where |x| is 2e+100",
     "a smaller learning rate, such as 1e+99"},
    {{.reason = DescentReason::step_vanishes, .since = 0, .coordinate = 1, .x = 1e13, .h = 0.0001},
     "from step 0 on x1 + h == x1: beside 1e+13 the step h = 0.0001 vanishes, and the numerical "
     "gradient is 0",
     "an exact gradient, or a larger h"},
    {{.reason = DescentReason::step_vanishes_far_away,
      .since = 10,
      .x = -2.5898e13,
      .h = 0.0001,
      .smaller_rate = 1},
     "from step 10 on x0 + h == x0: beside -2.59e+13 the step h = 0.0001 vanishes, and the "
     "numerical gradient is 0",
     "a smaller learning rate, such as 1; before it froze, it diverged"},
    {{.reason = DescentReason::undefined_at_start, .lost = DescentPart::gradient},
     "the gradient is not finite at the start: outside of where f is defined",
     "another start"},
    {{.reason = DescentReason::undefined_on_the_way,
      .last_step = 3,
      .lost = DescentPart::value,
      .smaller_rate = 0.2},
     "f is not a number at step 3: outside of where f is defined",
     "another start, or a smaller learning rate, such as 0.2"},
};

TEST(DescentText, SaysWhatHappenedAndWhatToTry) {
  for (const Case& one : cases) {
    const Explanation explanation = explain(Language::english, one.outcome);
    EXPECT_EQ(explanation.seen, one.seen);
    EXPECT_EQ(explanation.advice, one.advice) << one.seen;
  }
}

const DescentOutcome bowl{.curvature = Curvature{.least = 2, .most = 2, .error = 1e-15},
                          .is_one_step_enough = true};
const DescentOutcome valley{.curvature = Curvature{.least = 0.1, .most = 2, .error = 1e-15}};
const DescentOutcome saddle{.curvature = Curvature{.least = -1, .most = 4, .error = 1e-15}};

TEST(DescentText, SaysHowLargeARateMayBe) {
  EXPECT_EQ(rate_text(Language::english, bowl),
            "above 1 every step makes it worse here; 0.5 reaches it in one");
  EXPECT_EQ(rate_text(Language::english, valley),
            "above 1 every step makes it worse here; 0.952 is the best");
  EXPECT_EQ(rate_text(Language::english, saddle), "above 0.5 every step makes it worse here");
  EXPECT_EQ(rate_text(Language::english, {}), "");
  EXPECT_EQ(rate_text(Language::english,
                      {.curvature = Curvature{.least = -2, .most = -1, .error = 1e-15}}),
            "");
}

TEST(DescentText, HasNoTextTooMany) {
  for (const Language language : {Language::english, Language::korean}) {
    std::vector<std::string> sentences;
    for (const Case& one : cases) {
      const Explanation explanation = explain(language, one.outcome);
      sentences.push_back(explanation.seen);
      sentences.push_back(explanation.advice);
    }
    for (const DescentOutcome& outcome : {bowl, valley, saddle}) {
      sentences.push_back(rate_text(language, outcome));
    }
    expect_all_used(language, "descent_outcome", sentences);
  }
}

}  // namespace
}  // namespace gradus
