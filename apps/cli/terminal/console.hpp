// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/core.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace gradus::cli {

/// Seconds as a person would say them: 0.8 s, 12 s, 3 min 20 s, 2 h 5 min, 3 d 4 h.
[[nodiscard]] std::string duration_text(double seconds);

/// True when the stream with this file number is a terminal.
[[nodiscard]] bool is_terminal(int file_number);

/// Prints on stderr. Nobody may be reading there any more, or its disk be full: no reason to stop,
/// so nothing is thrown.
void write_error(std::string_view text) noexcept;

template <class... Arguments>
void print_error(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
  write_error(fmt::format(format, std::forward<Arguments>(arguments)...));
}

/// A word of a command as a shell takes it: in quotes when it needs them.
[[nodiscard]] std::string shell_word(std::string_view text);

/// The one line on stderr that says how far work is. Only on a terminal; elsewhere it is silent.
class ProgressLine {
 public:
  /// @param unit  what is counted: "iterations". Must outlive the line.
  ProgressLine(std::string_view unit, bool is_wanted);
  ~ProgressLine() { clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  /// Whether it is time to show something new: a few times a second.
  [[nodiscard]] bool is_due() const;

  /// Shows how much is done, how fast, and how long the rest will take. Call it when is_due().
  /// @param total   0 when it is not known
  /// @param remark  goes behind it; may be empty
  void show(std::uint64_t done, std::uint64_t total, std::string_view remark);

  /// Takes the line away, so that something else can be printed.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  std::string_view unit_;
  bool is_active_;
  bool is_shown_ = false;
  Clock::time_point start_ = Clock::now();
  Clock::time_point last_ = start_;
};

/// How the program was called, as a shell takes it: for hints that can be copied.
void set_program_name(std::string_view name);
[[nodiscard]] const std::string& program_name();

/// Catches Ctrl-C from now on; was_interrupted() reports it. A second one ends the program.
void catch_interrupt();
[[nodiscard]] bool was_interrupted();

}  // namespace gradus::cli
