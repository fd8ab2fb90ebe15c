// SPDX-License-Identifier: MIT
#include "downloads/mirrors.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "downloads/download.hpp"
#include "terminal/console.hpp"

namespace gradus::cli {
namespace {

constexpr int max_requests = 4;  // of one mirror for one file, with those that resume

/// Adds to `bytes` what the mirror has behind them until they are the file.
/// @return  why that failed; nothing when it did not
std::optional<MirrorFailure> fetch_from(const std::string& url, const PublishedFile& file,
                                        std::uint64_t timeout_seconds,
                                        std::vector<std::uint8_t>& bytes) {
  using End = Download::End;
  MirrorFailure failure{.url = url, .sentence = "", .connection_error = ""};
  for (int request = 0; request < max_requests; ++request) {
    const Download result = download(
        url, {.max_size = file.max_download_size(), .timeout_seconds = timeout_seconds}, bytes);
    failure.sentence = fmt::format("{}: {}", url, result.reason);
    if (result.end == End::unreachable) {
      failure.connection_error = result.reason;
      return failure;
    }
    if (result.end == End::refused || result.end == End::interrupted) {
      return failure;
    }
    if (result.end == End::range_refused) {
      bytes.clear();
      continue;
    }
    // Looked at also when the download was cut: some servers promise more than there is.
    const std::string problem = problem_of(file, url, bytes);
    if (problem.empty()) {
      return std::nullopt;
    }
    if (result.end == End::complete) {
      failure.sentence = problem;
      bytes.clear();
    }
    if (result.end == End::stalled || (result.end == End::complete && !result.is_resumed)) {
      return failure;
    }
  }
  return failure;
}

}  // namespace

bool Fetched::is_offline() const {
  return !failures.empty() &&
         std::all_of(failures.begin(), failures.end(), [](const MirrorFailure& failure) {
           return !failure.connection_error.empty();
         });
}

Mirrors::Mirrors(std::vector<std::string> urls, std::uint64_t timeout_seconds)
    : urls_(std::move(urls)), timeout_seconds_(timeout_seconds) {
}

Fetched Mirrors::fetch(const PublishedFile& file, std::vector<std::uint8_t> beginning) {
  Fetched fetched;
  fetched.bytes = std::move(beginning);
  for (auto mirror = urls_.begin(); mirror != urls_.end() && !was_interrupted(); ++mirror) {
    const std::string url = fmt::format("{}{}.gz", *mirror, file.name);
    const auto failure = fetch_from(url, file, timeout_seconds_, fetched.bytes);
    if (!failure) {
      fetched.url = url;
      std::rotate(urls_.begin(), mirror, mirror + 1);
      return fetched;
    }
    fetched.failures.push_back(*failure);
  }
  return fetched;
}

}  // namespace gradus::cli
