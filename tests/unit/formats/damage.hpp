// SPDX-License-Identifier: MIT
#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <exception>
#include <string>

#include "bytes.hpp"
#include "gradus/core/error.hpp"

namespace gradus {

template <class Parse>
void expect_parsed_or_data_error(const Bytes& bytes, const Parse& parse,
                                 const std::string& damage) {
  try {
    parse(bytes);
  } catch (const DataError&) {
    return;
  } catch (const std::exception& error) {
    ADD_FAILURE() << damage << ": expected a DataError, got: " << error.what();
  }
}

/// Cuts a valid file after every byte, then changes every byte in ten ways. A reader may take what
/// comes out or refuse it with a DataError; nothing else may happen.
template <class Parse>
void expect_every_damage_is_handled(const Bytes& valid, const Parse& parse) {
  ASSERT_NO_THROW(parse(valid));
  for (std::size_t size = 0; size < valid.size(); ++size) {
    const Bytes cut(valid.begin(), valid.begin() + static_cast<std::ptrdiff_t>(size));
    expect_parsed_or_data_error(cut, parse, "cut to " + std::to_string(size) + " bytes");
  }
  for (std::size_t i = 0; i < valid.size(); ++i) {
    for (const int mask : {0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0x7F, 0xFF}) {
      Bytes flipped = valid;
      flipped[i] = static_cast<std::uint8_t>(flipped[i] ^ mask);
      expect_parsed_or_data_error(flipped, parse, "byte " + std::to_string(i) + " flipped");
    }
  }
}

}  // namespace gradus
