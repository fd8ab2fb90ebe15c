// SPDX-License-Identifier: MIT
#include "proof/proof.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>
#include <utility>

#include "gradus/core/error.hpp"

namespace gradus::proof {
namespace {

constexpr double bits_per_digit = 3.3219280948873626;
constexpr slong extra_bits = 32;
constexpr slong most_bits_more = 64;                // times the bits of the digits
constexpr slong largest_binary_exponent = 1 << 20;  // of a number that is written in decimal

/// Of a derivative that doubles are judged by.
constexpr slong enough_bits = 100;
constexpr slong most_bits = 1 << 14;

bool is_known(const Ball& derivative) {
  return derivative.is_exact() || derivative.num_accurate_bits() >= enough_bits;
}

/// One evaluation of f, with t added to the coordinates `along`.
Jet evaluate(const Expression& f, std::span<const Ball> x, std::span<const std::size_t> along) {
  std::vector<Jet> point;
  point.reserve(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    const bool moves = std::find(along.begin(), along.end(), i) != along.end();
    point.emplace_back(x[i], moves ? 1.0 : 0.0);
  }
  return f(std::span<const Jet>(point));
}

/// The mixed derivative from those along i, along j and along both: (f(i + j) - f(i) - f(j)), each
/// the second term of a series, which is half of a second derivative.
Ball mixed(const Jet& both, const Jet& i, const Jet& j, slong bits) {
  Ball sum = both.term(2);
  arb_sub(sum.get(), sum.get(), i.term(2).get(), bits);
  arb_sub(sum.get(), sum.get(), j.term(2).get(), bits);
  return sum;
}

void enclose_hessian(const Expression& f, std::span<const Ball> x, const std::vector<Jet>& along,
                     slong bits, Enclosures& found) {
  const std::size_t n = x.size();
  found.hessian.resize(n * n);
  for (std::size_t i = 0; i < n; ++i) {
    Ball second = along[i].term(2);
    arb_mul_2exp_si(second.get(), second.get(), 1);
    found.hessian[i * n + i] = std::move(second);
    for (std::size_t j = 0; j < i; ++j) {
      const std::vector<std::size_t> both{i, j};
      found.hessian[i * n + j] = mixed(evaluate(f, x, both), along[i], along[j], bits);
      found.hessian[j * n + i] = found.hessian[i * n + j];
    }
  }
}

/// |number| as a whole number of digits and the place of its first one: d.ddd times 10^exponent.
struct Decimal {
  std::string digits;
  slong exponent = 0;
};

std::string to_text(const fmpz_t number) {
  char* const text = fmpz_get_str(nullptr, 10, number);
  std::string copy(text);
  flint_free(text);
  return copy;
}

/// What round_scaled() found.
enum class Rounded { unclear, exactly, rounded };

/// Rounds x * 10^scale to a whole number, when all of the ball rounds to the same.
Rounded round_scaled(const Ball& x, slong scale, std::string& digits) {
  const auto size = static_cast<double>(std::abs(scale));
  const slong bits = static_cast<slong>(bits_per_digit * size) + arb_bits(x.get()) + 2 * extra_bits;
  Ball scaled(10);
  arb_pow_ui(scaled.get(), scaled.get(), static_cast<ulong>(std::abs(scale)), bits);
  if (scale >= 0) {
    arb_mul(scaled.get(), x.get(), scaled.get(), bits);
  } else {
    arb_div(scaled.get(), x.get(), scaled.get(), bits);
  }
  const bool is_whole = scaled.is_exact() && arb_is_int(scaled.get()) != 0;
  arb_add(scaled.get(), scaled.get(), Ball(0.5).get(), bits);
  arb_floor(scaled.get(), scaled.get(), bits);
  fmpz_t whole;
  fmpz_init(whole);
  const bool is_one = arb_get_unique_fmpz(whole, scaled.get()) != 0;
  digits = is_one ? to_text(whole) : "";
  fmpz_clear(whole);
  return !is_one ? Rounded::unclear : is_whole ? Rounded::exactly : Rounded::rounded;
}

/// The first `num_digits` digits of a positive number.
Rounded round_to_digits(const Ball& x, std::size_t num_digits, Decimal& decimal) {
  const auto count = static_cast<slong>(num_digits);
  const double binary = fmpz_get_d(ARF_EXPREF(arb_midref(x.get())));
  decimal.exponent = static_cast<slong>(std::floor((binary - 1) / bits_per_digit));
  constexpr int most_attempts = 3;  // the estimate of the size may be off by one
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    const Rounded rounded = round_scaled(x, count - 1 - decimal.exponent, decimal.digits);
    const auto found = static_cast<slong>(decimal.digits.size());
    if (rounded == Rounded::unclear || found == count) {
      return rounded;
    }
    decimal.exponent += found > count ? 1 : -1;
  }
  return Rounded::unclear;
}

/// As people write it: with a point where it stands, unless that makes it long.
std::string written(const Decimal& decimal, bool is_negative) {
  constexpr slong longest_left_of_point = 20;
  constexpr slong smallest_exponent = -6;
  const std::string& digits = decimal.digits;
  const std::string sign = is_negative ? "-" : "";
  const auto size = static_cast<slong>(digits.size());
  if (decimal.exponent < smallest_exponent || decimal.exponent > longest_left_of_point) {
    return fmt::format("{}{}{}{}e{:+}", sign, digits[0], size > 1 ? "." : "", digits.substr(1),
                       decimal.exponent);
  }
  if (decimal.exponent < 0) {
    return fmt::format("{}0.{}{}", sign,
                       std::string(static_cast<std::size_t>(-decimal.exponent - 1), '0'), digits);
  }
  if (decimal.exponent + 1 >= size) {
    return sign + digits + std::string(static_cast<std::size_t>(decimal.exponent + 1 - size), '0');
  }
  const auto point = static_cast<std::size_t>(decimal.exponent + 1);
  return fmt::format("{}{}.{}", sign, digits.substr(0, point), digits.substr(point));
}

/// A power of ten that is at least as large as all of a ball around 0.
std::string bound_in_words(const Ball& ball) {
  Ball magnitude;
  arb_get_abs_ubound_arf(arb_midref(magnitude.get()), ball.get(), extra_bits);
  const double binary = fmpz_get_d(ARF_EXPREF(arb_midref(magnitude.get())));
  return fmt::format("1e{:+.0f}", std::ceil(binary / bits_per_digit));
}

bool is_settled(const ProvedNumber& number) {
  return number.certainty == Certainty::exact || number.certainty == Certainty::proved;
}

bool are_settled(const std::vector<ProvedNumber>& numbers) {
  return std::all_of(numbers.begin(), numbers.end(), is_settled);
}

std::vector<ProvedNumber> proved_numbers(const std::vector<Ball>& balls, std::size_t digits) {
  std::vector<ProvedNumber> numbers;
  for (const Ball& ball : balls) {
    numbers.push_back(proved_number(ball, digits));
  }
  return numbers;
}

std::vector<Ball> place_of(std::span<const std::string> x, slong bits) {
  std::vector<Ball> place;
  for (const std::string& text : x) {
    place.emplace_back(text, bits);
    if (!place.back().is_finite()) {
      throw ValueError(fmt::format("prove: \"{}\" is no decimal number", text));
    }
  }
  return place;
}

}  // namespace

