// SPDX-License-Identifier: MIT
// How wrong is an answer? Four answers to a picture of a 2, judged by three losses.
//
// Prints the losses of each answer: A is right and costs least; B, C and D are wrong. Then the
// cross entropy of a mini-batch of two answers, which is the mean of theirs.
#include <cstdio>
#include <vector>

#include "gradus/core/array.hpp"
#include "gradus/data/one_hot.hpp"
#include "gradus/loss/cross_entropy_error.hpp"
#include "gradus/loss/mean_squared_error.hpp"
#include "gradus/loss/sum_squares_error.hpp"

int main() {
  using Answer = std::vector<double>;  // how much the network gives each digit from 0 to 9
  const Answer a = {.1, .05, .6, 0, .05, .1, 0, .1, 0, 0};
  const Answer b = {.1, .05, .1, 0, .7, .3, 0, 0, 0, 0};
  const Answer c = {.1, .05, .1, 0, .05, .1, 0, .6, 0, 0};
  const Answer d = {.1, .05, .3, 0, .25, .6, 0, .1, 0, 0};
  const Answer t = {0, 0, 1, 0, 0, 0, 0, 0, 0, 0};  // one-hot: the picture is a 2

  std::printf("   half sum of squares  mean square  cross entropy\n");
  const auto judge = [&](char name, const Answer& y) {
    std::printf("%c  %19.6f %12.6f %14.6f\n", name, gradus::sum_squares_error(y, t),
                gradus::mean_squared_error(y, t), gradus::cross_entropy_error(y, t));
  };
  judge('A', a);
  judge('B', b);
  judge('C', c);
  judge('D', d);

  // A mini-batch is a matrix with a sample in each row. The right answers are one-hot rows, or just
  // the classes: both say the same.
  std::vector<double> rows = a;
  rows.insert(rows.end(), c.begin(), c.end());
  const gradus::Array<double> batch({2, 10}, rows);
  const std::vector<gradus::Label> labels = {2, 2};
  const gradus::Array<double> one_hot = gradus::one_hot(labels, 10);
  std::printf("\nA and C as a batch, one-hot  %.6f\n",
              gradus::cross_entropy_error(batch.matrix(), one_hot.matrix()));
  std::printf("A and C as a batch, labels   %.6f\n",
              gradus::cross_entropy_error(batch.matrix(), labels));
}
