// SPDX-License-Identifier: MIT
#include "download.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <array>
#include <memory>
#include <new>

#include "console.hpp"

namespace gradus::cli {
namespace {

constexpr long http_ok = 200;
constexpr long http_partial_content = 206;
constexpr long http_range_not_satisfiable = 416;
constexpr long max_redirects = 5;
constexpr long min_bytes_per_second = 100;

using Handle = std::unique_ptr<CURL, decltype(&::curl_easy_cleanup)>;

/// One request and what came of it.
struct Transfer {
  CURL* curl;
  std::size_t max_size;
  std::vector<std::uint8_t>& bytes;
  ProgressLine progress{"bytes", true};
  std::array<char, CURL_ERROR_SIZE> error{};
  bool has_begun = false;
  bool is_too_large = false;

  long status() const {
    long code = 0;
    ::curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
    return code;
  }

  /// Returns how many bytes were taken; less than there are ends the transfer.
  std::size_t take(const char* data, std::size_t size) {
    if (!has_begun) {
      const long code = status();
      if (code != http_ok && code != http_partial_content) {
        return 0;
      }
      if (code == http_ok) {
        bytes.clear();  // the whole file, though only the rest may have been asked for
      }
      has_begun = true;
    }
    if (bytes.size() > max_size || size > max_size - bytes.size()) {
      is_too_large = true;
      return 0;
    }
    bytes.insert(bytes.end(), data, data + size);
    return size;
  }
};

// libcurl calls these two. No exception may pass through it: memory is taken before it begins.

std::size_t on_data(char* data, std::size_t one, std::size_t size, void* transfer) noexcept {
  return static_cast<Transfer*>(transfer)->take(data, one * size);
}

int on_progress(void* pointer, curl_off_t total, curl_off_t done, curl_off_t /*upload_total*/,
                curl_off_t /*uploaded*/) noexcept {
  auto& transfer = *static_cast<Transfer*>(pointer);
  if (transfer.has_begun && transfer.progress.is_due()) {
    transfer.progress.show(static_cast<std::uint64_t>(done), static_cast<std::uint64_t>(total), "");
  }
  return was_interrupted() ? 1 : 0;
}

void set_options(Transfer& transfer, const std::string& url, const DownloadLimits& limits) {
  CURL* const curl = transfer.curl;
  const auto timeout = static_cast<long>(limits.timeout_seconds);
  ::curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  ::curl_easy_setopt(curl, CURLOPT_USERAGENT, "gradus/" GRADUS_VERSION);
  ::curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  ::curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  ::curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
  ::curl_easy_setopt(curl, CURLOPT_MAXREDIRS, max_redirects);
  ::curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, timeout);
  ::curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, min_bytes_per_second);
  ::curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, timeout);
  ::curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, transfer.error.data());
  ::curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_data);
  ::curl_easy_setopt(curl, CURLOPT_WRITEDATA, &transfer);
  ::curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
  ::curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &transfer);
  ::curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
}

Download outcome(const Transfer& transfer, CURLcode result) {
  using End = Download::End;
  const long code = transfer.status();
  if (result == CURLE_ABORTED_BY_CALLBACK) {
    return {End::interrupted, "interrupted"};
  }
  if (transfer.is_too_large) {
    transfer.bytes.clear();
    return {End::refused,
            fmt::format("sends more than the {} bytes the file can have", transfer.max_size)};
  }
  if (code == http_range_not_satisfiable) {
    return {End::range_refused, "has nothing to resume"};
  }
  const bool is_resumed = code == http_partial_content;
  const bool is_file = code == http_ok || is_resumed;
  if (result == CURLE_OK && is_file) {
    return {End::complete, "", is_resumed};
  }
  const std::string error =
      transfer.error[0] != '\0' ? transfer.error.data() : ::curl_easy_strerror(result);
  if (transfer.has_begun) {
    return {result == CURLE_OPERATION_TIMEDOUT ? End::stalled : End::cut,
            fmt::format("broke off after {} bytes: {}", transfer.bytes.size(), error), is_resumed};
  }
  // While redirects are followed the code is that of the last one, which is not what is wrong.
  constexpr long lowest_error = 400;
  const bool is_answer = code >= lowest_error || result == CURLE_OK || result == CURLE_WRITE_ERROR;
  return {End::refused, is_answer ? fmt::format("answered {}", code) : error};
}

}  // namespace

Download download(const std::string& url, const DownloadLimits& limits,
                  std::vector<std::uint8_t>& bytes) {
  const Handle handle(::curl_easy_init(), ::curl_easy_cleanup);
  if (!handle) {
    throw std::bad_alloc();
  }
  bytes.reserve(limits.max_size);
  Transfer transfer{handle.get(), limits.max_size, bytes};
  set_options(transfer, url, limits);
  if (!bytes.empty()) {
    // Not CURLOPT_RESUME_FROM, which gives up when a server sends the whole file.
    ::curl_easy_setopt(handle.get(), CURLOPT_RANGE, fmt::format("{}-", bytes.size()).c_str());
  }
  const CURLcode result = ::curl_easy_perform(handle.get());
  return outcome(transfer, result);
}

}  // namespace gradus::cli
