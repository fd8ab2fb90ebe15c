// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace gradus {

/// The entries of a batch of sparse rows, sorted by column: which samples have something there, and
/// what. A forward pass goes through the rows anyway and fills the lists on its way; the gradient
/// of the weights, which needs the batch by columns, reads them.
///
/// Each thread may have a copy of its own: to sort the entries again takes less time than to fetch
/// the lists from the cache of another processor.
/// Memory  2.5 bytes for each sample and column of a copy.
class ColumnLists {
 public:
  /// Samples are kept in groups: a sample's place in its group fits in 8 bits, and the rows of a
  /// matrix that belong to a group in the nearest cache.
  static constexpr std::size_t samples_per_group = 128;

  ColumnLists() = default;
  ColumnLists(const ColumnLists&) = delete;
  ColumnLists& operator=(const ColumnLists&) = delete;

  /// Makes room for a batch; takes memory only when there is not enough. Whoever fills a copy calls
  /// clear() first.
  void reset(std::size_t num_samples, std::size_t num_columns, std::size_t num_copies);

  /// Empties the lists of a copy.
  void clear(std::size_t copy);

  [[nodiscard]] std::size_t num_samples() const noexcept { return num_samples_; }
  [[nodiscard]] std::size_t num_columns() const noexcept { return num_columns_; }
  [[nodiscard]] std::size_t num_copies() const noexcept { return num_copies_; }

  /// One sample's entry in a column: its value, and the sample's place in its group.
  class Entry {
   public:
    Entry() = default;
    Entry(std::size_t sample, std::uint8_t value)
        : bits_(static_cast<std::uint16_t>(sample << 8 | value)) {}
    [[nodiscard]] std::size_t sample() const { return bits_ >> 8; }
    [[nodiscard]] std::size_t value() const { return bits_ & 255; }

   private:
    std::uint16_t bits_ = 0;  // one number, so that an entry is written at once
  };

  /// Notes entries of one sample, in columns counted from first_column.
  class Notes {
   public:
    Notes(Entry** ends, std::size_t sample) : ends_(ends), sample_(sample % samples_per_group) {}
    void add(std::size_t column, std::uint8_t value) const {
      *ends_[column]++ = Entry(sample_, value);
    }

   private:
    Entry** ends_;
    std::size_t sample_;
  };
  [[nodiscard]] Notes notes_for(std::size_t copy, std::size_t sample, std::size_t first_column) {
    return {ends_.data() + index_of(copy, sample / samples_per_group, first_column), sample};
  }

  /// The entries of a group of samples in a column, in the order they were noted.
  [[nodiscard]] std::span<const Entry> list(std::size_t copy, std::size_t group,
                                            std::size_t column) const {
    const std::size_t index = index_of(copy, group, column);
    const Entry* start = entries_.data() + index * room_per_list;
    return {start, static_cast<std::size_t>(ends_[index] - start)};
  }

 private:
  // The lists start an odd number of cache lines apart: at a power of two they would all compete
  // for the same few places in the cache.
  static constexpr std::size_t room_per_list = samples_per_group + 32;

  [[nodiscard]] std::size_t index_of(std::size_t copy, std::size_t group,
                                     std::size_t column) const {
    return copy * lists_per_copy_ + group * num_columns_ + column;
  }

  std::size_t num_samples_ = 0;
  std::size_t num_columns_ = 0;
  std::size_t num_copies_ = 0;
  std::size_t lists_per_copy_ = 0;
  std::vector<Entry> entries_;  // (copies, groups, columns, room_per_list)
  std::vector<Entry*> ends_;    // (copies, groups, columns): behind the last entry of each list
};

}  // namespace gradus