Enclosures enclose(const Expression& f, std::span<const Ball> x, Order order, Precision precision) {
  precision.num_terms = static_cast<slong>(order) + 1;
  const Jet::Scope scope(precision);
  f.check_point(x.size());
  Enclosures found;
  std::vector<Jet> along;
  for (std::size_t i = 0; i < x.size() && order != Order::value; ++i) {
    along.push_back(evaluate(f, x, std::vector<std::size_t>{i}));
    found.gradient.push_back(along.back().term(1));
  }
  found.value = along.empty() ? evaluate(f, x, {}).term(0) : along.front().term(0);
  if (order == Order::second) {
    enclose_hessian(f, x, along, precision.bits, found);
  }
  return found;
}

Ball enclose_partial(const Expression& f, std::span<const double> x, std::size_t i) {
  const std::vector<Ball> place(x.begin(), x.end());
  const std::vector<std::size_t> along{i};
  Ball derivative;
  for (slong bits = 2 * enough_bits; bits <= most_bits; bits *= 2) {
    const Jet::Scope scope({.bits = bits, .num_terms = 2, .numbers = Numbers::as_doubles});
    derivative = evaluate(f, place, along).term(1);
    if (is_known(derivative)) {
      break;
    }
  }
  return derivative;
}

std::vector<Ball> enclose_second(const Expression& f, std::span<const double> x) {
  const std::vector<Ball> place(x.begin(), x.end());
  std::vector<Ball> hessian;
  for (slong bits = 2 * enough_bits; bits <= most_bits; bits *= 2) {
    hessian =
        enclose(f, place, Order::second, {.bits = bits, .numbers = Numbers::as_doubles}).hessian;
    if (std::all_of(hessian.begin(), hessian.end(), is_known)) {
      break;
    }
  }
  return hessian;
}

