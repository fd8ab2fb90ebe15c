// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/core/nearest_names.hpp"

namespace gradus {

/// The named choices of one kind (activations, losses, ...), in the order people should meet them.
/// Command line, checkpoints and the tests over "every ..." read the same table, so that one line
/// added to it is enough.
///
/// Entry has a member `id` (std::string_view) and whatever else its kind needs.
template <class Entry>
class Registry {
 public:
  /// @param kind     what an entry is called in messages: "activation"
  /// @param entries  must outlive the registry
  constexpr Registry(std::string_view kind, std::span<const Entry> entries)
      : kind_(kind), entries_(entries) {}

  [[nodiscard]] std::string_view kind() const noexcept { return kind_; }
  [[nodiscard]] auto begin() const noexcept { return entries_.begin(); }
  [[nodiscard]] auto end() const noexcept { return entries_.end(); }

  /// @throws ValueError  no entry has this id; the message has those that are near, else all
  [[nodiscard]] const Entry& find(std::string_view id) const {
    for (const Entry& entry : entries_) {
      if (entry.id == id) {
        return entry;
      }
    }
    throw ValueError("unknown " + std::string(kind_) + " \"" + std::string(id) + "\"; " +
                     names_to_choose(id, ids()));
  }

  [[nodiscard]] bool contains(std::string_view id) const noexcept {
    return std::any_of(begin(), end(), [id](const Entry& entry) { return entry.id == id; });
  }

  /// All ids, in order.
  [[nodiscard]] std::vector<std::string_view> ids() const {
    std::vector<std::string_view> list;
    for (const Entry& entry : entries_) {
      list.push_back(entry.id);
    }
    return list;
  }

  /// The same with a separator between them.
  [[nodiscard]] std::string ids(std::string_view separator) const {
    std::string joined;
    for (const Entry& entry : entries_) {
      joined += joined.empty() ? "" : std::string(separator);
      joined += entry.id;
    }
    return joined;
  }

 private:
  std::string_view kind_;
  std::span<const Entry> entries_;
};

}  // namespace gradus
