// SPDX-License-Identifier: MIT
#include "gradus/formats/idx.hpp"

#include "fuzz.hpp"

using namespace gradus;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::is_taken([&] {
    const IdxArray array = parse_idx("input", {data, size});
    fuzz::expect(array.elements.size() == array.shape.num_elements());
    fuzz::expect(!array.elements.empty());
  });
  return 0;
}
