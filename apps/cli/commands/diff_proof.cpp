// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "commands/diff_results.hpp"
#include "commands/prover_file.hpp"
#include "gradus/formats/json.hpp"
#include "proof/prover.hpp"

namespace gradus::cli {
namespace {

using proof::Certainty;
using proof::Proof;
using proof::ProvedNumber;

std::string_view to_string(Certainty certainty) {
  switch (certainty) {
    case Certainty::exact:
      return "exact";
    case Certainty::proved:
      return "proved";
    case Certainty::near_zero:
      return "near_zero";
    case Certainty::unknown:
      return "unknown";
  }
  return "";
}

Json to_json(const ProvedNumber& number) {
  return {{"certainty", to_string(number.certainty)},
          {"digits", number.text.empty() ? Json() : Json(number.text)}};
}

Json to_json(const std::vector<ProvedNumber>& numbers) {
  Json json = Json::array();
  for (const ProvedNumber& number : numbers) {
    json.push_back(to_json(number));
  }
  return json;
}

/// @param missing  what is said where there is no number
void print_number(const std::string& name, const ProvedNumber& number, std::string_view missing) {
  fmt::print("{}\n", name);
  switch (number.certainty) {
    case Certainty::exact:
      fmt::print("  {}   (exactly)\n", number.text);
      return;
    case Certainty::proved:
      fmt::print("  {}\n", number.text);
      return;
    case Certainty::near_zero:
      fmt::print("  0, or smaller than {}: balls cannot tell which\n", number.text);
      return;
    case Certainty::unknown:
      fmt::print("  {}\n", missing);
      return;
  }
}

std::string second_name(const Expression& f, std::size_t i, std::size_t j) {
  const std::string first = name_of_coordinate(f, i);
  return i == j ? fmt::format("d2f/d{}^2", first)
                : fmt::format("d2f/d{}d{}", first, name_of_coordinate(f, j));
}

void print_text(const Expression& f, const DiffFlags& flags, const Proof& proof) {
  constexpr std::string_view no_value = "no value here, or none that could be proved";
  constexpr std::string_view no_slope =
      "not differentiable here, or not so that it could be proved";
  fmt::print("f    {}\n", f.text());
  for (const ExpressionReading& reading : f.readings()) {
    fmt::print("     {} is read as {}\n", reading.typed, reading.meant);
  }
  fmt::print("at   {}, exactly as typed\n\n", fmt::join(flags.at_as_typed, ", "));
  print_number("f", proof.value, no_value);
  const std::size_t n = proof.gradient.size();
  for (std::size_t i = 0; i < n; ++i) {
    print_number("df/d" + name_of_coordinate(f, i), proof.gradient[i], no_slope);
  }
  for (std::size_t i = 0; i < n && !proof.hessian.empty(); ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      if (i == j || flags.shows_hessian) {
        print_number(second_name(f, j, i), proof.hessian[i * n + j], no_slope);
      }
    }
  }
  fmt::print("\nevery digit is proved, the last one rounded: ball arithmetic with {} bits\n",
             proof.bits);
}

}  // namespace

void print_proof(const Expression& f, const DiffFlags& flags) {
  const bool wants_second = flags.order == 2 || flags.shows_hessian;
  const Proof proof = get_prover().prove(f, flags.at_as_typed, flags.num_digits,
                                         wants_second ? proof::Order::second : proof::Order::first);
  if (!flags.is_json) {
    print_text(f, flags, proof);
    return;
  }
  Json json;
  json["expression"] = f.text();
  json["at"] = Json::array();
  for (const std::string& decimal : flags.at_as_typed) {
    json["at"].push_back(decimal);
  }
  json["value"] = to_json(proof.value);
  json["gradient"] = to_json(proof.gradient);
  if (wants_second) {
    json["hessian"] = to_json(proof.hessian);
  }
  json["bits"] = static_cast<double>(proof.bits);
  fmt::print("{}\n", json.to_text());
}

}  // namespace gradus::cli
