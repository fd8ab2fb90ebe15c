// SPDX-License-Identifier: MIT
#include "gradus/formats/npy.hpp"

#include "fuzz.hpp"

using namespace gradus;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::size_t claimed = 0;
  const bool has_header = fuzz::is_taken([&] { claimed = npy_file_size("input", {data, size}); });
  const bool is_whole = fuzz::is_taken([&] {
    const NpyArray array = parse_npy("input", {data, size});
    fuzz::expect(array.bytes.size() == array.shape.num_elements() * array.type.size);
    fuzz::expect(values_of<float>(array).size() == array.shape.num_elements());
    fuzz::expect(values_of<double>(array).size() == array.shape.num_elements());
  });
  fuzz::expect(!is_whole || (has_header && claimed == size));
  return 0;
}
