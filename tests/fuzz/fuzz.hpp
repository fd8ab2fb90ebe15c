// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string_view>
#include <vector>

#include "gradus/core/error.hpp"

// What a fuzz target is made of. libFuzzer calls LLVMFuzzerTestOneInput() with bytes of its own
// making; in a build without it run_seeds.cpp calls it with the seeds.

namespace gradus::fuzz {

/// Ends the program where a promise is broken, so that the fuzzer keeps the input.
inline void expect(bool is_true) {
  if (!is_true) {
    std::abort();
  }
}

/// Calls `read`, which may refuse its input by one of our own errors with one line that is
/// text; anything else goes through and ends the program.
/// @returns  whether the input was taken
template <class Read>
bool is_taken(Read read) {
  try {
    read();
    return true;
  } catch (const Error& error) {
    const std::string_view message = error.what();
    expect(!message.empty() && std::none_of(message.begin(), message.end(), [](char c) {
      return static_cast<unsigned char>(c) < ' ';
    }));
    return false;
  }
}

inline std::vector<std::uint8_t> copy(std::span<const std::uint8_t> bytes) {
  return {bytes.begin(), bytes.end()};
}

inline std::string_view as_text(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace gradus::fuzz

/// One run of the target. Each target's file defines it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
