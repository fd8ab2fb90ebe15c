// SPDX-License-Identifier: MIT
// The smallest network: two inputs, three classes, six weights. Its loss is a function of the
// weights, so it has a gradient like any other function.
//
// Prints the scores and what softmax makes of them; the loss, whichever class is right; the
// gradient by differences and by the chain rule; and the loss after one step against it.
#include <cstdio>
#include <span>
#include <vector>

#include "gradus/math/softmax.hpp"
#include "gradus/nn/simple_net.hpp"

void print_row(const char* name, std::span<const double> row) {
  std::printf("%-22s %12.9f %12.9f %12.9f\n", name, row[0], row[1], row[2]);
}

int main() {
  using Row = std::vector<double>;
  // A row for each input, a column for each class.
  const gradus::Array<double> weights(
      {2, 3}, {0.47355232, 0.9977393, 0.84668094, 0.85557411, 0.03563661, 0.69422093});
  const gradus::SimpleNet net(weights);
  const Row x = {0.6, 0.9};

  const Row scores = net.predict(x);
  Row probabilities(3);
  gradus::softmax_into<double>(scores, probabilities);
  print_row("scores", scores);
  print_row("probabilities", probabilities);
  print_row("loss if 0, 1, 2 right",
            Row{net.loss(x, Row{1, 0, 0}), net.loss(x, Row{0, 1, 0}), net.loss(x, Row{0, 0, 1})});

  const Row t = {0, 0, 1};  // the right answer is class 2
  const gradus::Array<double> numerical = net.numerical_gradient(x, t);
  const gradus::Array<double> exact = net.gradient(x, t);
  std::printf("\n");
  print_row("dL/dW by differences", numerical[0].elements());
  print_row("", numerical[1].elements());
  print_row("   by the chain rule", exact[0].elements());
  print_row("", exact[1].elements());

  gradus::Array<double> next = weights;
  for (std::size_t i = 0; i < 6; ++i) {
    next.elements()[i] -= 0.1 * exact.elements()[i];
  }
  std::printf("\nloss %.9f, one step later %.9f\n", net.loss(x, t),
              gradus::SimpleNet(next).loss(x, t));
}
