// SPDX-License-Identifier: MIT
#include "downloads/download.hpp"

#include <curl/curl.h>
#include <dlfcn.h>
#include <fmt/core.h>

#include <array>
#include <memory>
#include <new>
#include <stdexcept>
#include <type_traits>

#include "gradus/core/counted.hpp"
#include "terminal/console.hpp"

namespace gradus::cli {
namespace {

constexpr long http_ok = 200;
constexpr long http_partial_content = 206;
constexpr long http_range_not_satisfiable = 416;
constexpr long max_redirects = 5;
constexpr long min_bytes_per_second = 100;

/// What is used of libcurl. It is loaded when something is to be fetched: it brings two dozen
/// libraries along, and without them every other command starts in half the time.
struct Curl {
  decltype(&::curl_easy_init) init;
  decltype(&::curl_easy_cleanup) cleanup;
  decltype(&::curl_easy_setopt) setopt;
  decltype(&::curl_easy_getinfo) getinfo;
  decltype(&::curl_easy_perform) perform;
  decltype(&::curl_easy_strerror) strerror;
};

/// @throws std::runtime_error  it is not there
const Curl& curl() {
  static const Curl loaded = [] {
    void* const library = ::dlopen(GRADUS_LIBCURL, RTLD_NOW | RTLD_LOCAL);
    const auto find = [library](const char* name, auto& function) {
      void* const found = library == nullptr ? nullptr : ::dlsym(library, name);
      if (found == nullptr) {
        throw std::runtime_error(
            fmt::format("libcurl, which downloads files, cannot be loaded: {}", ::dlerror()));
      }
      function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(found);
    };
    Curl functions{};
    find("curl_easy_init", functions.init);
    find("curl_easy_cleanup", functions.cleanup);
    find("curl_easy_setopt", functions.setopt);
    find("curl_easy_getinfo", functions.getinfo);
    find("curl_easy_perform", functions.perform);
    find("curl_easy_strerror", functions.strerror);
    return functions;
  }();
  return loaded;
}

using Handle = std::unique_ptr<CURL, decltype(&::curl_easy_cleanup)>;

/// One request and what came of it.
struct Transfer {
  CURL* handle;
  std::size_t max_size;
  std::vector<std::uint8_t>& bytes;
  ProgressLine progress{"bytes", true};
  std::array<char, CURL_ERROR_SIZE> error{};
  bool has_begun = false;
  bool is_too_large = false;

  long status() const {
    long code = 0;
    curl().getinfo(handle, CURLINFO_RESPONSE_CODE, &code);
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
  CURL* const handle = transfer.handle;
  const auto set = curl().setopt;
  const auto timeout = static_cast<long>(limits.timeout_seconds);
  set(handle, CURLOPT_URL, url.c_str());
  set(handle, CURLOPT_USERAGENT, "gradus/" GRADUS_VERSION);
  set(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  set(handle, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  set(handle, CURLOPT_FOLLOWLOCATION, 1L);
  set(handle, CURLOPT_MAXREDIRS, max_redirects);
  set(handle, CURLOPT_CONNECTTIMEOUT, timeout);
  set(handle, CURLOPT_LOW_SPEED_LIMIT, min_bytes_per_second);
  set(handle, CURLOPT_LOW_SPEED_TIME, timeout);
  set(handle, CURLOPT_ERRORBUFFER, transfer.error.data());
  set(handle, CURLOPT_WRITEFUNCTION, on_data);
  set(handle, CURLOPT_WRITEDATA, &transfer);
  set(handle, CURLOPT_XFERINFOFUNCTION, on_progress);
  set(handle, CURLOPT_XFERINFODATA, &transfer);
  set(handle, CURLOPT_NOPROGRESS, 0L);
}

/// Whether there never was a connection, as on a machine that is offline.
bool is_unreachable(const Transfer& transfer, CURLcode result) {
  curl_off_t connected = 0;  // microseconds until it was; 0: it was not
  curl().getinfo(transfer.handle, CURLINFO_CONNECT_TIME_T, &connected);
  return result == CURLE_COULDNT_RESOLVE_HOST || result == CURLE_COULDNT_RESOLVE_PROXY ||
         result == CURLE_COULDNT_CONNECT || (result == CURLE_OPERATION_TIMEDOUT && connected == 0);
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
      transfer.error[0] != '\0' ? transfer.error.data() : curl().strerror(result);
  if (transfer.has_begun) {
    return {result == CURLE_OPERATION_TIMEDOUT ? End::stalled : End::cut,
            fmt::format("broke off after {}: {}", counted(transfer.bytes.size(), "byte"), error),
            is_resumed};
  }
  if (code == 0 && is_unreachable(transfer, result)) {
    return {End::unreachable, error};
  }
  // While redirects are followed the code is that of the last one, which is not what is wrong.
  constexpr long lowest_error = 400;
  const bool is_answer = code >= lowest_error || result == CURLE_OK || result == CURLE_WRITE_ERROR;
  return {End::refused, is_answer ? fmt::format("answered {}", code) : error};
}

}  // namespace

Download download(const std::string& url, const DownloadLimits& limits,
                  std::vector<std::uint8_t>& bytes) {
  const Handle handle(curl().init(), curl().cleanup);
  if (!handle) {
    throw std::bad_alloc();
  }
  bytes.reserve(limits.max_size);
  Transfer transfer{handle.get(), limits.max_size, bytes};
  set_options(transfer, url, limits);
  if (!bytes.empty()) {
    // Not CURLOPT_RESUME_FROM, which gives up when a server sends the whole file.
    curl().setopt(handle.get(), CURLOPT_RANGE, fmt::format("{}-", bytes.size()).c_str());
  }
  const CURLcode result = curl().perform(handle.get());
  return outcome(transfer, result);
}

}  // namespace gradus::cli
