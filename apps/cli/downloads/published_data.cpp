// SPDX-License-Identifier: MIT
#include "downloads/published_data.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <system_error>
#include <vector>

#include "downloads/sha256.hpp"
#include "gradus/core/error.hpp"
#include "gradus/core/shape.hpp"
#include "gradus/formats/file.hpp"
#include "gradus/formats/gzip.hpp"
#include "gradus/formats/idx.hpp"

namespace gradus::cli {
namespace {

constexpr std::size_t image_size = 28;
constexpr std::size_t num_classes = 10;
constexpr std::size_t num_train = 60000;
constexpr std::size_t num_test = 10000;

constexpr std::array<std::string_view, 2> mnist_mirrors{
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/"};
constexpr std::array<std::string_view, 3> fashion_mirrors{
    "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
    "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
    "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"};
constexpr std::array<std::string_view, 2> kmnist_mirrors{
    "https://codh.rois.ac.jp/kmnist/dataset/kmnist/",
    "http://codh.rois.ac.jp/kmnist/dataset/kmnist/"};

/// The four files, with the SHA-256 of their contents in the order below.
constexpr std::array<PublishedFile, 4> four_files(std::array<std::string_view, 4> sha256 = {}) {
  return {{{"train-images-idx3-ubyte", num_train, true, sha256[0]},
           {"train-labels-idx1-ubyte", num_train, false, sha256[1]},
           {"t10k-images-idx3-ubyte", num_test, true, sha256[2]},
           {"t10k-labels-idx1-ubyte", num_test, false, sha256[3]}}};
}

constexpr std::array<PublishedDataset, 3> entries{{
    {"mnist", "handwritten digits",
     "Y. LeCun, C. Cortes, C. Burges: The MNIST database; CC BY-SA 3.0", 12,
     four_files({"ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
                 "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
                 "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
                 "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"}),
     mnist_mirrors},
    {"fashion-mnist", "clothes, from T-shirt (0) to ankle boot (9)",
     "Zalando Research: Fashion-MNIST; MIT licence", 31, four_files(), fashion_mirrors},
    {"kmnist", "cursive Japanese characters, one for each row of the syllabary",
     "ROIS-DS Center for Open Data in the Humanities: KMNIST; CC BY-SA 4.0", 21, four_files(),
     kmnist_mirrors},
}};

constexpr Registry<PublishedDataset> registry("data set to get", entries);

Shape expected_shape(const PublishedFile& file) {
  return file.has_images ? Shape{file.num_samples, image_size, image_size}
                         : Shape{file.num_samples};
}

/// @throws DataError  with what is wrong
void check_content(const PublishedFile& file, std::string_view name,
                   std::span<const std::uint8_t> content) {
  const IdxArray array = parse_idx(name, content);
  const Shape expected = expected_shape(file);
  if (array.shape != expected) {
    throw DataError(name, std::nullopt,
                    fmt::format("holds an array of shape {}, expected {}", array.shape.to_string(),
                                expected.to_string()));
  }
  if (!file.has_images) {
    const std::uint8_t largest = *std::max_element(array.elements.begin(), array.elements.end());
    if (largest >= num_classes) {
      throw DataError(name, std::nullopt,
                      fmt::format("holds a label {}, expected 0 to {}", largest, num_classes - 1));
    }
  }
  if (!file.sha256.empty()) {
    const std::string sha256 = Sha256().add(content).hex();
    if (sha256 != file.sha256) {
      throw DataError(
          name, std::nullopt,
          fmt::format("the SHA-256 of the content is {}, expected {}", sha256, file.sha256));
    }
  }
}

bool is_web_page(std::span<const std::uint8_t> bytes) {
  const auto first = std::find_if(bytes.begin(), bytes.end(),
                                  [](std::uint8_t byte) { return byte > static_cast<int>(' '); });
  return first != bytes.end() && *first == '<';
}

}  // namespace

std::size_t PublishedFile::content_size() const noexcept {
  constexpr std::size_t word = 4;  // the magic number and each size
  return has_images ? 4 * word + num_samples * image_size * image_size : 2 * word + num_samples;
}

std::size_t PublishedFile::max_download_size() const noexcept {
  // Five bytes for each block stored as it is, of 16 kB in zlib; header, a name in it, checksums.
  constexpr std::size_t header_and_name = 4096;
  return content_size() + content_size() / 1000 + header_and_name;
}

const Registry<PublishedDataset>& published_datasets() {
  return registry;
}

std::string problem_of(const PublishedFile& file, std::string_view name,
                       std::span<const std::uint8_t> bytes) {
  try {
    if (is_web_page(bytes)) {
      return fmt::format("{}: is a web page, not the file", name);
    }
    if (is_gzip(bytes)) {
      check_content(file, fmt::format("{} (decompressed)", name),
                    gzip_decompress(name, bytes, file.content_size()));
    } else {
      check_content(file, name, bytes);
    }
    return {};
  } catch (const DataError& error) {
    return error.what();
  }
}

FoundFile find_published(const PublishedFile& file, const std::filesystem::path& folder) {
  const std::string plain(file.name);
  for (const std::string& name : {plain, plain + ".gz"}) {
    const std::filesystem::path path = folder / name;
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) {
      continue;
    }
    try {
      return {path, problem_of(file, path.string(), read_file(path))};
    } catch (const DataError& error) {
      return {path, error.what()};
    }
  }
  return {};
}

}  // namespace gradus::cli
