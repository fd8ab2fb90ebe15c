// SPDX-License-Identifier: MIT
#include "gradus/train/checkpoint.hpp"

#include "fuzz.hpp"

using namespace gradus;

namespace {

template <class T>
void read_and_write_back(std::span<const std::uint8_t> bytes) {
  fuzz::is_taken([&] {
    const auto checkpoint = parse_checkpoint<T>("input", fuzz::copy(bytes));
    const auto again = parse_checkpoint<T>("again", serialize_checkpoint(checkpoint));
    fuzz::expect(again.iteration == checkpoint.iteration);
    fuzz::expect(again.parameters.size() == checkpoint.parameters.size());
    fuzz::expect(again.memory.size() == checkpoint.memory.size());
  });
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  read_and_write_back<float>({data, size});
  read_and_write_back<double>({data, size});
  return 0;
}
