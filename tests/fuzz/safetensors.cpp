// SPDX-License-Identifier: MIT
#include "gradus/formats/safetensors.hpp"

#include "fuzz.hpp"

using namespace gradus;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::is_taken([&] {
    const Safetensors file = parse_safetensors("input", fuzz::copy({data, size}));
    std::vector<std::vector<double>> values;
    std::vector<NamedTensor> tensors;
    for (const StoredTensor& stored : file.tensors()) {
      fuzz::is_taken([&] { static_cast<void>(file.values<float>(stored.name)); });
      values.push_back(file.values<double>(stored.name));
      tensors.push_back({stored.name, stored.shape, std::span<const double>(values.back())});
    }
    // What was read can be written, and says the same.
    const Safetensors again =
        parse_safetensors("again", serialize_safetensors(tensors, file.metadata()));
    fuzz::expect(again.metadata() == file.metadata());
    fuzz::expect(again.tensors().size() == file.tensors().size());
  });
  return 0;
}
