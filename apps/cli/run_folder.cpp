// SPDX-License-Identifier: MIT
#include "run_folder.hpp"

#include <fmt/format.h>

#include <span>
#include <system_error>
#include <utility>

#include "gradus/core/error.hpp"
#include "gradus/formats/file.hpp"

namespace gradus::cli {
namespace {

namespace fs = std::filesystem;

/// Creates the folder of the lowest number not taken yet.
fs::path create_numbered_folder(const fs::path& parent) {
  std::error_code error;
  fs::create_directories(parent, error);
  for (int number = 1; !error; ++number) {
    const fs::path candidate = parent / std::to_string(number);
    if (fs::create_directory(candidate, error)) {
      return candidate;
    }
  }
  throw DataError(parent.string(), std::nullopt,
                  "cannot create a folder for the run: " + error.message() +
                      "; choose another place with --out");
}

}  // namespace

std::string to_text(const nlohmann::ordered_json& json, int indent) {
  return json.dump(indent, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

RunFolder::RunFolder(const std::string& folder, nlohmann::ordered_json description)
    : description_(std::move(description)) {
  if (folder.empty()) {
    path_ = create_numbered_folder("runs");
    is_folder_ours_ = true;
  } else {
    path_ = folder;
    std::error_code error;
    if (fs::exists(path_ / "run.json", error)) {
      throw DataError(folder, std::nullopt,
                      "holds a run already; remove it or choose another folder with --out");
    }
    is_folder_ours_ = fs::create_directories(path_, error);
    if (error || !fs::is_directory(path_, error)) {
      throw DataError(folder, std::nullopt, "cannot create the folder: " + error.message());
    }
  }
  try {
    update(nlohmann::ordered_json::object());
  } catch (...) {
    remove();
    throw;
  }
}

RunFolder::~RunFolder() {
  if (!has_begun_) {
    remove();
  } else if (!is_complete_) {
    try {
      update({{"status", "failed"}});
    } catch (...) {  // a full disk, say: the message about that is on its way already
    }
  }
}

void RunFolder::remove() {
  std::error_code ignored;
  fs::remove(path_ / "run.json", ignored);
  if (is_folder_ours_) {
    fs::remove(path_, ignored);
  }
}

std::ofstream RunFolder::open_csv(const char* name) {
  std::ofstream file(path_ / name);
  if (!file) {
    throw FileError((path_ / name).string() + ": cannot be written");
  }
  return file;
}

void RunFolder::begin(bool has_validation) {
  has_begun_ = true;
  has_validation_ = has_validation;
  loss_csv_ = open_csv("loss.csv");
  loss_csv_ << "iteration,loss\n";
  accuracy_csv_ = open_csv("accuracy.csv");
  accuracy_csv_ << "iteration,epoch,train_accuracy,test_accuracy"
                << (has_validation_ ? ",validation_accuracy,validation_loss" : "") << '\n';
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
      throw FileError(path_.string() + ": the CSV files could not be written to the end");
    }
  }
  update(entries);
  is_complete_ = true;
}

}  // namespace gradus::cli
