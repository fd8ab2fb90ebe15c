// SPDX-License-Identifier: MIT
#include "measure.hpp"

#include "gradus/core/parallel.hpp"
#include "gradus/data/digits.hpp"

namespace gradus::bench {
namespace {

bool is_any_wrong = false;

}  // namespace

const Samples& some_digits() {
  static const Dataset digits = [] {
    Team team;
    return make_digits({.num_train = 2000, .num_test = 1}, team);
  }();
  return digits.train;
}

void report_wrong_answer(benchmark::State& state) {
  is_any_wrong = true;
  state.SkipWithError("wrong answer");
}

bool was_any_answer_wrong() {
  return is_any_wrong;
}

}  // namespace gradus::bench
