// SPDX-License-Identifier: MIT
#include "nets_by_units.hpp"

#include <cmath>

namespace gradus {

std::vector<std::size_t> numbers_of_units(const Settings& given) {
  std::vector<std::size_t> all;
  for (const double number : given.numbers("units")) {
    if (number != std::floor(number) ||
        (!all.empty() && number <= static_cast<double>(all.back()))) {
      given.refuse("units", "whole numbers that grow");
    }
    all.push_back(static_cast<std::size_t>(number));
  }
  return all;
}

std::uint64_t seed_of_run(const Settings& given, std::size_t run) {
  constexpr std::uint64_t most_runs = 1000;
  return most_runs * given.integer("seed") + run;
}

}  // namespace gradus
