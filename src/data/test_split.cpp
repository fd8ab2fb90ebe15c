// SPDX-License-Identifier: MIT
#include "gradus/data/test_split.hpp"

#include <algorithm>

#include "gradus/core/random.hpp"
#include "gradus/data/batches.hpp"

namespace gradus {

TestSplit draw_test_split(std::size_t num_samples) {
  constexpr std::uint64_t same_for_every_run = 0;
  const auto order = random_order(num_samples, same_for_every_run, Stream::test_split, 0);
  const auto cut = order.begin() + static_cast<std::ptrdiff_t>(num_samples / test_share);
  TestSplit split{.train = {cut, order.end()}, .test = {order.begin(), cut}};
  std::sort(split.train.begin(), split.train.end());
  std::sort(split.test.begin(), split.test.end());
  return split;
}

TestSplit draw_test_split(std::span<const Label> labels, std::size_t num_classes) {
  TestSplit split = draw_test_split(labels.size());
  std::vector<bool> is_learned(num_classes);
  for (const std::uint32_t index : split.train) {
    is_learned[labels[index]] = true;
  }
  const auto goes_back = [&](std::uint32_t index) {
    const bool is_needed = !is_learned[labels[index]];
    is_learned[labels[index]] = true;
    if (is_needed) {
      split.train.push_back(index);
    }
    return is_needed;
  };
  std::erase_if(split.test, goes_back);
  std::sort(split.train.begin(), split.train.end());
  return split;
}

}  // namespace gradus
