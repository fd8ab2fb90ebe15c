// SPDX-License-Identifier: MIT
#include "gradus/runs/run_folder.hpp"

#include <fmt/core.h>

#include <optional>
#include <system_error>
#include <utility>

#include "gradus/core/error.hpp"
#include "gradus/formats/file.hpp"

namespace gradus {
namespace {

namespace fs = std::filesystem;

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

Json read_run(const fs::path& folder) {
  const fs::path path = folder / run_file;
  const std::optional<Json> run = parse_json(read_text_file(path));
  const Json* const options = run ? run->find("options") : nullptr;
  if (options == nullptr || !options->is_object() || run->find("status") == nullptr) {
    throw DataError(path.string(), std::nullopt, "is not the run.json of a training run");
  }
  return *run;
}

Task task_in(const Json& description) {
  const Json* const task = description.find("task");
  return task != nullptr && *task == Json(to_string(Task::regression)) ? Task::regression
                                                                       : Task::classification;
}

std::optional<RunStatus> status_in(const Json& description) {
  const Json* const status = description.find("status");
  const std::string* const name = status == nullptr ? nullptr : status->as_string();
  return name == nullptr ? std::nullopt : parse_run_status(*name);
}

RunFolder::RunFolder(const std::string& folder, std::string_view program, const RunOptions& options)
    : description_{{"program", program},
                   {"status", to_string(RunStatus::running)},
                   {"options", to_json_before_data(options)}} {
  if (folder.empty()) {
    create_numbered("runs");
  } else {
    create(folder);
  }
  try {
    update(Json::object());
  } catch (...) {
    remove();
    throw;
  }
}

RunFolder::RunFolder(const std::string& folder, Unfinished) : path_(folder), is_new_(false) {
  lock_.take(path_);
  description_ = read_run(folder);
  const std::optional<RunStatus> status = status_in(description_);
  if (!status) {
    throw DataError(
        (path_ / run_file).string(), std::nullopt,
        fmt::format("has the status {}, which no run has", description_.find("status")->to_text()));
  }
  if (!is_unfinished(*status)) {
    throw StateError(fmt::format("--resume {}: the run is done ({})", folder,
                                 description_.find("status")->to_text()));
  }
  remove_temporaries(path_);
}

RunFolder::~RunFolder() {
  if (!has_begun_ && is_new_) {
    remove();
  } else if (has_begun_ && !is_complete_) {
    try {
      update({{"status", to_string(RunStatus::failed)}});
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
  remove_created();
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
  if (fs::exists(path_ / run_file, error)) {
    throw DataError(folder.string(), std::nullopt,
                    "holds a run already; remove it or choose another folder with --out");
  }
  remove_temporaries(path_);
}

void RunFolder::remove() {
  std::error_code ignored;
  fs::remove(path_ / run_file, ignored);
  remove_created();
}

void RunFolder::remove_created() {
  std::error_code ignored;
  for (; !created_.empty(); created_.pop_back()) {
    fs::remove(created_.back(), ignored);  // stays when another run has moved in
  }
}

void RunFolder::begin(bool has_validation, std::uint64_t iteration, const Json& entries,
                      Task task) {
  has_begun_ = true;
  curves_.open(path_, has_validation, iteration, task);
  description_["task"] = to_string(task);
  description_["status"] = to_string(RunStatus::running);
  update(entries);
}

void RunFolder::remove_model() {
  std::error_code ignored;
  fs::remove(model_path(), ignored);
}

void RunFolder::update(const Json& entries) {
  description_.update(entries);
  write_text_file(path_ / run_file, description_.to_text(2) + "\n");
}

void RunFolder::finish(RunStatus status, const Json& result) {
  curves_.close();
  update({{"status", to_string(status)}, {"result", result}});
  is_complete_ = true;
}

}  // namespace gradus
