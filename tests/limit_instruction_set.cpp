// SPDX-License-Identifier: MIT
// All unit and property tests with fewer vector instructions than the machine has, as the program
// itself: GRADUS_INSTRUCTION_SET=AVX2 ctest
#include <cstdlib>

#include "gradus/math/instruction_set.hpp"

namespace gradus {
namespace {

[[maybe_unused]] const bool is_limited = [] {
  const char* name = std::getenv("GRADUS_INSTRUCTION_SET");
  if (name != nullptr) {
    limit_instruction_set(name);
  }
  return name != nullptr;
}();

}  // namespace
}  // namespace gradus
