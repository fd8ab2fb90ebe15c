// SPDX-License-Identifier: MIT
// You derived a gradient by hand. Is it right? The checker compares it with values of the function
// alone, and names what is wrong.
//
// Prints the verdict on the gradient of a logistic regression, and on the same with a mistake that
// is easily made: the gradient of b is a sum where it should be a mean.
#include <cmath>
#include <cstdio>
#include <span>
#include <vector>

#include "gradus/diff/gradient_check.hpp"
#include "gradus/texts/gradient_check_text.hpp"

using Numbers = std::span<const double>;

struct Sample {
  double x0, x1, sign;  // the sign tells its class: +1 or -1
};
const Sample samples[] = {{0.2, 1.5, 1}, {-1.1, 0.4, -1}, {0.7, -0.6, 1}, {1.9, 0.1, -1}};

// p = (W0, W1, b). Above 0 when the sample is on its side of the line.
double margin(const Sample& s, Numbers p) {
  return s.sign * (s.x0 * p[0] + s.x1 * p[1] + p[2]);
}

double loss(Numbers p) {
  double sum = 0;
  for (const Sample& s : samples) {
    sum += std::log(1 + std::exp(-margin(s, p)));
  }
  return sum / 4;
}

std::vector<double> gradient(Numbers p) {
  std::vector<double> d_p(3);
  for (const Sample& s : samples) {
    const double d_score = -s.sign / (1 + std::exp(margin(s, p))) / 4;
    d_p[0] += d_score * s.x0;
    d_p[1] += d_score * s.x1;
    d_p[2] += d_score;
  }
  return d_p;
}

std::vector<double> gradient_with_a_mistake(Numbers p) {
  std::vector<double> d_p = gradient(p);
  d_p[2] *= 4;
  return d_p;
}

int main() {
  const std::vector<double> p = {0.3, -0.2, 0.1};
  const std::vector<gradus::ParameterBlock> blocks = {{"W", {2}, 0}, {"b", {1}, 2}};
  for (const auto& claimed : {gradient, gradient_with_a_mistake}) {
    const gradus::GradientReport report = gradus::check_gradient(loss, claimed, p, blocks);
    std::printf("%s: %s\n", to_string(report.verdict).c_str(),
                reason_text(gradus::Language::english, report).c_str());
    for (const gradus::WrongEntry& entry : report.worst) {
      std::printf("  %s[%zu] is %.6f, claimed was %.6f\n", entry.name.c_str(), entry.index[0],
                  entry.numerical, entry.claimed);
    }
  }
}
