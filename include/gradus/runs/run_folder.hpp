// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gradus/formats/json.hpp"
#include "gradus/runs/curve_files.hpp"
#include "gradus/runs/run_options.hpp"
#include "gradus/runs/run_status.hpp"

namespace gradus {

inline constexpr std::string_view run_file = "run.json";
inline constexpr std::string_view model_file = "model.safetensors";

/// run.json of a run.
/// @throws DataError  there is none, or it is not one of ours
[[nodiscard]] Json read_run(const std::filesystem::path& folder);

/// The task in run.json; classification where nothing is said, as older versions left it.
[[nodiscard]] Task task_in(const Json& description);

/// The status in run.json; nothing when it is none that this version knows.
[[nodiscard]] std::optional<RunStatus> status_in(const Json& description);

/// Keeps a folder to this process, until the end of the scope or of the process, however it ends.
class FolderLock {
 public:
  FolderLock() = default;
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  ~FolderLock();

  /// @throws DataError  another process has it
  void take(const std::filesystem::path& folder);

 private:
  int descriptor_ = -1;
};

/// The folder a training run is written to:
///
///   run.json            every option, versions, checksum of the data, and in the end the outcome
///   loss.csv            iteration,loss
///   accuracy.csv        iteration,epoch,train_accuracy,test_accuracy; of numbers r2.csv
///   checkpoint-*.safetensors  where to go on from, while the run is not done (CheckpointWriter)
///   model.safetensors   written by the caller when training is done (save_model)
///
/// A run that fails before it has begun leaves no folder behind, nor one around it. One process at
/// a time writes there.
class RunFolder {
 public:
  /// Creates the folder and writes run.json.
  /// @param folder   empty: the first free number in runs/
  /// @param program  name and version of what trains
  /// @throws DataError  the folder holds a run already, or another process writes one there, or it
  ///                    cannot be created
  RunFolder(const std::string& folder, std::string_view program, const RunOptions& options);

  /// Goes on with the folder of a run that was not finished.
  /// @throws DataError   there is no run in it, its status is none, or another process writes it
  /// @throws StateError  the run is done
  struct Unfinished {};
  RunFolder(const std::string& folder, Unfinished);

  /// Removes the folder again when the run has not begun; says in run.json that it failed when it
  /// has begun and not finished.
  ~RunFolder();
  RunFolder(const RunFolder&) = delete;
  RunFolder& operator=(const RunFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

  /// Where its model belongs.
  [[nodiscard]] std::filesystem::path model_path() const { return path_ / model_file; }

  /// What run.json says so far.
  [[nodiscard]] const Json& description() const noexcept { return description_; }

  /// Opens the two tables, and writes these entries, the task and the status "running" to
  /// run.json. From here
  /// on the folder stays.
  /// @param iteration  where the run goes on; 0 for a new run
  /// @throws DataError, FileError  as CurveWriter::open()
  void begin(bool has_validation, std::uint64_t iteration, const Json& entries,
             Task task = Task::classification);

  /// For the rows of the tables, once begun.
  [[nodiscard]] CurveWriter& curves() noexcept { return curves_; }

  /// The run diverged: a model that an interruption left is of no use.
  void remove_model();

  /// Closes the tables and completes run.json. Without it the run counts as failed.
  /// @throws FileError  not everything could be written
  void finish(RunStatus status, const Json& result);

 private:
  void create_numbered(const std::filesystem::path& parent);
  void create(const std::filesystem::path& folder);
  void remove();
  void remove_created();
  void update(const Json& entries);

  FolderLock lock_;
  std::filesystem::path path_;
  bool is_new_ = true;                          // else an older run goes on
  std::vector<std::filesystem::path> created_;  // folders of this run, outer ones first
  bool has_begun_ = false;
  bool is_complete_ = false;
  Json description_;
  CurveWriter curves_;
};

}  // namespace gradus
