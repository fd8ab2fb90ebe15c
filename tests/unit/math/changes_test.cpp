// SPDX-License-Identifier: MIT
// What sigmoid, softmax and -ln softmax change by, against differences in long double.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/math/sigmoid.hpp"
#include "gradus/math/softmax.hpp"
#include "support.hpp"
#include "unit/math/instruction_sets.hpp"

namespace gradus {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double almost_none = 1e-320;  // numbers below 2e-308 have fewer digits

/// Sizes of moves on both sides of where the formulas change: 1/1024 and 1/2.
const std::vector<double> sizes = {0,    1e-300, 1e-12, 1e-4, 0.00097, 0.00098, 0.01,
                                   0.15, 0.3,    0.49,  0.51, 2,       40,      800};

/// Moves of every size mixed, of both signs, and then each size by itself: a vector of moves is
/// treated as its largest one asks for. Some lengths end in the middle of a vector.
std::vector<std::vector<double>> lists_of_moves() {
  std::vector<std::vector<double>> lists;
  for (const double size : sizes) {
    lists.push_back({});
    for (int i = 0; i < 19; ++i) {
      lists.back().push_back((i % 2 == 0 ? 1 : -1) * size * (20 - i) / 20);
    }
  }
  lists.push_back({});
  for (const double size : sizes) {
    lists.back().push_back(size);
    lists.back().push_back(-size);
  }
  lists.push_back({1e-4});
  lists.push_back({});
  return lists;
}

long double exact_sigmoid(long double x) {
  return 1 / (1 + std::exp(-x));
}

TEST(SigmoidChanges, AreThoseOfLongDouble) {
  for_every_instruction_set([] {
    for (const double x : {0.0, 0.3, -2.0, 7.0, -30.0, 30.0, -800.0, 800.0}) {
      for (const std::vector<double>& moves : lists_of_moves()) {
        std::vector<double> changes(moves.size(), not_a_number);
        sigmoid_changes_into(x, moves, changes);
        const bool are_small = std::all_of(moves.begin(), moves.end(),
                                           [](double move) { return std::abs(move) <= 0.5; });
        for (std::size_t m = 0; m < moves.size(); ++m) {
          // In this form nothing cancels: sinh(d / 2) / (2 cosh(x / 2) cosh((x + d) / 2)).
          const long double half_x = static_cast<long double>(x) / 2;
          const long double half_d = static_cast<long double>(moves[m]) / 2;
          const long double exact =
              std::sinh(half_d) / (2 * std::cosh(half_x) * std::cosh(half_x + half_d));
          const double bound =
              are_small
                  ? tolerance::sigmoid_change * std::abs(static_cast<double>(exact)) + almost_none
                  : tolerance::plain_difference;
          EXPECT_NEAR(changes[m], static_cast<double>(exact), bound)
              << "x " << x << ", move " << moves[m];
          const long double plain =
              exact_sigmoid(2 * (half_x + half_d)) - exact_sigmoid(2 * half_x);
          EXPECT_LT(std::abs(static_cast<double>(exact - plain)), tolerance::long_double);
        }
      }
    }
  });
}

TEST(SigmoidChanges, ReachTheEndsAndKeepWhatIsNotANumber) {
  for_every_instruction_set([] {
    const std::vector<double> moves = {infinity, -infinity, not_a_number, 1e-4};
    std::vector<double> changes(4);
    sigmoid_changes_into(0, moves, changes);
    EXPECT_EQ(changes[0], 0.5);
    EXPECT_EQ(changes[1], -0.5);
    EXPECT_TRUE(std::isnan(changes[2]));
    EXPECT_NEAR(changes[3], 2.5e-5, 1e-13);
    for (const double x : {infinity, -infinity}) {
      sigmoid_changes_into(x, std::vector<double>{1e-4, -0.1, 3}, std::span(changes).first(3));
      EXPECT_EQ(changes[0], 0);
      EXPECT_EQ(changes[1], 0);
      EXPECT_EQ(changes[2], 0);
    }
    sigmoid_changes_into(not_a_number, std::vector<double>{1e-4}, std::span(changes).first(1));
    EXPECT_TRUE(std::isnan(changes[0]));
  });
}

TEST(SigmoidChanges, MayWriteOverTheMoves) {
  for_every_instruction_set([] {
    for (const std::vector<double>& moves : lists_of_moves()) {
      std::vector<double> apart(moves.size());
      std::vector<double> in_place = moves;
      sigmoid_changes_into(0.7, moves, apart);
      sigmoid_changes_into(0.7, in_place, in_place);
      EXPECT_EQ(in_place, apart);
    }
  });
}

/// Scores, and moves of them by a size, different for each score; a column is a move.
struct Problem {
  std::vector<double> scores;
  Array<double> moves;
};

std::vector<Problem> problems() {
  std::vector<Problem> all;
  for (const std::vector<double>& scores : std::vector<std::vector<double>>{
           {0.1, -0.7, 1.3, 0.2, -2.0}, {0, 0}, {40, 1, -3}, {-700, 710, 700}, {1e6, 1e6 + 1}}) {
    for (const double size : sizes) {
      for (const std::size_t num_moves : {1U, 8U, 13U}) {
        all.push_back({scores, random_matrix<double>(scores.size(), num_moves, 5)});
        for (double& move : all.back().moves.elements()) {
          move *= size / 8;  // eight deviations: nearly always below size
        }
      }
    }
  }
  return all;
}

std::vector<long double> exact_softmax(std::span<const double> scores,
                                       MatrixView<const double> moves, std::size_t m) {
  const long double highest = *std::max_element(scores.begin(), scores.end());
  std::vector<long double> y;
  for (std::size_t c = 0; c < scores.size(); ++c) {
    y.push_back((static_cast<long double>(scores[c]) - highest) +
                static_cast<long double>(moves(c, m)));
  }
  const long double maximum = *std::max_element(y.begin(), y.end());
  long double sum = 0;
  for (long double& number : y) {
    number = std::exp(number - maximum);
    sum += number;
  }
  for (long double& number : y) {
    number /= sum;
  }
  return y;
}

double largest(const std::vector<double>& numbers) {
  double size = 0;
  for (const double number : numbers) {
    size = std::max(size, std::abs(number));
  }
  return size;
}

/// The largest move of a column.
double largest(MatrixView<const double> moves, std::size_t m) {
  std::vector<double> column;
  for (std::size_t c = 0; c < moves.num_rows(); ++c) {
    column.push_back(moves(c, m));
  }
  return largest(column);
}

/// Whether the formulas for small moves are used everywhere: differences of moves of five scores
/// have squares of up to 20 times the largest's.
bool are_small(const Problem& problem) {
  return 20 * std::pow(largest(copy_of(problem.moves.elements())), 2) <= 0.25;
}

TEST(SoftmaxChanges, AreThoseOfLongDouble) {
  for_every_instruction_set([] {
    for (const Problem& problem : problems()) {
      const MatrixView<const double> moves = problem.moves.matrix();
      const Array<double> none(Shape{moves.num_rows(), 1});
      Array<double> changes = unwritten_matrix<double>(moves.num_rows(), moves.num_cols());
      softmax_changes_into(problem.scores, moves, changes.matrix());
      const auto before = exact_softmax(problem.scores, none.matrix(), 0);
      for (std::size_t m = 0; m < moves.num_cols(); ++m) {
        const auto after = exact_softmax(problem.scores, moves, m);
        const double size = largest(moves, m);
        for (std::size_t c = 0; c < before.size(); ++c) {
          const double p = static_cast<double>(before[c]);
          const double bound = are_small(problem)
                                   ? tolerance::softmax_change * p * size + tolerance::long_double
                                   : tolerance::plain_difference_of_scores;
          const long double exact = after[c] - before[c];
          EXPECT_LE(std::abs(static_cast<double>(changes.matrix()(c, m) - exact)), bound)
              << "move of size " << size;
        }
      }
    }
  });
}

TEST(SoftmaxChanges, MayWriteOverTheMoves) {
  for_every_instruction_set([] {
    for (const Problem& problem : problems()) {
      Array<double> in_place = problem.moves;
      Array<double> apart(problem.moves.shape());
      softmax_changes_into(problem.scores, problem.moves.matrix(), apart.matrix());
      softmax_changes_into(problem.scores, in_place.matrix(), in_place.matrix());
      EXPECT_EQ(copy_of(in_place.elements()), copy_of(apart.elements()));
    }
  });
}

TEST(NegativeLogSoftmaxChanges, AreThoseOfLongDouble) {
  for_every_instruction_set([] {
    for (const Problem& problem : problems()) {
      const MatrixView<const double> moves = problem.moves.matrix();
      const Array<double> none(Shape{moves.num_rows(), 1});
      const auto p = exact_softmax(problem.scores, none.matrix(), 0);
      for (std::size_t c = 0; c < problem.scores.size(); ++c) {
        std::vector<double> changes(moves.num_cols(), not_a_number);
        negative_log_softmax_changes_into(problem.scores, c, moves, changes);
        for (std::size_t m = 0; m < moves.num_cols(); ++m) {
          // ln sum exp of differences to the right class, before and after.
          long double exact = 0;
          long double moved_by = 0;
          for (std::size_t k = 0; k < p.size(); ++k) {
            const long double move =
                static_cast<long double>(moves(k, m)) - static_cast<long double>(moves(c, m));
            exact += p[k] * std::expm1(move);
            moved_by += p[k] * std::abs(move);
          }
          if (are_small(problem)) {
            EXPECT_LE(std::abs(static_cast<double>(changes[m] - std::log1p(exact))),
                      tolerance::negative_log_softmax_change * static_cast<double>(moved_by) +
                          almost_none)
                << "move of size " << largest(moves, m);
          } else {
            const auto after = exact_softmax(problem.scores, moves, m);
            const double plain = static_cast<double>(std::log(p[c]) - std::log(after[c]));
            EXPECT_NEAR(changes[m], plain, tolerance::plain_difference_of_scores)
                << "move of size " << largest(moves, m);
          }
        }
      }
    }
  });
}

TEST(NegativeLogSoftmaxChanges, AreExactForASureAndRightGuess) {
  // p is 1 - 1e-17: the loss is 1e-17 and its change 1e-21, which no difference of losses shows.
  for_every_instruction_set([] {
    const std::vector<double> scores = {40, 0};
    const double p =
        static_cast<double>(exact_softmax(scores, Array<double>(Shape{2, 1}).matrix(), 0)[1]);
    const std::vector<double> moves = {1e-4, 0};
    std::vector<double> change(1);
    negative_log_softmax_changes_into(scores, 0, {moves.data(), 2, 1}, change);
    EXPECT_NEAR(change[0] / (p * std::expm1(-1e-4)), 1, 1e-14);
  });
}

TEST(SoftmaxChanges, KeepWhatIsNotANumber) {
  for_every_instruction_set([] {
    const std::vector<double> scores = {1, 2};
    const std::vector<double> moves = {not_a_number, infinity, 1e-4, 0, 0, 0};
    std::vector<double> changes(3);
    negative_log_softmax_changes_into(scores, 0, {moves.data(), 2, 3}, changes);
    EXPECT_TRUE(std::isnan(changes[0]));
    EXPECT_TRUE(std::isnan(changes[1]));
    EXPECT_NEAR(changes[2], -0.731058578e-4, 1e-8);
    std::vector<double> matrix(6);
    softmax_changes_into(scores, {moves.data(), 2, 3}, {matrix.data(), 2, 3});
    EXPECT_TRUE(std::isnan(matrix[0]));
    EXPECT_TRUE(std::isnan(matrix[4]));
    EXPECT_GT(matrix[2], 0);
    EXPECT_EQ(matrix[2], -matrix[5]);
  });
}

TEST(SoftmaxChanges, RefuseWhatDoesNotFit) {
  std::vector<double> room(6);
  const std::vector<double> scores = {1, 2, 3};
  const MatrixView<double> two_rows(room.data(), 2, 3);
  const MatrixView<double> three_rows(room.data(), 3, 2);
  EXPECT_THROW(softmax_changes_into(scores, two_rows, two_rows), ShapeError);
  EXPECT_THROW(softmax_changes_into(scores, three_rows, two_rows), ShapeError);
  EXPECT_THROW(negative_log_softmax_changes_into(scores, 0, two_rows, std::span(room).first(3)),
               ShapeError);
  EXPECT_THROW(negative_log_softmax_changes_into(scores, 0, three_rows, std::span(room).first(3)),
               ShapeError);
  EXPECT_THROW(negative_log_softmax_changes_into(scores, 3, three_rows, std::span(room).first(2)),
               ValueError);
  EXPECT_THROW(sigmoid_changes_into(0, scores, std::span(room).first(2)), ShapeError);
}

}  // namespace
}  // namespace gradus
