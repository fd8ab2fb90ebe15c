// SPDX-License-Identifier: MIT
#include "gradus/formats/gzip.hpp"

#include "fuzz.hpp"

using namespace gradus;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t max_size = 1 << 16;
  std::vector<std::uint8_t> all;
  const bool is_whole = fuzz::is_taken([&] {
    all = gzip_decompress("input", {data, size}, max_size);
  });
  std::vector<std::uint8_t> prefix;
  const bool has_prefix = fuzz::is_taken([&] { prefix = gzip_prefix("input", {data, size}, 100); });
  fuzz::expect(all.size() <= max_size);
  if (is_whole) {
    fuzz::expect(has_prefix && prefix.size() == std::min<std::size_t>(all.size(), 100));
    fuzz::expect(std::equal(prefix.begin(), prefix.end(), all.begin()));
  }
  return 0;
}
