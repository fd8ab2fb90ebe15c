// SPDX-License-Identifier: MIT
#include "gradus/data/classes.hpp"

#include <algorithm>
#include <cstdlib>

namespace gradus {

bool Classes::are_plain() const {
  return !numbers.empty() && numbers.front() == 0 &&
         numbers.back() == static_cast<std::int64_t>(numbers.size()) - 1;
}

std::vector<std::string> Classes::names() const {
  std::vector<std::string> names;
  if (!are_plain()) {
    for (const std::int64_t number : numbers) {
      names.push_back(std::to_string(number));
    }
  }
  return names;
}

std::optional<Label> Classes::find(std::int64_t number) const {
  const auto found = std::lower_bound(numbers.begin(), numbers.end(), number);
  if (found == numbers.end() || *found != number) {
    return std::nullopt;
  }
  return static_cast<Label>(found - numbers.begin());
}

std::string class_name(std::span<const std::string> names, std::size_t c) {
  return c < names.size() ? names[c] : std::to_string(c);
}

Classes classes_of(std::span<const std::int64_t> written) {
  Classes classes{{written.begin(), written.end()}};
  std::sort(classes.numbers.begin(), classes.numbers.end());
  classes.numbers.erase(std::unique(classes.numbers.begin(), classes.numbers.end()),
                        classes.numbers.end());
  return classes;
}

std::optional<std::size_t> find_stray_label(std::span<const std::int64_t> written) {
  const Classes classes = classes_of(written);
  if (classes.numbers.size() < 3) {
    return std::nullopt;  // of two numbers neither is the usual one
  }
  const auto size = [](std::int64_t number) { return std::abs(static_cast<double>(number)); };
  const auto nearer = [&](std::int64_t a, std::int64_t b) { return size(a) < size(b); };
  const auto farthest = std::max_element(classes.numbers.begin(), classes.numbers.end(), nearer);
  double next = 0;  // the farthest of the others
  for (const std::int64_t number : classes.numbers) {
    next = number == *farthest ? next : std::max(next, size(number));
  }
  const auto count = static_cast<double>(std::count(written.begin(), written.end(), *farthest));
  const double mean_of_others = (static_cast<double>(written.size()) - count) /
                                static_cast<double>(classes.numbers.size() - 1);
  if (size(*farthest) < 2 * (next + 1) || 5 * count > mean_of_others) {
    return std::nullopt;
  }
  return static_cast<std::size_t>(std::find(written.begin(), written.end(), *farthest) -
                                  written.begin());
}

}  // namespace gradus
