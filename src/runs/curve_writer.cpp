// SPDX-License-Identifier: MIT
#include <fmt/core.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <system_error>

#include "curve_headers.hpp"
#include "gradus/core/error.hpp"
#include "gradus/formats/file.hpp"
#include "gradus/runs/curve_files.hpp"

namespace gradus {
namespace {

namespace fs = std::filesystem;

/// The header of a CSV file and its rows of the iterations before this one.
std::string rows_before(const fs::path& path, std::uint64_t iteration) {
  const std::string text = read_text_file(path);
  std::size_t end = text.find('\n') + 1;  // npos + 1 is 0
  while (end < text.size()) {
    std::uint64_t number = 0;
    const char* const row = text.data() + end;
    const auto [stop, error] = std::from_chars(row, text.data() + text.size(), number);
    const std::size_t next = text.find('\n', end);
    if (error != std::errc() || number >= iteration || next == std::string::npos) {
      break;
    }
    end = next + 1;
  }
  return text.substr(0, end);
}

/// Writes what is kept of a table, and opens it for what follows.
std::ofstream begin_table(const fs::path& path, const std::string& kept) {
  write_text_file(path, kept);
  std::ofstream file(path, std::ios::app);
  if (!file) {
    throw FileError(path.string() + ": cannot be written");
  }
  return file;
}

/// @returns  what to throw, with the reason of the last system call
FileError unwritten_rows(const fs::path& folder, Task task) {
  const std::string reason = errno == 0 ? "" : ": " + std::generic_category().message(errno);
  return FileError(fmt::format("{}: rows of {} or {} could not be written{}", folder.string(),
                               loss_file, score_file(task), reason));
}

}  // namespace

void CurveWriter::open(const fs::path& folder, bool has_validation, std::uint64_t iteration,
                       Task task) {
  folder_ = folder;
  task_ = task;
  has_validation_ = has_validation;
  const fs::path losses = folder / loss_file;
  const fs::path scores = folder / score_file(task);
  std::string loss_rows = fmt::format("{}\n", loss_header);
  if (iteration > 0) {
    loss_rows = rows_before(losses, iteration);
    const auto num_rows = std::count(loss_rows.begin(), loss_rows.end(), '\n');
    if (num_rows != static_cast<std::ptrdiff_t>(iteration) + 1) {
      throw DataError(
          losses.string(), std::nullopt,
          fmt::format("lacks rows before iteration {}, where the run goes on", iteration));
    }
  }
  losses_ = begin_table(losses, loss_rows);
  scores_ =
      begin_table(scores, iteration > 0 ? rows_before(scores, iteration)
                                        : fmt::format("{}\n", score_header(task, has_validation)));
}

// Through fmt: the shortest digits that read back the same, and a point whatever the locale.
void CurveWriter::write(std::uint64_t iteration, double loss) {
  losses_ << fmt::format("{},{}\n", iteration, loss);
}

void CurveWriter::write(const ScoreRecord& record) {
  scores_ << fmt::format("{},{},{},{}", record.iteration, record.epoch, record.train_score,
                         record.test_score);
  if (has_validation_) {
    scores_ << fmt::format(",{},{}", *record.validation_score, *record.validation_loss);
  }
  scores_ << '\n';
}

void CurveWriter::flush() {
  for (auto* file : {&losses_, &scores_}) {
    if (!file->flush()) {
      throw unwritten_rows(folder_, task_);
    }
  }
}

void CurveWriter::close() {
  for (auto* file : {&losses_, &scores_}) {
    file->close();
    if (!*file) {
      throw unwritten_rows(folder_, task_);
    }
  }
}

}  // namespace gradus
