// SPDX-License-Identifier: MIT
#include "gradus/runs/checkpoint_files.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <string_view>
#include <system_error>
#include <utility>

#include "gradus/core/error.hpp"
#include "gradus/formats/file.hpp"
#include "gradus/runs/curve_files.hpp"

namespace gradus {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view file_prefix = "checkpoint-";
constexpr std::string_view file_suffix = ".safetensors";
constexpr std::size_t num_kept = 2;

/// The iteration in a checkpoint's name; nothing for other files.
std::optional<std::uint64_t> iteration_of(const fs::path& path) {
  const std::string name = path.filename().string();
  if (!name.starts_with(file_prefix) || !name.ends_with(file_suffix)) {
    return std::nullopt;
  }
  std::uint64_t iteration = 0;
  const char* const end = name.data() + name.size() - file_suffix.size();
  const auto [stop, error] = std::from_chars(name.data() + file_prefix.size(), end, iteration);
  return error == std::errc() && stop == end ? std::optional(iteration) : std::nullopt;
}

/// All checkpoints of a folder, newest first.
std::vector<std::pair<std::uint64_t, fs::path>> checkpoints_in(const fs::path& folder) {
  std::vector<std::pair<std::uint64_t, fs::path>> found;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    if (const auto iteration = iteration_of(entry.path())) {
      found.emplace_back(*iteration, entry.path());
    }
  }
  std::sort(found.rbegin(), found.rend());
  return found;
}

void sync_file(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file >= 0) {
    ::fsync(file);
    ::close(file);
  }
}

}  // namespace

template <Real T>
FoundCheckpoint<T> find_checkpoint(const fs::path& folder) {
  FoundCheckpoint<T> found;
  for (const auto& [iteration, path] : checkpoints_in(folder)) {
    std::vector<std::uint8_t> bytes = read_file(path);  // one that cannot be read is not damaged
    try {
      Checkpoint<T> checkpoint = parse_checkpoint<T>(path.string(), std::move(bytes));
      if (checkpoint.iteration == iteration) {
        found.checkpoint = std::move(checkpoint);
        return found;
      }
      found.damages.push_back(
          fmt::format("{}: is of iteration {}", path.string(), checkpoint.iteration));
    } catch (const DataError& error) {
      found.damages.emplace_back(error.what());
    }
  }
  return found;
}

template FoundCheckpoint<float> find_checkpoint<float>(const fs::path&);
template FoundCheckpoint<double> find_checkpoint<double>(const fs::path&);

CheckpointWriter::CheckpointWriter(fs::path folder, std::function<void(const std::string&)> on_loss)
    : folder_(std::move(folder)), on_loss_(std::move(on_loss)), thread_([this] { work(); }) {
}

CheckpointWriter::~CheckpointWriter() {
  {
    const std::lock_guard lock(mutex_);
    is_ending_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void CheckpointWriter::submit(std::uint64_t iteration, std::vector<std::uint8_t> bytes) {
  {
    const std::lock_guard lock(mutex_);
    waiting_ = Task{iteration, std::move(bytes)};
  }
  changed_.notify_all();
}

std::string CheckpointWriter::finish() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !waiting_ && !is_writing_; });
  return failure_;
}

void CheckpointWriter::remove_all() {
  std::error_code ignored;
  for (const auto& [iteration, path] : checkpoints_in(folder_)) {
    fs::remove(path, ignored);
  }
}

void CheckpointWriter::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return waiting_ || is_ending_; });
    if (!waiting_) {
      return;
    }
    const Task task = *std::exchange(waiting_, std::nullopt);
    is_writing_ = true;
    lock.unlock();
    std::string failure;
    try {
      write(task);
    } catch (const std::exception& error) {
      failure = error.what();
    }
    if (failure_.empty() && !failure.empty()) {  // only this thread writes failure_
      on_loss_(failure);                         // before finish() returns
    }
    lock.lock();
    is_writing_ = false;
    failure_ = std::move(failure);
    changed_.notify_all();
  }
}

void CheckpointWriter::write(const Task& task) {
  sync_file(folder_ / loss_file);
  sync_file(folder_ / accuracy_file);  // or the other: one that is not there needs none
  sync_file(folder_ / r2_file);
  write_file(folder_ / fmt::format("{}{}{}", file_prefix, task.iteration, file_suffix), task.bytes);
  const auto all = checkpoints_in(folder_);
  std::error_code ignored;
  for (std::size_t i = num_kept; i < all.size(); ++i) {
    fs::remove(all[i].second, ignored);
  }
}

}  // namespace gradus
