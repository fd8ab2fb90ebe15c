// SPDX-License-Identifier: MIT
#include "run_folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <span>
#include <string_view>
#include <system_error>
#include <utility>

#include "console.hpp"
#include "gradus/core/error.hpp"
#include "gradus/formats/file.hpp"

namespace gradus::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* model_name = "model.safetensors";

/// Creates a folder and those around it.
/// @returns  the ones that were not there, outer ones first
std::vector<fs::path> create_folders(const fs::path& folder, std::error_code& error) {
  std::vector<fs::path> created;
  fs::path path;
  for (const fs::path& part : folder) {
    path /= part;
    if (fs::create_directory(path, error)) {
      created.push_back(path);
    }
    if (error) {
      break;
    }
  }
  return created;
}

/// The header of a CSV file and its rows of the iterations before this one.
std::string rows_before(const fs::path& path, std::uint64_t iteration) {
  const auto bytes = read_file(path);
  const std::string text(bytes.begin(), bytes.end());
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

/// @returns  what to throw, with the reason of the last system call
FileError unwritten_rows(const fs::path& folder) {
  const std::string reason = errno == 0 ? "" : ": " + std::generic_category().message(errno);
  return FileError(folder.string() + ": rows of loss.csv or accuracy.csv could not be written" +
                   reason);
}

/// What a killed run was about to write: write_file() would have renamed it.
void remove_temporaries(const fs::path& folder) {
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(".gradus-") && name.ends_with(".tmp")) {
      std::error_code ignored;
      fs::remove(entry.path(), ignored);
    }
  }
}

}  // namespace

std::string model_path(const std::string& name) {
  std::error_code ignored;
  const fs::path inside = fs::path(name) / model_name;
  if (!fs::is_directory(name, ignored)) {
    return name;
  }
  if (!fs::exists(inside, ignored) && fs::exists(run_path(name), ignored)) {
    throw DataError(name, std::nullopt,
                    fmt::format("the run has no model; if it was stopped, `{} train --resume {}` "
                                "goes on with it",
                                program_name(), shell_word(name)));
  }
  return inside.string();
}

fs::path run_path(const std::string& folder) {
  return fs::path(folder) / "run.json";
}

nlohmann::ordered_json read_run(const std::string& folder) {
  const fs::path path = run_path(folder);
  const auto bytes = read_file(path);
  const auto run = nlohmann::ordered_json::parse(bytes, nullptr, false);
  const bool is_ours = run.is_object() && run.contains("options") &&
                       run.at("options").is_object() && run.contains("status");
  if (!is_ours) {
    throw DataError(path.string(), std::nullopt, "is not the run.json of a training run");
  }
  return run;
}

