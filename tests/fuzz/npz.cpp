// SPDX-License-Identifier: MIT
#include "gradus/formats/npz.hpp"

#include "fuzz.hpp"

using namespace gradus;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::is_taken([&] {
    const Npz file("input", fuzz::copy({data, size}));
    for (const std::string& name : file.names()) {
      fuzz::is_taken([&] {
        const NpyArray array = file.array(name);
        fuzz::expect(array.bytes.size() == array.shape.num_elements() * array.type.size);
      });
    }
  });
  return 0;
}
