// SPDX-License-Identifier: MIT
#include "resume.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <string_view>
#include <system_error>
#include <utility>

#include "console.hpp"
#include "gradus/core/error.hpp"
#include "gradus/formats/file.hpp"
#include "gradus/math/instruction_set.hpp"
#include "run_folder.hpp"

namespace gradus::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

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

/// One option of run.json as it is typed; nothing where there was none.
std::optional<std::string> as_typed(const std::string& key, const ordered_json& value) {
  if (value.is_null() || (key == "early_stop" && value == 0)) {
    return std::nullopt;
  }
  if (value.is_array()) {
    std::string list;
    for (const ordered_json& item : value) {
      list += (list.empty() ? "" : ",") + item.dump();
    }
    return list;
  }
  return value.is_string() ? value.get<std::string>() : value.dump();
}

/// run.json's "weight_decay" is --weight-decay.
std::string option_of(std::string key) {
  std::replace(key.begin(), key.end(), '_', '-');
  return "--" + key;
}

void sync_file(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file >= 0) {
    ::fsync(file);
    ::close(file);
  }
}

}  // namespace

std::vector<std::string> with_resumed_options(std::vector<std::string> arguments,
                                              OptionSources& sources) {
  constexpr std::string_view flag = "--resume";
  std::optional<std::string> folder;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    if (arguments[i] == flag && i + 1 < arguments.size()) {
      folder = arguments[i + 1];
    } else if (arguments[i].starts_with(std::string(flag) + "=")) {
      folder = arguments[i].substr(flag.size() + 1);
    }
  }
  if (!folder || arguments.front() != "train") {
    return arguments;
  }
  const auto is_typed = [&](const std::string& option) {
    return std::any_of(arguments.begin(), arguments.end(), [&](const std::string& argument) {
      return argument == option || argument.starts_with(option + "=");
    });
  };
  const ordered_json stored = read_run(*folder);
  const ordered_json& options = stored.at("options");
  std::vector<std::string> resumed;
  for (const auto& [key, value] : options.items()) {
    const bool has_epochs = !options.value("epochs", ordered_json()).is_null();
    const bool is_replaced = (key == "iterations" && (has_epochs || is_typed("--epochs"))) ||
                             (key == "epochs" && is_typed("--iterations"));
    const std::string option = option_of(key);
    if (const auto text = as_typed(key, value); text && !is_replaced && !is_typed(option)) {
      resumed.push_back(option);
      resumed.push_back(*text);
      sources[option] = run_path(*folder).string();
    }
  }
  arguments.insert(arguments.begin() + 1, resumed.begin(), resumed.end());
  return arguments;
}

void check_same_data(const std::string& folder, const ordered_json& stored,
                     const std::string& data_sha256) {
  if (stored.contains("data_sha256") && stored.at("data_sha256") != data_sha256) {
    throw ValueError(
        fmt::format("--resume {}: the data are not those the run was begun with: their SHA-256 is "
                    "\"{}\", it was {}",
                    folder, data_sha256, to_text(stored.at("data_sha256"), -1)));
  }
}

void check_same_options(const std::string& folder, const ordered_json& stored,
                        const ordered_json& options) {
  if (!stored.contains("data_sha256")) {
    return;  // it was killed before it had begun: nothing has been learned under other options
  }
  const bool counts_epochs = !options.at("epochs").is_null();
  for (const auto& [key, value] : stored.at("options").items()) {
    // Threads never change the result; data may lie elsewhere now; of epochs and iterations one
    // says how long, and the other follows.
    const bool may_differ =
        key == "threads" || key == "data" || key == (counts_epochs ? "iterations" : "epochs");
    if (!may_differ && options.contains(key) && options.at(key) != value) {
      throw ValueError(fmt::format("--resume {}: {} is {}, but the run was begun {}", folder,
                                   option_of(key), to_text(options.at(key), -1),
                                   value.is_null() ? "without" : "with " + to_text(value, -1)));
    }
  }
}

void use_instructions_of(const ordered_json& stored) {
  const auto recorded = stored.find("instruction_set");
  if (recorded == stored.end() || !recorded->is_string()) {
    return;
  }
  const auto name = recorded->get<std::string>();
  const std::vector<std::string> here = instruction_sets();
  if (std::find(here.begin(), here.end(), name) != here.end()) {
    limit_instruction_set(name);
  } else {
    print_error(
        "gradus: warning: the run was begun with {} instructions, and this machine has {}: from "
        "here "
        "on its last bits are others\n",
        name, here.front());
  }
}

template <Real T>
std::optional<Checkpoint<T>> latest_checkpoint(const fs::path& folder) {
  const auto all = checkpoints_in(folder);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto& [iteration, path] = all[i];
    std::string damage;
    std::vector<std::uint8_t> bytes = read_file(path);  // one that cannot be read is not damaged
    try {
      Checkpoint<T> checkpoint = parse_checkpoint<T>(path.string(), std::move(bytes));
      if (checkpoint.iteration == iteration) {
        return checkpoint;
      }
      damage = fmt::format("{}: is of iteration {}", path.string(), checkpoint.iteration);
    } catch (const DataError& error) {
      damage = error.what();
    }
    print_error("gradus: {}; {}\n", damage,
                i + 1 < all.size() ? "the one before it is used" : "the run begins anew");
  }
  return std::nullopt;
}

template std::optional<Checkpoint<float>> latest_checkpoint<float>(const fs::path&);
template std::optional<Checkpoint<double>> latest_checkpoint<double>(const fs::path&);

CheckpointWriter::CheckpointWriter(fs::path folder)
    : folder_(std::move(folder)), thread_([this] { work(); }) {
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
    lock.lock();
    is_writing_ = false;
    if (failure_.empty() && !failure.empty()) {  // once, until one succeeds again
      print_error("gradus: warning: a checkpoint is lost: {}; training goes on\n", failure);
    }
    failure_ = std::move(failure);
    changed_.notify_all();
  }
}

void CheckpointWriter::write(const Task& task) {
  sync_file(folder_ / "loss.csv");
  sync_file(folder_ / "accuracy.csv");
  write_file(folder_ / fmt::format("{}{}{}", file_prefix, task.iteration, file_suffix), task.bytes);
  const auto all = checkpoints_in(folder_);
  std::error_code ignored;
  for (std::size_t i = num_kept; i < all.size(); ++i) {
    fs::remove(all[i].second, ignored);
  }
}

}  // namespace gradus::cli
