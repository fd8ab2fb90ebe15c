// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "gradus/train/checkpoint.hpp"
#include "option_parsing.hpp"

namespace gradus::cli {

/// Arguments of the program with the options of the run that --resume names put in front, so that a
/// run goes on as it was begun. What is typed besides must say the same: check_same_options().
/// @param sources  gets the options and where they are from
[[nodiscard]] std::vector<std::string> with_resumed_options(std::vector<std::string> arguments,
                                                            OptionSources& sources);

/// @param stored  run.json of the run to be resumed
/// @throws ValueError  it learned from other data; where they lie does not matter
void check_same_data(const std::string& folder, const nlohmann::ordered_json& stored,
                     const std::string& data_sha256);

/// @param options  every option as it would be now
/// @throws ValueError  some option differs; the message names it
void check_same_options(const std::string& folder, const nlohmann::ordered_json& stored,
                        const nlohmann::ordered_json& options);

/// Computes from now on with the instruction set of the run, which the last bits depend on. Where
/// the machine has not got it, that is told on stderr.
void use_instructions_of(const nlohmann::ordered_json& stored);

/// The newest checkpoint of a folder that is whole. Damaged ones are told of on stderr.
/// @throws DataError  one cannot be read, which says nothing of what is in it
template <Real T>
[[nodiscard]] std::optional<Checkpoint<T>> latest_checkpoint(const std::filesystem::path& folder);

/// Writes checkpoints while training goes on, in a thread of its own: syncing a file takes longer
/// than many iterations. When they come faster than they can be written, the newest counts.
///
/// A checkpoint is written to a temporary name, synced and renamed; before it the CSV files are
/// synced, so that they have every row that it counts on. The last two are kept.
class CheckpointWriter {
 public:
  explicit CheckpointWriter(std::filesystem::path folder);
  ~CheckpointWriter();
  CheckpointWriter(const CheckpointWriter&) = delete;
  CheckpointWriter& operator=(const CheckpointWriter&) = delete;

  /// Hands over the bytes of a checkpoint; returns at once.
  void submit(std::uint64_t iteration, std::vector<std::uint8_t> bytes);

  /// Waits until everything handed over is on disk.
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
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<Task> waiting_;
  bool is_writing_ = false;
  bool is_ending_ = false;
  std::string failure_;
  std::thread thread_;
};

}  // namespace gradus::cli
