// SPDX-License-Identifier: MIT
#include "inputs/data_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <span>
#include <system_error>

#include "downloads/published_data.hpp"
#include "gradus/core/counted.hpp"
#include "gradus/core/error.hpp"
#include "gradus/core/nearest_names.hpp"
#include "gradus/data/csv_dataset.hpp"
#include "gradus/data/digits.hpp"
#include "gradus/data/mnist.hpp"
#include "gradus/data/picture_folder.hpp"
#include "gradus/formats/json.hpp"
#include "gradus/runs/given_options.hpp"
#include "gradus/runs/plane_name.hpp"
#include "gradus/runs/run_folder.hpp"
#include "inputs/image_folder.hpp"
#include "terminal/console.hpp"

namespace gradus::cli {
namespace {

namespace fs = std::filesystem;

std::optional<fs::path> environment_path(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr || *value == '\0' ? std::nullopt : std::optional<fs::path>(value);
}

bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

/// @throws DataError  always; the message has what the folder holds, and what can be read
[[noreturn]] void refuse_folder(const fs::path& folder) {
  constexpr std::size_t max_shown = 10;
  std::vector<std::string> names;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored)) {
    names.push_back(entry.path().filename().string() + (entry.is_directory(ignored) ? "/" : ""));
  }
  std::sort(names.begin(), names.end());
  std::string held = names.empty() ? "nothing" : "";
  for (std::size_t i = 0; i < std::min(names.size(), max_shown); ++i) {
    held += (i == 0 ? "" : ", ") + names[i];
  }
  if (names.size() > max_shown) {
    held += fmt::format(" and {} more", names.size() - max_shown);
  }
  const auto table = std::find_if(names.begin(), names.end(), [](const std::string& name) {
    return fs::path(name).extension() == ".csv" && name.find("test") == std::string::npos;
  });
  throw DataError(folder.string(), std::nullopt,
                  fmt::format("holds {}; expected train.csv and test.csv, MNIST's four files, or a "
                              "folder of pictures for each class{}",
                              held,
                              table == names.end() ? ""
                                                   : "; one table alone is --data " +
                                                         shell_word((folder / *table).string())));
}

Dataset load_published(const PublishedDataset& published) {
  const fs::path folder = data_folder() / published.id;
  if (const std::string missing = missing_mnist_file(folder); !missing.empty()) {
    throw DataError(folder.string(), std::nullopt,
                    fmt::format("there is no {}; `{} data get {}` downloads it", missing,
                                program_name(), published.id));
  }
  Dataset dataset = read_mnist_folder(folder);
  dataset.name = published.id;
  return dataset;
}

Dataset load_folder(const std::string& name) {
  const fs::path folder = find_image_folder(name);
  if (has_mnist_files(folder) || is_there(folder / "mnist.npz")) {
    return read_mnist_folder(folder);
  }
  if (has_picture_folders(name)) {
    return read_picture_folder(name);
  }
  refuse_folder(name);
}

constexpr std::string_view digits_name = "digits";

/// The data sets that have a name.
std::vector<std::string_view> names() {
  std::vector<std::string_view> all{digits_name};
  for (const auto& ids : {plane_kinds().ids(), published_datasets().ids()}) {
    all.insert(all.end(), ids.begin(), ids.end());
  }
  return all;
}

std::string names_listed() {
  return fmt::format("{}", fmt::join(names(), ", "));
}

/// Whether the program knows the data set by its name, and no file is meant.
bool is_data_name(std::string_view name) {
  return name == digits_name || is_plane_name(name) || published_datasets().contains(name);
}

/// @param name  one that is_data_name()
Dataset load_named(const std::string& name, Team& team) {
  if (published_datasets().contains(name)) {
    return load_published(published_datasets().find(name));
  }
  Dataset dataset =
      name == digits_name ? make_digits({}, team) : make_plane_data(parse_plane_name(name));
  dataset.name = name;
  return dataset;
}

/// @throws DataError  always; the message has the nearest names, or all
[[noreturn]] void refuse_unknown(const std::string& name) {
  throw DataError(name, std::nullopt,
                  "no such file or folder, and no data set of that name; " +
                      names_to_choose(name.substr(0, name.find(':')), names()));
}

}  // namespace

