// SPDX-License-Identifier: MIT
#include "column_lists.hpp"

#include <algorithm>

#include "gradus/core/parallel.hpp"

namespace gradus {

void ColumnLists::reset(std::size_t num_samples, std::size_t num_columns, std::size_t num_copies) {
  num_samples_ = num_samples;
  num_columns_ = num_columns;
  num_copies_ = num_copies;
  // At least one group: in an empty batch each column has an empty list.
  lists_per_copy_ =
      std::max(std::size_t{1}, num_blocks_of(samples_per_group, num_samples)) * num_columns;
  const std::size_t num_lists = num_copies * lists_per_copy_;
  if (num_lists > ends_.size()) {
    ends_.resize(num_lists);
    entries_.resize(num_lists * room_per_list);
  }
}

void ColumnLists::clear(std::size_t copy) {
  Entry* start = entries_.data() + copy * lists_per_copy_ * room_per_list;
  for (std::size_t list = copy * lists_per_copy_; list < (copy + 1) * lists_per_copy_; ++list) {
    ends_[list] = start;
    start += room_per_list;
  }
}

}  // namespace gradus
