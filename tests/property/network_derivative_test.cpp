// SPDX-License-Identifier: MIT
// Three ways to the gradient of a network that share no code: its own backward, and the rules of
// differentiation applied to a network written down once more, forward (dual) and backward (tape).
// And values of the loss alone, within the error they claim.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <string>
#include <vector>

#include "gradus/diff/dual.hpp"
#include "gradus/diff/numerical.hpp"
#include "gradus/diff/tape.hpp"
#include "gradus/loss/loss.hpp"
#include "gradus/nn/activations.hpp"
#include "gradus/nn/network.hpp"
#include "support.hpp"

namespace gradus {
namespace {

constexpr std::size_t num_rows = 5;

template <class T>
std::vector<T> softmax_of(const std::vector<T>& x) {
  using std::exp;
  double largest = primal(x[0]);
  for (const T& number : x) {
    largest = std::max(largest, primal(number));
  }
  std::vector<T> y;
  T sum(0);
  for (const T& number : x) {
    y.push_back(exp(number - T(largest)));
    sum = sum + y.back();
  }
  for (T& number : y) {
    number = number / sum;
  }
  return y;
}

template <class T>
std::vector<T> activate(const std::string& id, const std::vector<T>& x) {
  using std::tanh;
  if (id == "softmax") {
    return softmax_of(x);
  }
  std::vector<T> y;
  for (const T& number : x) {
    if (id == "sigmoid") {
      y.push_back(sigmoid(number));
    } else if (id == "relu") {
      y.push_back(relu(number));
    } else if (id == "tanh") {
      y.push_back(tanh(number));
    } else if (id == "identity") {
      y.push_back(number);
    } else if (id == "step") {
      y.push_back(T(primal(number) > 0 ? 1.0 : 0.0));
    } else {
      ADD_FAILURE() << "the activation " << id << " is not written down here";
    }
  }
  return y;
}

template <class T>
T loss_of_row(const std::string& id, const std::vector<T>& scores, Label label) {
  using std::log;
  const std::vector<T> p = softmax_of(scores);
  if (id == "cross_entropy") {
    return -log(p[label]);
  }
  EXPECT_EQ(id, "mean_squared_error") << "this loss is not written down here";
  T sum(0);
  for (std::size_t c = 0; c < p.size(); ++c) {
    const T miss = p[c] - T(c == label ? 1.0 : 0.0);
    sum = sum + miss * miss;
  }
  return sum / T(static_cast<double>(p.size()));
}

struct Problem {
  NetworkOptions options;
  std::string loss;
  std::vector<double> inputs;  // (num_rows, I)
  std::vector<Label> labels;

  /// The mean loss as a function of all parameters, W1 b1 W2 b2 ..., for any scalar.
  template <class T>
  T operator()(std::span<const T> parameters) const {
    const std::vector<std::size_t>& sizes = options.layer_sizes;
    T sum(0);
    for (std::size_t n = 0; n < num_rows; ++n) {
      std::vector<T> x;
      for (std::size_t i = 0; i < sizes[0]; ++i) {
        x.push_back(T(inputs[n * sizes[0] + i]));
      }
      std::size_t next = 0;
      for (std::size_t l = 0; l + 1 < sizes.size(); ++l) {
        const std::span<const T> w = parameters.subspan(next, sizes[l] * sizes[l + 1]);
        const std::span<const T> b = parameters.subspan(next + w.size(), sizes[l + 1]);
        next += w.size() + b.size();
        std::vector<T> y(b.begin(), b.end());
        for (std::size_t i = 0; i < sizes[l]; ++i) {
          for (std::size_t j = 0; j < sizes[l + 1]; ++j) {
            y[j] = y[j] + x[i] * w[i * sizes[l + 1] + j];
          }
        }
        x = l + 2 < sizes.size() ? activate(options.activation, y) : y;
      }
      sum = sum + loss_of_row(loss, x, labels[n]);
    }
    return sum / T(static_cast<double>(num_rows));
  }

  [[nodiscard]] std::vector<double> backward(std::span<const double> parameters) const {
    const Network<double> network(options);
    Workspace<double> workspace(network, num_rows);
    Team team;
    const Input<double> x = MatrixView<const double>(inputs.data(), num_rows, network.num_inputs());
    const auto scores = network.forward(parameters, x, workspace, team);
    losses<double>(Task::classification)
        .find(loss)
        .make()
        ->value_and_gradient(scores, labels, workspace.d_scores());
    std::vector<double> d(parameters.size());
    network.backward(parameters, x, workspace, d, team);
    return d;
  }
};

double norm(const std::vector<double>& a) {
  return std::sqrt(std::inner_product(a.begin(), a.end(), a.begin(), 0.0));
}

double distance(std::vector<double> a, const std::vector<double>& b) {
  std::transform(a.begin(), a.end(), b.begin(), a.begin(), std::minus<>());
  return norm(a);
}

/// Calls body(problem, parameters) for every activation, loss and some shapes.
template <class Body>
void for_every_network(Body&& body) {
  const std::vector<std::vector<std::size_t>> shapes{{4, 3}, {4, 5, 3}, {3, 6, 4, 3}};
  std::uint64_t seed = 1;
  for (const auto& activation : activations<double>()) {
    for (const auto& loss : losses<double>(Task::classification)) {
      for (const auto& sizes : shapes) {
        SCOPED_TRACE(std::string(activation.id) + " " + std::string(loss.id) + " " +
                     std::to_string(sizes.size()));
        Problem problem{{.layer_sizes = sizes, .activation = std::string(activation.id)},
                        std::string(loss.id),
                        random_numbers<double>(num_rows * sizes[0], seed),
                        {0, 1, 2, 1, 0}};
        const std::size_t count = Network<double>(problem.options).num_parameters();
        body(problem, random_numbers<double>(count, seed + 1000));
        ++seed;
      }
    }
  }
}

TEST(NetworkDerivative, BackwardDualAndTapeAgree) {
  for_every_network([](const Problem& problem, const std::vector<double>& parameters) {
    const std::vector<double> backward = problem.backward(parameters);
    const double size = norm(backward);
    EXPECT_GT(size, 0);
    EXPECT_LE(distance(gradient(problem, parameters), backward), 1e-12 * size);
    EXPECT_LE(distance(dual_gradient(problem, parameters), backward), 1e-12 * size);
  });
}

TEST(NetworkDerivative, NumericalOnesAreWithinTheirEstimates) {
  std::vector<double> relative_errors;
  int num_kinks = 0;
  for_every_network([&](const Problem& problem, const std::vector<double>& parameters) {
    const std::vector<double> exact = gradient(problem, parameters);
    const double size = norm(exact);
    const auto estimates = estimate_gradient(problem, parameters);
    for (std::size_t i = 0; i < exact.size(); ++i) {
      if (estimates[i].refusal) {
        ++num_kinks;
        continue;
      }
      const double error = std::abs(estimates[i].value - exact[i]);
      EXPECT_LE(error, estimates[i].error + 1e-14 * size) << "parameter " << i;
      relative_errors.push_back(error / size);
    }
  });
  EXPECT_EQ(num_kinks, 0);  // random numbers are beside kinks, not on them
  const auto middle =
      relative_errors.begin() + static_cast<std::ptrdiff_t>(relative_errors.size() / 2);
  std::nth_element(relative_errors.begin(), middle, relative_errors.end());
  EXPECT_LE(*middle, 1e-10);
}

}  // namespace
}  // namespace gradus
