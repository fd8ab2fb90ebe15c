// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "downloads/published_data.hpp"

namespace gradus::cli {

/// Why a mirror did not give a file.
struct MirrorFailure {
  std::string url;
  std::string sentence;          // with the url
  std::string connection_error;  // when no connection to the mirror came about; else empty
};

/// The result of asking the mirrors for a file.
struct Fetched {
  std::vector<std::uint8_t> bytes;      // the file; when it failed, a beginning to resume from
  std::string url;                      // where it is from; empty when it failed
  std::vector<MirrorFailure> failures;  // one for each mirror that did not have it

  /// Whether there were mirrors, and none could be reached.
  [[nodiscard]] bool is_offline() const;
};

/// The places that have the files of a data set. A file is taken from the first that gives one
/// whose content is right; that one is asked first for the next file.
class Mirrors {
 public:
  /// @param urls  each ends in /; a file's name follows
  /// @param timeout_seconds  as in DownloadLimits
  Mirrors(std::vector<std::string> urls, std::uint64_t timeout_seconds);

  /// A download that breaks off is resumed, on the same mirror and then on the next. What was put
  /// together from two downloads and is wrong is fetched once more, whole: a beginning of another
  /// file, or of one compressed differently, does no harm.
  ///
  /// Ends early, with what there is, when was_interrupted().
  /// @param beginning  from an earlier download, or empty
  [[nodiscard]] Fetched fetch(const PublishedFile& file, std::vector<std::uint8_t> beginning);

 private:
  std::vector<std::string> urls_;
  std::uint64_t timeout_seconds_;
};

}  // namespace gradus::cli
