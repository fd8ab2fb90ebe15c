// SPDX-License-Identifier: MIT
#include "digit_skeletons.hpp"

#include <algorithm>
#include <stdexcept>
#include <string_view>

#include "digit_skeleton_table.hpp"
#include "gradus/data/digits.hpp"

namespace gradus::handwriting {
namespace {

/// Reads one line of the table. The compiler runs it, so that a mistake in the table stops the
/// compiler and no error is left for later.
class LineReader {
 public:
  constexpr explicit LineReader(std::string_view line) : rest_(line) {}

  [[nodiscard]] constexpr bool is_at_end() const { return rest_.empty(); }

  /// Passes over `wanted`, if that is what comes next.
  constexpr bool take(std::string_view wanted) {
    const bool is_next = rest_.substr(0, wanted.size()) == wanted;
    rest_.remove_prefix(is_next ? wanted.size() : 0);
    return is_next;
  }

  constexpr void expect(std::string_view wanted) {
    if (!take(wanted)) {
      throw std::logic_error("digit skeletons: a separator is missing");
    }
  }

  constexpr std::uint32_t number() {
    std::uint32_t value = 0;
    std::size_t length = 0;
    for (; length < rest_.size() && rest_[length] >= '0' && rest_[length] <= '9'; ++length) {
      value = value * 10 + static_cast<std::uint32_t>(rest_[length] - '0');
    }
    if (length == 0) {
      throw std::logic_error("digit skeletons: a number is missing");
    }
    rest_.remove_prefix(length);
    return value;
  }

 private:
  std::string_view rest_;
};

constexpr ControlPoint read_point(LineReader& line) {
  ControlPoint point;
  point.x = static_cast<float>(line.number());
  line.expect(",");
  point.y = static_cast<float>(line.number());
  point.is_corner = line.take("!");
  point.ends_stroke = line.take(" |") || line.is_at_end();
  return point;
}

constexpr Skeleton read_skeleton(std::string_view text) {
  LineReader line(text);
  Skeleton skeleton;
  skeleton.digit = line.number();
  line.expect(" ");
  skeleton.weight = line.number();
  line.expect(":");
  while (line.take(" ")) {
    skeleton.point_storage.at(skeleton.num_points) = read_point(line);
    ++skeleton.num_points;
  }
  if (!line.is_at_end()) {
    throw std::logic_error("digit skeletons: a line goes on where it should end");
  }
  return skeleton;
}

constexpr std::array<Skeleton, skeleton_table.size()> read_table() {
  std::array<Skeleton, skeleton_table.size()> styles{};
  for (std::size_t i = 0; i < styles.size(); ++i) {
    styles[i] = read_skeleton(skeleton_table[i]);
  }
  return styles;
}

constexpr std::array<Skeleton, skeleton_table.size()> styles = read_table();
static_assert(std::is_sorted(styles.begin(), styles.end(),
                             [](const Skeleton& a, const Skeleton& b) {
                               return a.digit < b.digit;
                             }),
              "choose_skeleton() wants the styles of a digit together");

/// Sum of the weights of each digit's styles.
constexpr std::array<std::uint32_t, num_digit_classes> sum_weights() {
  std::array<std::uint32_t, num_digit_classes> sums{};
  for (const Skeleton& style : styles) {
    sums.at(style.digit) += style.weight;
  }
  return sums;
}

constexpr std::array<std::uint32_t, num_digit_classes> weight_of_digit = sum_weights();

}  // namespace

std::span<const Skeleton> skeletons() noexcept {
  return styles;
}

std::size_t choose_skeleton(Random& random) noexcept {
  const Label digit = random.below(num_digit_classes);
  std::uint32_t left = random.below(weight_of_digit[digit]);
  std::size_t index = 0;
  while (styles[index].digit != digit) {
    ++index;
  }
  while (left >= styles[index].weight) {
    left -= styles[index].weight;
    ++index;
  }
  return index;
}

}  // namespace gradus::handwriting
