// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <type_traits>

namespace gradus {

/// How many threads can run at once; at least 1.
[[nodiscard]] std::size_t available_processors() noexcept;

/// As many threads as there are processors, at most 4: small nets gain nothing from more.
[[nodiscard]] std::size_t default_num_threads() noexcept;

/// A fixed group of threads that share loops.
///
/// Work is cut into blocks by its size alone, never by the number of threads, and a block is always
/// done whole by one thread. So a loop whose blocks write different memory gives the same bits on 1
/// and on n threads.
///
///   Team team(2);
///   team.for_each_block(num_blocks, [&](std::size_t block) { ... });
///
/// A team is used from one thread at a time.
class Team {
 public:
  /// @param num_threads     the calling thread included; 0 counts as 1
  /// @param num_processors  threads beyond this number are not started, because they would only
  ///                        take time from each other, nor are any that the system refuses
  explicit Team(std::size_t num_threads = 1, std::size_t num_processors = available_processors());
  ~Team();
  Team(const Team&) = delete;
  Team& operator=(const Team&) = delete;

  /// The calling thread and those that were started. Thread t of n begins at the fraction t / n of
  /// a loop's blocks; when it is done with its share, it helps the others.
  [[nodiscard]] std::size_t num_threads() const noexcept;

  /// Calls body(block) once for each block in [0, num_blocks), in any order, and waits for all.
  /// The first exception thrown by a body is thrown here, after the others have ended.
  template <class Body>
  void for_each_block(std::size_t num_blocks, Body&& body) {
    using Plain = std::remove_reference_t<Body>;
    run(
        num_blocks,
        [](void* context, std::size_t block) { (*static_cast<Plain*>(context))(block); },
        const_cast<void*>(static_cast<const void*>(std::addressof(body))));
  }

 private:
  using BlockFunction = void (*)(void* context, std::size_t block);
  void run(std::size_t num_blocks, BlockFunction function, void* context);

  struct State;
  std::unique_ptr<State> state_;
};

/// How many blocks of at most `block_size` items `num_items` items make.
[[nodiscard]] constexpr std::size_t num_blocks_of(std::size_t block_size, std::size_t num_items) {
  return (num_items + block_size - 1) / block_size;
}

}  // namespace gradus