fs::path data_folder() {
  if (const auto own = environment_path("GRADUS_DATA_DIR")) {
    return *own;
  }
  if (const auto cache = environment_path("XDG_CACHE_HOME")) {
    return *cache / "gradus";
  }
  return environment_path("HOME").value_or(".") / ".cache" / "gradus";
}

std::string data_help() {
  return fmt::format("digits or {} (made by the program),\n{}, a folder, or a file: a table or NPZ",
                     plane_kinds().ids(", "), published_datasets().ids(", "));
}

bool is_table(const std::string& name) {
  std::error_code ignored;
  return fs::is_directory(name, ignored) ? is_there(fs::path(name) / "train.csv")
                                         : is_table_name(name);
}

Dataset load_dataset(const std::string& name, const TableOptions& table, Team& team) {
  if (table.says_anything() && !is_table(name)) {
    throw ValueError(fmt::format(
        "--label, --target, --ignore and --missing are for tables, and {} is none", name));
  }
  if (is_data_name(name)) {
    return load_named(name, team);
  }
  std::error_code ignored;
  if (fs::is_directory(name, ignored)) {
    return is_table(name) ? read_csv_folder(name, table) : load_folder(name);
  }
  if (!is_there(name)) {
    refuse_unknown(name);
  }
  if (is_table_name(name)) {
    return read_csv_dataset(name, table);
  }
  if (fs::path(name).extension() == ".npz") {
    return read_mnist_npz(name);
  }
  throw DataError(name, std::nullopt,
                  fmt::format("expected a folder, a table ({}), an .npz file, or one of {}",
                              fmt::join(table_endings, ", "), names_listed()));
}

std::string describe(const Dataset& dataset) {
  const auto sizes = dataset.sample_shape.sizes();
  const std::string what = sizes.size() == 2
                               ? fmt::format("images of {}", fmt::join(sizes, "x"))
                               : "samples of " + counted(dataset.train.num_features, "feature");
  const std::string learned =
      dataset.task() == Task::classification
          ? fmt::format("{} classes", dataset.num_classes)
          : fmt::format("{} to learn", counted(dataset.train.num_targets, "number"));
  return fmt::format("{}: {} training and {} test {}, {}", dataset.name,
                     with_commas(dataset.train.num_samples()),
                     with_commas(dataset.test.num_samples()), what, learned);
}

std::string model_path(const std::string& name) {
  std::error_code ignored;
  if (!fs::is_directory(name, ignored)) {
    return name;
  }
  const fs::path inside = fs::path(name) / model_file;
  if (!is_there(inside) && is_there(fs::path(name) / run_file)) {
    throw DataError(name, std::nullopt,
                    fmt::format("the run has no model; if it was stopped, `{} train --resume {}` "
                                "goes on with it",
                                program_name(), shell_word(name)));
  }
  return inside.string();
}

RunData data_of_run(const std::string& model) {
  const fs::path folder = fs::path(model).parent_path();
  std::optional<Json> run;
  try {
    run = read_run(folder);
  } catch (const DataError&) {  // said below
  }
  const Json* const data = run ? run->find("options")->find("data") : nullptr;
  const std::string* const name = data == nullptr ? nullptr : data->as_string();
  if (name == nullptr) {
    throw ValueError("--data is needed: no run.json beside " + model +
                     " tells what it learned from");
  }
  if (!is_data_name(*name) && !is_there(*name)) {
    throw DataError(
        (folder / run_file).string(), std::nullopt,
        fmt::format("the run learned from {}, which is not there; say with --data where it is now",
                    *name));
  }
  RunOptions options;
  given_by_run(*run, (folder / run_file).string()).read_into(options);
  return {*name, options.table};
}

RunInside look_inside(const RunRecord& run, const std::string& data) {
  Team team(default_num_threads());
  const auto load = [&] {
    const std::string model = (fs::path(run.folder) / model_file).string();
    const RunData own = data.empty() ? data_of_run(model) : RunData{data, {}};
    return load_dataset(own.name, own.table, team);
  };
  return gradus::look_inside(run, load, !data.empty(), team);
}

}  // namespace gradus::cli
