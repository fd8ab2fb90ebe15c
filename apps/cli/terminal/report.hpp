// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/core.h>

#include <cstdio>
#include <utility>

#include "terminal/console.hpp"

namespace gradus::cli {

/// Where sentences for people go: stdout, or stderr when stdout is for JSON; nowhere when quiet.
class Report {
 public:
  Report(bool is_json, bool is_quiet) : stream_(is_json ? stderr : stdout), is_quiet_(is_quiet) {}

  /// What happens along the way.
  template <class... Arguments>
  void say(fmt::format_string<Arguments...> format, Arguments&&... arguments) const {
    if (!is_quiet_) {
      conclude(format, std::forward<Arguments>(arguments)...);
    }
  }

  /// What came out: said in any case.
  template <class... Arguments>
  void conclude(fmt::format_string<Arguments...> format, Arguments&&... arguments) const {
    if (stream_ == stderr) {
      print_error(format, std::forward<Arguments>(arguments)...);
    } else {
      fmt::print(format, std::forward<Arguments>(arguments)...);
      std::fflush(stdout);
    }
  }

 private:
  std::FILE* stream_;
  bool is_quiet_;
};

}  // namespace gradus::cli
