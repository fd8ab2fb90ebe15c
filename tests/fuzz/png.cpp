// SPDX-License-Identifier: MIT
#include "gradus/formats/png.hpp"

#include <zlib.h>

#include "fuzz.hpp"
#include "gradus/data/mnist_style.hpp"

using namespace gradus;

namespace {

/// Makes the checksum of every chunk right, so that what is behind them is reached.
void repair_checksums(std::span<std::uint8_t> bytes) {
  constexpr std::size_t signature_size = 8;
  constexpr std::size_t around = 12;  // size, type and checksum of a chunk
  for (std::size_t at = signature_size; at + around <= bytes.size();) {
    std::size_t size = 0;
    for (const std::uint8_t byte : bytes.subspan(at, 4)) {
      size = size << 8 | byte;
    }
    if (size > bytes.size() - at - around) {
      return;
    }
    auto checksum = static_cast<std::uint32_t>(::crc32_z(0, bytes.data() + at + 4, size + 4));
    for (std::size_t i = 4; i-- > 0; checksum >>= 8) {
      bytes[at + 8 + size + i] = static_cast<std::uint8_t>(checksum & 0xFF);
    }
    at += around + size;
  }
}

void decode(std::span<const std::uint8_t> bytes) {
  fuzz::is_taken([&] {
    const GrayImage image = decode_png("input", bytes);
    fuzz::expect(image.brightness.size() == image.height * image.width);
    fuzz::expect(image.opacity.empty() || image.opacity.size() == image.brightness.size());
    static_cast<void>(mnist_style(image));
  });
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto bytes = fuzz::copy({data, size});
  decode(bytes);
  repair_checksums(bytes);
  decode(bytes);
  return 0;
}
