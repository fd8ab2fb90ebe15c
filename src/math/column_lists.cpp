// SPDX-License-Identifier: MIT
#include "gradus/math/column_lists.hpp"

#include <algorithm>

#include "gradus/core/parallel.hpp"

namespace gradus {

void ColumnLists::reset(std::size_t num_samples, std::size_t num_columns) {
  num_samples_ = num_samples;
  num_columns_ = num_columns;
  // At least one group: in an empty batch each column has an empty list.
  const std::size_t num_groups =
      std::max(std::size_t{1}, num_blocks_of(samples_per_group, num_samples));
  const std::size_t num_lists = num_groups * num_columns;
  if (num_lists > ends_.size()) {
    ends_.resize(num_lists);
    entries_.resize(num_lists * room_per_list);
  }
  Entry* start = entries_.data();
  for (std::size_t list = 0; list < num_lists; ++list) {
    ends_[list] = start;
    start += room_per_list;
  }
}

}  // namespace gradus
