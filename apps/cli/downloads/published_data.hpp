// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "gradus/core/registry.hpp"

namespace gradus::cli {

/// One of the four files of a data set published in the form of MNIST: IDX, compressed with gzip.
struct PublishedFile {
  std::string_view name;    // as it is called uncompressed; mirrors add .gz
  std::size_t num_samples;  // images of 28x28 bytes, or labels below 10
  bool has_images;
  std::string_view sha256;  // of the uncompressed content; empty when not known for sure

  /// Bytes of the uncompressed content.
  [[nodiscard]] std::size_t content_size() const noexcept;

  /// The most bytes a download can have: gzip adds less than this to what it cannot compress.
  [[nodiscard]] std::size_t max_download_size() const noexcept;
};

/// A data set that others publish and `gradus data get` downloads.
struct PublishedDataset {
  std::string_view id;  // also the name of its folder
  std::string_view summary;
  std::string_view source;  // who made it, and the licence
  std::size_t megabytes;    // of the download, about: mirrors compress differently
  std::array<PublishedFile, 4> files;
  std::span<const std::string_view> mirrors;  // each ends in /; a file's name follows

  [[nodiscard]] bool has_checksums() const noexcept { return !files.front().sha256.empty(); }
};

/// The table of them: one line there and `data get`, `data list` and --data know it.
[[nodiscard]] const Registry<PublishedDataset>& published_datasets();

/// What is wrong with bytes that should be this file, plain or in gzip: the SHA-256 of the content
/// where it is known, else shape and labels. Empty when nothing is.
/// @param name  what stands for the file in the answer
[[nodiscard]] std::string problem_of(const PublishedFile& file, std::string_view name,
                                     std::span<const std::uint8_t> bytes);

/// A file as it lies in a folder.
struct FoundFile {
  std::filesystem::path path;  // the one that would be read, plain or .gz; empty: there is none
  std::string problem;         // as problem_of()

  [[nodiscard]] bool is_right() const { return !path.empty() && problem.empty(); }
};
[[nodiscard]] FoundFile find_published(const PublishedFile& file,
                                       const std::filesystem::path& folder);

}  // namespace gradus::cli
