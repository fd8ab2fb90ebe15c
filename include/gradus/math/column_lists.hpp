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
/// Different threads may note entries of different columns at the same time.
/// Memory  2.5 bytes for each sample and column.
class ColumnLists {
 public:
  /// Samples are kept in groups: a sample's place in its group fits in 8 bits, and the rows of a
  /// matrix that belong to a group in the nearest cache.
  static constexpr std::size_t samples_per_group = 128;

  ColumnLists() = default;
  ColumnLists(const ColumnLists&) = delete;
  ColumnLists& operator=(const ColumnLists&) = delete;

  /// Empties the lists and makes room for a batch. Takes memory only when it is larger than all
  /// before.
  void reset(std::size_t num_samples, std::size_t num_columns);

  [[nodiscard]] std::size_t num_samples() const noexcept { return num_samples_; }
  [[nodiscard]] std::size_t num_columns() const noexcept { return num_columns_; }

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
  [[nodiscard]] Notes notes_for(std::size_t sample, std::size_t first_column) {
    return {ends_.data() + sample / samples_per_group * num_columns_ + first_column, sample};
  }

  /// The entries of a group of samples in a column, in the order they were noted.
  [[nodiscard]] std::span<const Entry> list(std::size_t group, std::size_t column) const {
    const std::size_t index = group * num_columns_ + column;
    const Entry* start = entries_.data() + index * room_per_list;
    return {start, static_cast<std::size_t>(ends_[index] - start)};
  }

 private:
  // The lists start an odd number of cache lines apart: at a power of two they would all compete
  // for the same few places in the cache.
  static constexpr std::size_t room_per_list = samples_per_group + 32;

  std::size_t num_samples_ = 0;
  std::size_t num_columns_ = 0;
  std::vector<Entry> entries_;  // (groups, columns, room_per_list)
  std::vector<Entry*> ends_;    // (groups, columns): behind the last entry of each list
};

}  // namespace gradus
