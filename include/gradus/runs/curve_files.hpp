// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <vector>

#include "gradus/core/task.hpp"
#include "gradus/train/history.hpp"

namespace gradus {

// The two tables that a training run keeps while it goes on, as docs/json.md describes them. The
// last row may be cut short: whoever writes it may be at it, or was killed.

inline constexpr std::string_view loss_file = "loss.csv";
inline constexpr std::string_view accuracy_file = "accuracy.csv";
inline constexpr std::string_view r2_file = "r2.csv";

/// The table of scores: accuracies of classes, R2 of numbers.
[[nodiscard]] constexpr std::string_view score_file(Task task) {
  return task == Task::classification ? accuracy_file : r2_file;
}

/// loss.csv: the loss of each batch. One that is lost, of a run that diverged, is NaN or infinite.
/// @param name  what stands for the path in messages
/// @throws DataError  another header, or a row that is not `iteration,loss` with iterations that
///                    count from 0
[[nodiscard]] std::vector<double> parse_loss_csv(std::string_view name, std::string_view text);

/// accuracy.csv or r2.csv: what was measured now and then, in the order of iterations.
/// @throws DataError  another header, or a row that is not as it says
[[nodiscard]] std::vector<ScoreRecord> parse_score_csv(std::string_view name, std::string_view text,
                                                       Task task = Task::classification);

/// Writes both tables of a run's folder, row by row.
class CurveWriter {
 public:
  /// Opens the files.
  /// @param iteration  where the run goes on: rows from there on are cut off; 0 for a new run
  /// @throws DataError  loss.csv has fewer rows than that
  /// @throws FileError  they cannot be written
  void open(const std::filesystem::path& folder, bool has_validation, std::uint64_t iteration,
            Task task = Task::classification);

  void write(std::uint64_t iteration, double loss);
  void write(const ScoreRecord& record);

  /// Hands all rows to the system.
  /// @throws FileError  they could not be written
  void flush();

  /// @throws FileError  not all rows could be written
  void close();

 private:
  std::filesystem::path folder_;
  Task task_ = Task::classification;
  bool has_validation_ = false;
  std::ofstream losses_;
  std::ofstream scores_;
};

}  // namespace gradus
