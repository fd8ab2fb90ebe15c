// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace gradus::cli {

struct DownloadLimits {
  std::size_t max_size;           // a server that sends more is cut off
  std::uint64_t timeout_seconds;  // to connect; and without 100 bytes a second coming
};

/// How a download ended.
struct Download {
  enum class End {
    complete,       // the server says that was all
    cut,            // something came, then the connection broke
    stalled,        // something came, then nothing for too long
    refused,        // nothing came, or nothing that can be used
    unreachable,    // the host was not found, or no connection to it came about
    range_refused,  // the server has nothing behind the bytes there were
    interrupted,    // Ctrl-C
  };
  End end;
  std::string reason;       // why it is not complete, in a few words
  bool is_resumed = false;  // the server sent what follows the bytes there were
};

/// Asks for a file over http or https once, following a few redirects. Bytes that are there already
/// are taken for its beginning: the rest is asked for, and when the server answers with the whole
/// file, that takes their place. Whether all fits together only the content can tell.
///
/// Shows its progress on a terminal. Proxies are those of the environment (https_proxy, ...).
///
/// @throws std::runtime_error  libcurl cannot be loaded
/// @param bytes  the beginning of the file; what came is added, also when the download failed
[[nodiscard]] Download download(const std::string& url, const DownloadLimits& limits,
                                std::vector<std::uint8_t>& bytes);

}  // namespace gradus::cli
