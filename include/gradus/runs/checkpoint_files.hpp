// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "gradus/train/checkpoint.hpp"

namespace gradus {

/// Where a run can go on from.
template <Real T>
struct FoundCheckpoint {
  std::optional<Checkpoint<T>> checkpoint;  // the newest that is whole; none: the run begins anew
  std::vector<std::string> damages;         // what is wrong with newer ones, newest first
};

/// Looks for the newest checkpoint of a folder.
/// @throws DataError  one cannot be read, which says nothing about its content
template <Real T>
[[nodiscard]] FoundCheckpoint<T> find_checkpoint(const std::filesystem::path& folder);

/// Writes checkpoints while training goes on, in a thread of its own: syncing a file takes longer
/// than many iterations. When they come faster than they can be written, the newest counts.
///
/// A checkpoint is written to a temporary name, synced and renamed; before it the CSV files are
/// synced, so that they have every row that it counts on. The last two are kept.
class CheckpointWriter {
 public:
  /// @param on_loss  called in the writing thread with the reason when a checkpoint cannot be
  ///                 written: once, until one can again. It must not throw.
  CheckpointWriter(std::filesystem::path folder,
                   std::function<void(const std::string& reason)> on_loss);
  ~CheckpointWriter();
  CheckpointWriter(const CheckpointWriter&) = delete;
  CheckpointWriter& operator=(const CheckpointWriter&) = delete;

  /// Hands over the bytes of a checkpoint; returns at once.
  void submit(std::uint64_t iteration, std::vector<std::uint8_t> bytes);

  /// Waits until everything handed over is on disk, or its loss has been told of.
  /// @returns  why the last checkpoint is not; empty when it is
  [[nodiscard]] std::string finish();

  /// Removes all checkpoints: the run is done.
  void remove_all();

 private:
  struct Task {
    std::uint64_t iteration;
    std::vector<std::uint8_t> bytes;
  };

  void work();
  void write(const Task& task);

  std::filesystem::path folder_;
  std::function<void(const std::string&)> on_loss_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<Task> waiting_;
  bool is_writing_ = false;
  bool is_ending_ = false;
  std::string failure_;
  std::thread thread_;
};

}  // namespace gradus