std::string to_text(const nlohmann::ordered_json& json, int indent) {
  return json.dump(indent, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

RunFolder::RunFolder(const std::string& folder, nlohmann::ordered_json description)
    : description_(std::move(description)) {
  if (folder.empty()) {
    create_numbered("runs");
  } else {
    create(folder);
  }
  try {
    update(nlohmann::ordered_json::object());
  } catch (...) {
    remove();
    throw;
  }
}

FolderLock::~FolderLock() {
  if (descriptor_ >= 0) {
    ::close(descriptor_);
  }
}

void FolderLock::take(const fs::path& folder) {
  descriptor_ = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  // A file system that knows no locks, or a folder that may not be read, has none to take.
  if (descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    throw DataError(folder.string(), std::nullopt, "another process is writing a run there");
  }
}

RunFolder::RunFolder(const std::string& folder, Unfinished) : path_(folder), is_new_(false) {
  lock_.take(path_);
  description_ = read_run(folder);
  const std::string status = to_text(description_.at("status"), -1);
  if (status != "\"running\"" && status != "\"interrupted\"" && status != "\"failed\"") {
    throw StateError(fmt::format("--resume {}: the run is done ({})", folder, status));
  }
  remove_temporaries(path_);
}

RunFolder::~RunFolder() {
  if (!has_begun_ && is_new_) {
    remove();
  } else if (has_begun_ && !is_complete_) {
    try {
      update({{"status", "failed"}});
    } catch (...) {  // a full disk, say: the message about that is on its way already
    }
  }
}

/// Creates the folder of the lowest number not taken yet.
void RunFolder::create_numbered(const fs::path& parent) {
  std::error_code error;
  created_ = create_folders(parent, error);
  for (int number = 1; !error; ++number) {
    path_ = parent / std::to_string(number);
    if (fs::create_directory(path_, error)) {
      lock_.take(path_);
      created_.push_back(path_);
      return;
    }
  }
  throw DataError(parent.string(), std::nullopt,
                  "cannot create a folder for the run: " + error.message() +
                      "; choose another place with --out");
}

void RunFolder::create(const fs::path& folder) {
  path_ = folder;
  std::error_code error;
  created_ = create_folders(path_, error);
  if (error) {
    remove_created();
    throw DataError(folder.string(), std::nullopt, "cannot create the folder: " + error.message());
  }
  lock_.take(path_);
  if (fs::exists(path_ / "run.json", error)) {
    throw DataError(folder.string(), std::nullopt,
                    "holds a run already; remove it or choose another folder with --out");
  }
  remove_temporaries(path_);
}

void RunFolder::remove() {
  std::error_code ignored;
  fs::remove(path_ / "run.json", ignored);
  remove_created();
}

void RunFolder::remove_created() {
  std::error_code ignored;
  for (; !created_.empty(); created_.pop_back()) {
    fs::remove(created_.back(), ignored);  // stays when another run has moved in
  }
}

std::ofstream RunFolder::open_csv(const char* name, const std::string& header,
                                  std::uint64_t iteration) {
  const fs::path path = path_ / name;
  const std::string kept = iteration == 0 ? header : rows_before(path, iteration);
  const bool has_every_row =
      name != std::string_view("loss.csv") || iteration == 0 ||
      std::count(kept.begin(), kept.end(), '\n') == static_cast<std::ptrdiff_t>(iteration) + 1;
  if (!has_every_row) {
    throw DataError(
        path.string(), std::nullopt,
        fmt::format("lacks rows before iteration {}, where the run goes on", iteration));
  }
  write_file(path, std::span(reinterpret_cast<const std::uint8_t*>(kept.data()), kept.size()));
  std::ofstream file(path, std::ios::app);
  if (!file) {
    throw FileError(path.string() + ": cannot be written");
  }
  return file;
}

void RunFolder::begin(bool has_validation, std::uint64_t iteration) {
  has_begun_ = true;
  has_validation_ = has_validation;
  loss_csv_ = open_csv("loss.csv", "iteration,loss\n", iteration);
  accuracy_csv_ =
      open_csv("accuracy.csv",
               fmt::format("iteration,epoch,train_accuracy,test_accuracy{}\n",
                           has_validation_ ? ",validation_accuracy,validation_loss" : ""),
               iteration);
}

void RunFolder::remove_model() {
  std::error_code ignored;
  fs::remove(path_ / model_name, ignored);
}

void RunFolder::flush() {
  for (auto* file : {&loss_csv_, &accuracy_csv_}) {
    if (!file->flush()) {
      throw unwritten_rows(path_);
    }
  }
}

// Through fmt: the shortest digits that read back the same, and a point whatever the locale.
void RunFolder::write_loss(std::uint64_t iteration, double loss) {
  loss_csv_ << fmt::format("{},{}\n", iteration, loss);
}

void RunFolder::write_accuracy(const AccuracyRecord& record) {
  accuracy_csv_ << fmt::format("{},{},{},{}", record.iteration, record.epoch, record.train_accuracy,
                               record.test_accuracy);
  if (has_validation_) {
    accuracy_csv_ << fmt::format(",{},{}", *record.validation_accuracy, *record.validation_loss);
  }
  accuracy_csv_ << '\n';
}

void RunFolder::update(const nlohmann::ordered_json& entries) {
  description_.update(entries);
  const std::string text = to_text(description_, 2) + "\n";
  write_file(path_ / "run.json",
             std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}

void RunFolder::finish(const nlohmann::ordered_json& entries) {
  for (auto* file : {&loss_csv_, &accuracy_csv_}) {
    file->close();
    if (!*file) {
      throw unwritten_rows(path_);
    }
  }
  update(entries);
  is_complete_ = true;
}

}  // namespace gradus::cli
