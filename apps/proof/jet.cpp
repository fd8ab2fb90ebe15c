// SPDX-License-Identifier: MIT
#include "proof/jet.hpp"

#include <arb_hypgeom.h>

#include <array>
#include <limits>
#include <stdexcept>
#include <string>

namespace gradus::proof {
namespace {

thread_local Precision precision;

constexpr slong largest_whole_power = 1'000'000;

void set_unknown(arb_poly_t series, slong first_term) {
  arb_t unknown;
  arb_init(unknown);
  arb_indeterminate(unknown);
  for (slong k = first_term; k < precision.num_terms; ++k) {
    arb_poly_set_coeff_arb(series, k, unknown);
  }
  arb_clear(unknown);
}

/// This value, and derivatives that nothing is known of.
void set_jump(arb_poly_t series, const Ball& value) {
  arb_poly_zero(series);
  arb_poly_set_coeff_arb(series, 0, value.get());
  set_unknown(series, 1);
}

/// This value, the slopes from one to the other, and higher derivatives that nothing is known of.
void set_kink(arb_poly_t series, const Ball& value, const Ball& slope, const Ball& other_slope) {
  set_jump(series, value);
  if (precision.num_terms > 1) {
    Ball slopes;
    arb_union(slopes.get(), slope.get(), other_slope.get(), precision.bits);
    arb_poly_set_coeff_arb(series, 1, slopes.get());
  }
}

Ball term_of(const arb_poly_t series, slong k) {
  Ball term;
  arb_poly_get_coeff_arb(term.get(), series, k);
  return term;
}

using Series = void (*)(arb_poly_t, const arb_poly_t, slong, slong);

void one_less(arb_poly_t y, const arb_poly_t x) {  // 1 - x
  arb_poly_t one;
  arb_poly_init(one);
  arb_poly_one(one);
  arb_poly_sub(y, one, x, precision.bits);
  arb_poly_clear(one);
}

void add_number(arb_poly_t y, slong number) {
  Ball sum = term_of(y, 0);
  arb_add_si(sum.get(), sum.get(), number, precision.bits);
  arb_poly_set_coeff_arb(y, 0, sum.get());
}

void divide_by(arb_poly_t y, const Ball& number) {
  arb_poly_scalar_div(y, y, number.get(), precision.bits);
}

void sin_series(arb_poly_t y, const arb_poly_t x, slong n, slong bits) {
  arb_poly_sin_series(y, x, n, bits);
}

void sqrt_series(arb_poly_t y, const arb_poly_t x, slong n, slong bits) {
  const Ball value = term_of(x, 0);
  if (arb_is_zero(value.get()) != 0) {  // it has a value there, and no derivative
    set_jump(y, value);
  } else {
    arb_poly_sqrt_series(y, x, n, bits);
  }
}

void log_to_base(arb_poly_t y, const arb_poly_t x, slong base) {
  Ball log_of_base;
  arb_log_ui(log_of_base.get(), static_cast<ulong>(base), precision.bits);
  arb_poly_log_series(y, x, precision.num_terms, precision.bits);
  divide_by(y, log_of_base);
}

void log10_series(arb_poly_t y, const arb_poly_t x, slong /*n*/, slong /*bits*/) {
  log_to_base(y, x, 10);
}

void log2_series(arb_poly_t y, const arb_poly_t x, slong /*n*/, slong /*bits*/) {
  log_to_base(y, x, 2);
}

void sinh_series(arb_poly_t y, const arb_poly_t x, slong n, slong bits) {
  arb_poly_sinh_series(y, x, n, bits);
}

void cosh_series(arb_poly_t y, const arb_poly_t x, slong n, slong bits) {
  arb_poly_cosh_series(y, x, n, bits);
}

/// sinh / cosh.
void tanh_series(arb_poly_t y, const arb_poly_t x, slong n, slong bits) {
  arb_poly_t cosh;
  arb_poly_init(cosh);
  arb_poly_sinh_cosh_series(y, cosh, x, n, bits);
  arb_poly_div_series(y, y, cosh, n, bits);
  arb_poly_clear(cosh);
}

/// log(x + sqrt(x^2 + c)): asinh for c = 1, acosh for c = -1.
void area_series(arb_poly_t y, const arb_poly_t x, slong c) {
  const slong n = precision.num_terms;
  arb_poly_t root;
  arb_poly_init(root);
  arb_poly_mullow(root, x, x, n, precision.bits);
  add_number(root, c);
  sqrt_series(root, root, n, precision.bits);
  arb_poly_add_series(root, root, x, n, precision.bits);
  arb_poly_log_series(y, root, n, precision.bits);
  arb_poly_clear(root);
}

void asinh_series(arb_poly_t y, const arb_poly_t x, slong /*n*/, slong /*bits*/) {
  area_series(y, x, 1);
}

void acosh_series(arb_poly_t y, const arb_poly_t x, slong /*n*/, slong /*bits*/) {
  area_series(y, x, -1);
}

/// log((1 + x) / (1 - x)) / 2.
void atanh_series(arb_poly_t y, const arb_poly_t x, slong n, slong bits) {
  arb_poly_t below;
  arb_poly_init(below);
  one_less(below, x);
  arb_poly_set(y, x);
  add_number(y, 1);
  arb_poly_div_series(y, y, below, n, bits);
  arb_poly_log_series(y, y, n, bits);
  divide_by(y, Ball(2));
  arb_poly_clear(below);
}

/// 1 / (1 + exp(-x)).
void sigmoid_series(arb_poly_t y, const arb_poly_t x, slong n, slong bits) {
  arb_poly_neg(y, x);
  arb_poly_exp_series(y, y, n, bits);
  add_number(y, 1);
  arb_poly_inv_series(y, y, n, bits);
}

enum class Sign { negative, zero, positive, unknown };

Sign sign_of(const Ball& value) {
  return arb_is_positive(value.get()) != 0   ? Sign::positive
         : arb_is_negative(value.get()) != 0 ? Sign::negative
         : arb_is_zero(value.get()) != 0     ? Sign::zero
                                             : Sign::unknown;
}

void abs_series(arb_poly_t y, const arb_poly_t x, slong /*n*/, slong /*bits*/) {
  Ball value = term_of(x, 0);
  switch (sign_of(value)) {
    case Sign::positive:
      arb_poly_set(y, x);
      return;
    case Sign::negative:
      arb_poly_neg(y, x);
      return;
    default: {
      Ball slope = term_of(x, 1);
      Ball other;
      arb_neg(other.get(), slope.get());
      arb_abs(value.get(), value.get());
      set_kink(y, value, slope, other);
    }
  }
}

void relu_series(arb_poly_t y, const arb_poly_t x, slong /*n*/, slong bits) {
  Ball value = term_of(x, 0);
  switch (sign_of(value)) {
    case Sign::positive:
      arb_poly_set(y, x);
      return;
    case Sign::negative:
      arb_poly_zero(y);
      return;
    default: {
      Ball slope = term_of(x, 1);
      arb_max(value.get(), value.get(), Ball(0).get(), bits);
      set_kink(y, value, slope, Ball(0));
    }
  }
}

void sign_series(arb_poly_t y, const arb_poly_t x, slong /*n*/, slong /*bits*/) {
  Ball value = term_of(x, 0);
  const Sign sign = sign_of(value);
  arb_sgn(value.get(), value.get());
  arb_poly_set_arb(y, value.get());
  if (sign != Sign::positive && sign != Sign::negative) {
    set_jump(y, value);
  }
}

void floor_series(arb_poly_t y, const arb_poly_t x, slong /*n*/, slong bits) {
  Ball value = term_of(x, 0);
  const bool is_clear = arb_contains_int(value.get()) == 0;
  arb_floor(value.get(), value.get(), bits);
  arb_poly_set_arb(y, value.get());
  if (!is_clear) {
    set_jump(y, value);
  }
}

struct Entry {
  std::string_view id;
  Series series;
};

constexpr std::array<Entry, 23> functions{
    {{"exp", arb_poly_exp_series},   {"log", arb_poly_log_series},
     {"log10", log10_series},        {"log2", log2_series},
     {"sqrt", sqrt_series},          {"sin", sin_series},
     {"cos", arb_poly_cos_series},   {"tan", arb_poly_tan_series},
     {"asin", arb_poly_asin_series}, {"acos", arb_poly_acos_series},
     {"atan", arb_poly_atan_series}, {"sinh", sinh_series},
     {"cosh", cosh_series},          {"tanh", tanh_series},
     {"asinh", asinh_series},        {"acosh", acosh_series},
     {"atanh", atanh_series},        {"erf", arb_hypgeom_erf_series},
     {"sigmoid", sigmoid_series},    {"abs", abs_series},
     {"relu", relu_series},          {"sign", sign_series},
     {"floor", floor_series}}};

}  // namespace

Jet::Scope::Scope(const Precision& inside) : before_(precision) {
  precision = inside;
}

Jet::Scope::~Scope() {
  precision = before_;
}

Jet::Jet(double exact) {
  arb_poly_init(series_);
  arb_poly_set_arb(series_, Ball(exact).get());
}

Jet::Jet(const Ball& at, double slope) {
  arb_poly_init(series_);
  arb_poly_set_arb(series_, at.get());
  if (precision.num_terms > 1 && slope != 0) {
    arb_poly_set_coeff_arb(series_, 1, Ball(slope).get());
  }
}

Jet::Jet(const Jet& other) {
  arb_poly_init(series_);
  arb_poly_set(series_, other.series_);
}

Jet::Jet(Jet&& other) noexcept {
  arb_poly_init(series_);
  arb_poly_swap(series_, other.series_);
}

Jet& Jet::operator=(const Jet& other) {
  arb_poly_set(series_, other.series_);
  return *this;
}

Jet& Jet::operator=(Jet&& other) noexcept {
  arb_poly_swap(series_, other.series_);
  return *this;
}

bool Jet::takes_numbers_as_typed() {
  return precision.numbers == Numbers::as_typed;
}

Jet Jet::of_decimal(std::string_view text) {
  return {Ball(text, precision.bits), 0};
}

bool Jet::is_constant() const {
  for (slong k = 1; k < arb_poly_length(series_); ++k) {
    if (arb_is_zero(arb_poly_get_coeff_ptr(series_, k)) == 0) {
      return false;
    }
  }
  return true;
}

Ball Jet::term(slong k) const {
  return term_of(series_, k);
}

Jet Jet::applied(std::string_view function) const {
  for (const Entry& entry : functions) {
    if (entry.id == function) {
      Jet y;
      entry.series(y.series_, series_, precision.num_terms, precision.bits);
      return y;
    }
  }
  throw std::logic_error("proof: no series of " + std::string(function));
}

Jet operator-(const Jet& a) {
  Jet y;
  arb_poly_neg(y.series_, a.series_);
  return y;
}

Jet operator+(const Jet& a, const Jet& b) {
  Jet y;
  arb_poly_add(y.series_, a.series_, b.series_, precision.bits);
  return y;
}

Jet operator-(const Jet& a, const Jet& b) {
  Jet y;
  arb_poly_sub(y.series_, a.series_, b.series_, precision.bits);
  return y;
}

Jet operator*(const Jet& a, const Jet& b) {
  Jet y;
  arb_poly_mullow(y.series_, a.series_, b.series_, precision.num_terms, precision.bits);
  return y;
}

Jet operator/(const Jet& a, const Jet& b) {
  Jet y;
  arb_poly_div_series(y.series_, a.series_, b.series_, precision.num_terms, precision.bits);
  return y;
}

Jet lesser(const Jet& a, const Jet& b) {
  const Ball gap = (b - a).term(0);
  if (arb_is_positive(gap.get()) != 0) {
    return a;
  }
  if (arb_is_negative(gap.get()) != 0) {
    return b;
  }
  Ball value;
  arb_min(value.get(), a.term(0).get(), b.term(0).get(), precision.bits);
  Jet y;
  set_kink(y.series_, value, a.term(1), b.term(1));
  return y;
}

Jet pow(const Jet& a, const Jet& b) {
  const Ball exponent = b.term(0);
  const slong n = precision.num_terms;
  Jet y;
  if (!b.is_constant()) {
    arb_poly_pow_series(y.series_, a.series_, b.series_, n, precision.bits);
    return y;
  }
  if (exponent.is_exact() && arb_is_int(exponent.get()) != 0 &&
      exponent.magnitude() <= largest_whole_power) {
    const auto whole = static_cast<slong>(exponent.midpoint());
    const auto size = static_cast<ulong>(whole < 0 ? -whole : whole);
    arb_poly_pow_ui_trunc_binexp(y.series_, a.series_, size, n, precision.bits);
    return whole < 0 ? Jet(1) / y : y;
  }
  const Ball base = a.term(0);
  if (arb_is_zero(base.get()) != 0 && arb_is_positive(exponent.get()) != 0) {
    set_jump(y.series_, base);
  } else {
    arb_poly_pow_arb_series(y.series_, a.series_, exponent.get(), n, precision.bits);
  }
  return y;
}

}  // namespace gradus::proof
