// SPDX-License-Identifier: MIT
#include "random_expression.hpp"

#include <fmt/core.h>

#include <array>
#include <cmath>
#include <string_view>

namespace gradus {
namespace {

/// Mostly from 0.1 to 10, one in five from 1e-6 to 1e6, either sign.
std::string random_constant(Random& random) {
  const double decades = random.below(5) == 0 ? 6 : 1;
  const double size = std::pow(10.0, random.uniform(-decades, decades));
  return random.below(2) == 0 ? fmt::format("{}", size) : fmt::format("(-{})", size);
}

class Writer {
 public:
  Writer(Random& random, const RandomExpressionOptions& options)
      : random_(random), options_(options) {}

  std::string write(int depth) {
    const std::string g = depth == 0 ? leaf() : operation(depth);
    if (random_.uniform() < options_.cancellation) {
      const double large = std::pow(10.0, random_.uniform(0, 10));
      return fmt::format("(({} + {}) - {})", g, large, large);
    }
    return g;
  }

 private:
  std::string leaf() {
    return random_.below(4) == 0
               ? random_constant(random_)
               : fmt::format("x{}",
                             random_.below(static_cast<std::uint32_t>(options_.num_variables)));
  }

  std::string operation(int depth) {
    constexpr std::array<std::string_view, 5> functions{"sin", "cos", "exp", "tanh", "sigmoid"};
    constexpr std::array<std::string_view, 4> signs{"+", "-", "*", "/"};
    switch (random_.below(8)) {
      case 0:
      case 1:
        return fmt::format("{}({})", functions[random_.below(functions.size())], write(depth - 1));
      case 2:
        return fmt::format("{}({})", random_.below(2) == 0 ? "log" : "sqrt", argument(depth - 1));
      case 3:
        return power(depth - 1);
      default: {
        const std::string left = write(depth - 1);
        const std::string right =
            write(depth - 1 - static_cast<int>(random_.below(2)) * (depth > 1));
        return fmt::format("({} {} {})", left, signs[random_.below(signs.size())], right);
      }
    }
  }

  /// Positive, three times out of four.
  std::string argument(int depth) {
    return random_.below(4) == 0
               ? write(depth)
               : fmt::format("(({})^2 + {})", write(depth), std::pow(10.0, random_.uniform(-2, 1)));
  }

  std::string power(int depth) {
    constexpr std::array<std::string_view, 6> whole{"2", "3", "4", "(-1)", "(-2)", "5"};
    constexpr std::array<double, 6> broken{0.5, 1.5, -0.75, 1.0 / 3, 0.1, -0.3};
    switch (random_.below(4)) {
      case 0:
        return fmt::format("pow({}, {})", argument(depth), write(depth));
      case 1: {
        const double n = broken[random_.below(broken.size())];
        return random_.below(2) == 0 ? fmt::format("({})^({})", argument(depth), n)
                                     : far_power(depth, n);
      }
      default:
        return fmt::format("({})^{}", write(depth), whole[random_.below(whole.size())]);
    }
  }

  /// Of a number far from 1, but in all of a size as others.
  std::string far_power(int depth, double n) {
    const double decades = random_.uniform(-150, 150);
    return fmt::format("(({} * {})^({}) * {})", argument(depth), std::pow(10.0, decades), n,
                       std::pow(10.0, -decades * n));
  }

  Random& random_;
  const RandomExpressionOptions& options_;
};

}  // namespace

std::string random_expression(Random& random, const RandomExpressionOptions& options) {
  const auto depth = 1 + random.below(static_cast<std::uint32_t>(options.max_depth));
  return Writer(random, options).write(static_cast<int>(depth));
}

}  // namespace gradus
