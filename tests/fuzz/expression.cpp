// SPDX-License-Identifier: MIT
#include "gradus/diff/expression.hpp"

#include <array>
#include <cmath>
#include <complex>

#include "fuzz.hpp"
#include "gradus/diff/dual.hpp"
#include "gradus/diff/running_error.hpp"
#include "gradus/diff/tape.hpp"

using namespace gradus;

namespace {

bool is_same(double a, double b) {
  return a == b || (std::isnan(a) && std::isnan(b));
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::is_taken([&] {
    const Expression f(fuzz::as_text({data, size}));
    constexpr std::array<double, 3> whole{0.7, -1.3, 2.5};
    const std::size_t num_coordinates = std::clamp<std::size_t>(f.num_variables(), 1, 3);
    const auto x = std::span(whole).first(num_coordinates);
    f.check_point(x.size());
    // The same steps for every scalar: the values agree.
    const double value = f(x);
    const std::vector<RunningError> bounded(x.begin(), x.end());
    fuzz::expect(is_same(f(std::span<const RunningError>(bounded)).value, value));
    const std::vector<std::complex<double>> complex(x.begin(), x.end());
    static_cast<void>(f(std::span<const std::complex<double>>(complex)));
    std::vector<double> gradient(x.size());
    fuzz::expect(is_same(value_and_gradient(f, x, std::span(gradient)), value));
    const std::vector<Dual<double>> duals(x.begin(), x.end());
    fuzz::expect(is_same(f(std::span<const Dual<double>>(duals)).value, value));
  });
  return 0;
}
