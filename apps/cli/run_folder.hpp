// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "gradus/train/history.hpp"

namespace gradus::cli {

/// JSON as text; a path that is not UTF-8 does not make it fail.
/// @param indent  spaces, or -1 for one line
[[nodiscard]] std::string to_text(const nlohmann::ordered_json& json, int indent);

/// The model that is meant by a run's folder, or by the file itself.
/// @throws DataError  it is the folder of a run that has none
[[nodiscard]] std::string model_path(const std::string& name);

/// Where a run's run.json is.
[[nodiscard]] std::filesystem::path run_path(const std::string& folder);

/// run.json of a run.
/// @throws DataError  there is none, or it is not one of ours
[[nodiscard]] nlohmann::ordered_json read_run(const std::string& folder);

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
///   accuracy.csv        iteration,epoch,train_accuracy,test_accuracy
///   checkpoint-*.safetensors  where to go on from, while the run is not done
///   model.safetensors   written by the command when training is done
///
/// A run that fails before it has begun leaves no folder behind, nor one around it. One process at
/// a time writes there.
class RunFolder {
 public:
  /// Creates the folder and writes run.json.
  /// @param folder  empty: the first free number in runs/
  /// @throws DataError  the folder holds a run already, or another process writes one there, or it
  ///                    cannot be created
  RunFolder(const std::string& folder, nlohmann::ordered_json description);

  /// Goes on with the folder of a run that was not finished.
  /// @throws DataError   there is no run in it, or another process writes it
  /// @throws StateError  the run is done
  struct Unfinished {};
  RunFolder(const std::string& folder, Unfinished);

  /// Removes the folder again when the run has not begun; says in run.json that it failed when it
  /// has begun and not finished.
  ~RunFolder();
  RunFolder(const RunFolder&) = delete;
  RunFolder& operator=(const RunFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

  /// Opens the two CSV files. From here on the folder stays.
  /// @param iteration  where the run goes on: rows from there on are cut off; 0 for a new run
  /// @throws DataError  loss.csv has fewer rows than that
  void begin(bool has_validation, std::uint64_t iteration = 0);

  /// The run diverged: a model that an interruption left is of no use.
  void remove_model();

  /// Hands all rows to the system.
  /// @throws FileError  they could not be written
  void flush();

  /// What run.json says so far.
  [[nodiscard]] const nlohmann::ordered_json& description() const noexcept { return description_; }

  void write_loss(std::uint64_t iteration, double loss);
  void write_accuracy(const AccuracyRecord& record);

  /// Adds these entries to run.json.
  /// @throws FileError
  void update(const nlohmann::ordered_json& entries);

  /// Closes the CSV files and completes run.json. Without it the run counts as failed.
  /// @throws FileError  not everything could be written
  void finish(const nlohmann::ordered_json& entries);

 private:
  void create_numbered(const std::filesystem::path& parent);
  void create(const std::filesystem::path& folder);
  void remove();
  void remove_created();
  std::ofstream open_csv(const char* name, const std::string& header, std::uint64_t iteration);

  FolderLock lock_;
  std::filesystem::path path_;
  bool is_new_ = true;                          // else an older run goes on
  std::vector<std::filesystem::path> created_;  // folders of this run, outer ones first
  bool has_begun_ = false;
  bool has_validation_ = false;
  bool is_complete_ = false;
  nlohmann::ordered_json description_;
  std::ofstream loss_csv_;
  std::ofstream accuracy_csv_;
};

}  // namespace gradus::cli
