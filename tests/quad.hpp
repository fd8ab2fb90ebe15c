// SPDX-License-Identifier: MIT
// A scalar with twice the digits of double, to tell what double arithmetic is off by.
#pragma once

#include <cmath>

#ifdef __SIZEOF_FLOAT128__

// libquadmath's own header is found by g++ only; its functions are there for every compiler.
extern "C" {
__float128 expq(__float128);
__float128 logq(__float128);
__float128 sqrtq(__float128);
__float128 sinq(__float128);
__float128 cosq(__float128);
__float128 tanq(__float128);
__float128 asinq(__float128);
__float128 acosq(__float128);
__float128 atanq(__float128);
__float128 sinhq(__float128);
__float128 coshq(__float128);
__float128 tanhq(__float128);
__float128 powq(__float128, __float128);
}

#endif

namespace gradus {

#ifdef __SIZEOF_FLOAT128__
using WideFloat = __float128;  // 113 bits
inline constexpr double wide_roundoff = 9.7e-35;
#define GRADUS_WIDE(function) ::function##q
#else
using WideFloat = long double;  // 64 bits on x86; where it is double these tests compare nothing
inline constexpr double wide_roundoff = 5.5e-20;
#define GRADUS_WIDE(function) std::function
#endif

/// A number for Expression and all that is generic over scalars.
struct Quad {
  WideFloat value;

  Quad(double exact = 0) : value(exact) {}  // NOLINT: numbers mix freely
  static Quad of(WideFloat value) {
    Quad quad;
    quad.value = value;
    return quad;
  }

  friend Quad operator-(const Quad& a) { return of(-a.value); }
  friend Quad operator+(const Quad& a, const Quad& b) { return of(a.value + b.value); }
  friend Quad operator-(const Quad& a, const Quad& b) { return of(a.value - b.value); }
  friend Quad operator*(const Quad& a, const Quad& b) { return of(a.value * b.value); }
  friend Quad operator/(const Quad& a, const Quad& b) { return of(a.value / b.value); }

  friend Quad exp(const Quad& x) { return of(GRADUS_WIDE(exp)(x.value)); }
  friend Quad log(const Quad& x) { return of(GRADUS_WIDE(log)(x.value)); }
  friend Quad sqrt(const Quad& x) { return of(GRADUS_WIDE(sqrt)(x.value)); }
  friend Quad sin(const Quad& x) { return of(GRADUS_WIDE(sin)(x.value)); }
  friend Quad cos(const Quad& x) { return of(GRADUS_WIDE(cos)(x.value)); }
  friend Quad tan(const Quad& x) { return of(GRADUS_WIDE(tan)(x.value)); }
  friend Quad asin(const Quad& x) { return of(GRADUS_WIDE(asin)(x.value)); }
  friend Quad acos(const Quad& x) { return of(GRADUS_WIDE(acos)(x.value)); }
  friend Quad atan(const Quad& x) { return of(GRADUS_WIDE(atan)(x.value)); }
  friend Quad sinh(const Quad& x) { return of(GRADUS_WIDE(sinh)(x.value)); }
  friend Quad cosh(const Quad& x) { return of(GRADUS_WIDE(cosh)(x.value)); }
  friend Quad tanh(const Quad& x) { return of(GRADUS_WIDE(tanh)(x.value)); }
  friend Quad pow(const Quad& a, const Quad& b) { return of(GRADUS_WIDE(pow)(a.value, b.value)); }
  friend Quad pow(const Quad& a, double n) { return pow(a, Quad(n)); }
};

#undef GRADUS_WIDE

[[nodiscard]] inline double primal(const Quad& x) {
  return static_cast<double>(x.value);
}

/// |exact - got|, rounded once.
[[nodiscard]] inline double distance(const Quad& exact, double got) {
  return std::abs(primal(exact - Quad(got)));
}

}  // namespace gradus