ProvedNumber proved_number(const Ball& ball, std::size_t digits) {
  if (!ball.is_finite()) {
    return {};
  }
  if (ball.contains_zero()) {
    const bool is_small = ball.magnitude() <= std::pow(10, -static_cast<double>(digits));
    return ball.is_exact() ? ProvedNumber{Certainty::exact, "0"}
           : is_small      ? ProvedNumber{Certainty::near_zero, bound_in_words(ball)}
                           : ProvedNumber{};
  }
  if (arf_cmpabs_2exp_si(arb_midref(ball.get()), largest_binary_exponent) > 0 ||
      arf_cmpabs_2exp_si(arb_midref(ball.get()), -largest_binary_exponent) < 0) {
    return {};
  }
  Ball size;
  arb_abs(size.get(), ball.get());
  Decimal decimal;
  const Rounded rounded = round_to_digits(size, digits, decimal);
  if (rounded == Rounded::unclear) {
    return {};
  }
  if (rounded == Rounded::exactly) {
    decimal.digits.erase(decimal.digits.find_last_not_of('0') + 1);
  }
  return {rounded == Rounded::exactly ? Certainty::exact : Certainty::proved,
          written(decimal, arb_is_negative(ball.get()) != 0)};
}

Proof prove(const Expression& f, std::span<const std::string> x, std::size_t digits, Order order) {
  if (digits < 1 || digits > max_digits) {
    throw ValueError(fmt::format("prove: got {} digits, expected 1 to {}", digits, max_digits));
  }
  const slong first_bits =
      static_cast<slong>(bits_per_digit * static_cast<double>(digits)) + extra_bits;
  const slong highest_bits =
      std::min(most_bits_more * first_bits, std::max<slong>(4 * first_bits, 1 << 16));
  Proof proof;
  for (slong bits = first_bits; bits <= highest_bits; bits *= 2) {
    const Enclosures found =
        enclose(f, place_of(x, bits), order, {.bits = bits, .numbers = Numbers::as_typed});
    proof = {.value = proved_number(found.value, digits),
             .gradient = proved_numbers(found.gradient, digits),
             .hessian = proved_numbers(found.hessian, digits),
             .bits = bits};
    if (is_settled(proof.value) && are_settled(proof.gradient) && are_settled(proof.hessian)) {
      break;
    }
  }
  return proof;
}

RightDigits right_digits(double value, const Ball& truth) {
  if (!std::isfinite(value)) {
    return {};
  }
  std::array<char, 32> text{};  // as short as it can be: d.ddde+ee
  const auto end =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::scientific);
  const std::string_view written(text.data(), static_cast<std::size_t>(end.ptr - text.data()));
  const std::string_view digits = written.substr(0, written.find('e'));
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto num_shown = std::count_if(digits.begin(), digits.end(), is_digit);
  RightDigits right{.num_shown = static_cast<std::size_t>(num_shown)};
  const double distance = truth.distance_at_most(value);
  const double exponent = std::floor(std::log10(std::abs(value)));
  // A unit in the k-th digit is 10^(exponent - k + 1).
  const double num_right = distance == 0 ? static_cast<double>(num_shown)
                                         : std::floor(exponent + 1 - std::log10(distance));
  right.num_right =
      static_cast<std::size_t>(std::clamp(num_right, 0.0, static_cast<double>(num_shown)));
  return right;
}

}  // namespace gradus::proof
