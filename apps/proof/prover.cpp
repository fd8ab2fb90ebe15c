// SPDX-License-Identifier: MIT
#include "proof/prover.hpp"

#include "proof/proof.hpp"

namespace gradus::proof {
namespace {

class ProverByBalls final : public Prover {
 public:
  [[nodiscard]] Proof prove(const Expression& f, std::span<const std::string> x, std::size_t digits,
                            Order order) const override {
    return proof::prove(f, x, digits, order);
  }

  [[nodiscard]] std::vector<RightDigits> judge_partial(
      const Expression& f, std::span<const double> x, std::size_t i,
      std::span<const double> values) const override {
    const Ball truth = enclose_partial(f, x, i);
    std::vector<RightDigits> digits;
    for (const double value : values) {
      digits.push_back(right_digits(value, truth));
    }
    return digits;
  }

  [[nodiscard]] std::vector<RightDigits> judge_second(
      const Expression& f, std::span<const double> x,
      std::span<const double> values) const override {
    const std::vector<Ball> truth = enclose_second(f, x);
    std::vector<RightDigits> digits;
    for (std::size_t k = 0; k < values.size(); ++k) {
      digits.push_back(right_digits(values[k], truth[k % truth.size()]));
    }
    return digits;
  }
};

}  // namespace
}  // namespace gradus::proof

extern "C" const gradus::proof::Prover* gradus_prover() {
  static const gradus::proof::ProverByBalls prover;
  return &prover;
}
