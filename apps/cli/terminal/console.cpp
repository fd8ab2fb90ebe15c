// SPDX-License-Identifier: MIT
#include "terminal/console.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cctype>
#include <cmath>
#include <csignal>
#include <cstdio>

#include "gradus/core/counted.hpp"
#include "gradus/core/parallel.hpp"

namespace gradus::cli {
namespace {

constexpr std::chrono::milliseconds between_updates{100};

std::atomic<bool> interrupted{false};
std::string called_name = "gradus";

void remember_interrupt(int /*signal*/) {
  interrupted.store(true);
  std::signal(SIGINT, SIG_DFL);
}

}  // namespace

std::string duration_text(double seconds) {
  if (seconds < 9.95) {  // what is above would be rounded to 10.0
    return fmt::format("{:.1f} s", seconds);
  }
  const auto whole = static_cast<std::uint64_t>(std::llround(seconds));
  if (whole < 60) {
    return fmt::format("{} s", whole);
  }
  if (whole < 3600) {
    return fmt::format("{} min {} s", whole / 60, whole % 60);
  }
  constexpr std::uint64_t seconds_per_day = 86400;
  return whole < seconds_per_day
             ? fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60)
             : fmt::format("{} d {} h", whole / seconds_per_day, whole % seconds_per_day / 3600);
}

void write_error(std::string_view text) noexcept {
  static_cast<void>(std::fwrite(text.data(), 1, text.size(), stderr));
  static_cast<void>(std::fflush(stderr));
}

std::string shell_word(std::string_view text) {
  const bool is_plain = std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c > 0x7F ||
           std::string_view("_-+=./,:@%").find(static_cast<char>(c)) != std::string_view::npos;
  });
  if (is_plain && !text.empty()) {
    return std::string(text);
  }
  std::string quoted = "'";
  for (const char c : text) {
    quoted += c == '\'' ? "'\\''" : std::string(1, c);
  }
  return quoted + "'";
}

bool is_terminal(int file_number) {
  return isatty(file_number) == 1;
}

ProgressLine::ProgressLine(std::string_view unit, bool is_wanted)
    : unit_(unit), is_active_(is_wanted && is_terminal(STDERR_FILENO)) {
}

bool ProgressLine::is_due() const {
  return is_active_ && Clock::now() - last_ >= between_updates;
}

void ProgressLine::show(std::uint64_t done, std::uint64_t total, std::string_view remark) {
  last_ = Clock::now();
  is_shown_ = true;
  const double rate =
      static_cast<double>(done) / std::chrono::duration<double>(last_ - start_).count();
  std::string line = fmt::format("\r\033[K{}", with_commas(done));
  if (total != 0) {
    line += fmt::format(" of {}", with_commas(total));
  }
  line += fmt::format(" {}  {}/s", unit_, with_commas(static_cast<std::uint64_t>(rate)));
  if (done < total && rate > 0) {
    line += fmt::format("  {} left", duration_text(static_cast<double>(total - done) / rate));
  }
  if (!remark.empty()) {
    line += fmt::format("  {}", remark);
  }
  write_error(line);
}

void ProgressLine::clear() {
  if (is_shown_) {
    write_error("\r\033[K");
    is_shown_ = false;
  }
}

void set_program_name(std::string_view name) {
  called_name = shell_word(name);
}

const std::string& program_name() {
  return called_name;
}

void catch_interrupt() {
  std::signal(SIGINT, remember_interrupt);
}

bool was_interrupted() {
  return interrupted.load();
}

}  // namespace gradus::cli
