// SPDX-License-Identifier: MIT
#include "data_source.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <system_error>

#include "console.hpp"
#include "gradus/core/error.hpp"
#include "gradus/data/csv_dataset.hpp"
#include "gradus/data/digits.hpp"
#include "gradus/data/mnist.hpp"
#include "gradus/formats/file.hpp"

namespace gradus::cli {
namespace {

namespace fs = std::filesystem;

std::optional<fs::path> environment_path(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr || *value == '\0' ? std::nullopt : std::optional<fs::path>(value);
}

/// Where named data sets are kept: $GRADUS_DATA_DIR, else gradus in the user's cache folder.
fs::path data_folder() {
  if (const auto own = environment_path("GRADUS_DATA_DIR")) {
    return *own;
  }
  if (const auto cache = environment_path("XDG_CACHE_HOME")) {
    return *cache / "gradus";
  }
  return environment_path("HOME").value_or(".") / ".cache" / "gradus";
}

bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

Dataset load_mnist() {
  const fs::path folder = data_folder() / "mnist";
  if (!is_there(folder)) {
    throw DataError(folder.string(), std::nullopt,
                    "no such folder; put the four MNIST files there, or set GRADUS_DATA_DIR to the "
                    "folder that has them in mnist/, or give their folder itself to --data");
  }
  Dataset dataset = read_mnist_folder(folder);
  dataset.name = "mnist";
  return dataset;
}

}  // namespace

Dataset load_dataset(const std::string& name, Team& team) {
  if (name == "digits") {
    return make_digits({}, team);
  }
  if (name == "mnist") {
    return load_mnist();
  }
  std::error_code ignored;
  if (fs::is_directory(name, ignored)) {
    return is_there(fs::path(name) / "train.csv") ? read_csv_folder(name) : read_mnist_folder(name);
  }
  if (!is_there(name)) {
    throw DataError(
        name, std::nullopt,
        "no such file or folder, and no data set of that name; there are digits, mnist");
  }
  if (fs::path(name).extension() == ".csv") {
    return read_csv_dataset(name);
  }
  if (fs::path(name).extension() == ".npz") {
    return read_mnist_npz(name);
  }
  throw DataError(
      name, std::nullopt,
      "expected a folder, or a file whose name ends in .csv or .npz, or digits, or mnist");
}

std::string describe(const Dataset& dataset) {
  const auto sizes = dataset.sample_shape.sizes();
  const std::string what = sizes.size() == 2
                               ? fmt::format("images of {}", fmt::join(sizes, "x"))
                               : fmt::format("samples of {} features", fmt::join(sizes, "x"));
  return fmt::format("{}: {} training and {} test {}, {} classes", dataset.name,
                     with_commas(dataset.train.num_samples()),
                     with_commas(dataset.test.num_samples()), what, dataset.num_classes);
}

std::string data_of_run(const std::string& model) {
  const auto path = std::filesystem::path(model).parent_path() / "run.json";
  try {
    const auto bytes = read_file(path);
    return nlohmann::json::parse(bytes).at("options").at("data").get<std::string>();
  } catch (const std::exception&) {
    throw ValueError("--data is needed: no run.json beside " + model +
                     " tells what it learned from");
  }
}

}  // namespace gradus::cli
