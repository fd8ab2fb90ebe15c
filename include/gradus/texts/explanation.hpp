// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace gradus {

/// Something that happened, in sentences for people.
struct Explanation {
  std::string seen;    // with its numbers
  std::string advice;  // what to try; may be empty
};

}  // namespace gradus
