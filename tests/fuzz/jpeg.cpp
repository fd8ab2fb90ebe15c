// SPDX-License-Identifier: MIT
#include "gradus/formats/jpeg.hpp"

#include "fuzz.hpp"

using namespace gradus;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  PictureSize claimed;
  const bool has_header = fuzz::is_taken([&] { claimed = jpeg_size("input", {data, size}); });
  const bool is_whole = fuzz::is_taken([&] {
    const GrayImage image = decode_jpeg("input", {data, size});
    fuzz::expect(image.brightness.size() == image.height * image.width);
    fuzz::expect(image.opacity.empty());
    fuzz::expect(claimed == PictureSize{image.height, image.width});
  });
  fuzz::expect(!is_whole || has_header);
  return 0;
}
