// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "gradus/diff/expression.hpp"

namespace gradus::proof {

/// How many derivatives are enclosed.
enum class Order { value, first, second };

/// How a number is known.
enum class Certainty {
  exact,      // the digits are all there are
  proved,     // every digit is, the last one rounded
  near_zero,  // smaller than the bound; whether it is 0 cannot be told from balls
  unknown,    // there is no such number, or it could not be proved that there is
};

struct ProvedNumber {
  Certainty certainty = Certainty::unknown;
  std::string text;  // the digits; of near_zero the bound; empty when unknown
};

struct Proof {
  ProvedNumber value;
  std::vector<ProvedNumber> gradient;
  std::vector<ProvedNumber> hessian;
  long bits = 0;  // the precision that was enough, or the highest tried
};

inline constexpr std::size_t max_digits = 10'000;

/// How many of the leading digits of a double, as it is printed, are those of the number in a ball,
/// up to a unit in the last one; and how many are printed.
struct RightDigits {
  std::size_t num_right = 0;
  std::size_t num_shown = 0;
};

/// What can be proved, for a program that loads it when it is asked for: the libraries behind it
/// take longer to load than all the rest. Nothing here knows them.
class Prover {
 public:
  virtual ~Prover() = default;

  /// As prove() of proof.hpp.
  [[nodiscard]] virtual Proof prove(const Expression& f, std::span<const std::string> x,
                                    std::size_t digits, Order order) const = 0;

  /// How many digits are right of values that are claimed to be df/dx[i] at doubles.
  [[nodiscard]] virtual std::vector<RightDigits> judge_partial(
      const Expression& f, std::span<const double> x, std::size_t i,
      std::span<const double> values) const = 0;

  /// The same of second derivatives, (P, P) row-major; values may be several such matrices.
  [[nodiscard]] virtual std::vector<RightDigits> judge_second(
      const Expression& f, std::span<const double> x, std::span<const double> values) const = 0;
};

/// The one function of the library that is loaded, by its name there.
using GetProver = const Prover* (*)();
inline constexpr const char* get_prover_name = "gradus_prover";

}  // namespace gradus::proof
