// SPDX-License-Identifier: MIT
#include "gradus/formats/jpeg.hpp"

#include <fmt/core.h>
#include <jpeglib.h>

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstddef>
#include <cstdio>  // jpeglib.h wants it first
#include <optional>
#include <utility>
//
#include <jerror.h>

#include "formats/exif_orientation.hpp"
#include "formats/picture_claim.hpp"
#include "gradus/core/error.hpp"

namespace gradus {
namespace {

constexpr int max_scans = 64;  // as many as a block has coefficients; programs write about ten
constexpr unsigned longest_segment = 0xFFFF;

/// libjpeg with one file. As in png.cpp, it reports an error by a jump back to where setjmp() was
/// called last, past all destructors between: so that call is in functions that own nothing.
class JpegDecoder {
 public:
  JpegDecoder(const std::string& path, std::span<const std::uint8_t> bytes)
      : path_(path), bytes_(bytes) {
    jpeg_.err = ::jpeg_std_error(&errors_);
    errors_.error_exit = on_error;
    errors_.emit_message = on_message;
    jpeg_.client_data = this;
    progress_.progress_monitor = on_progress;
  }
  JpegDecoder(const JpegDecoder&) = delete;
  JpegDecoder& operator=(const JpegDecoder&) = delete;
  ~JpegDecoder() { ::jpeg_destroy_decompress(&jpeg_); }

  /// @throws DataError  not readable, or of a kind that is not read
  void read_header() {
    check(try_to_read_header());
    if (jpeg_.arith_code != FALSE) {
      refuse("is compressed by arithmetic coding, expected Huffman coding: save it again");
    }
    if (jpeg_.num_components == 4) {
      refuse(
          "has four colours, as for printing (CMYK), expected gray or RGB: save it again as RGB");
    }
    if (jpeg_.num_components == 2) {
      refuse("has two colours, expected gray or RGB");
    }
    for (auto marker = jpeg_.marker_list; marker != nullptr; marker = marker->next) {
      if (orientation_ == 1) {
        orientation_ = exif_orientation({marker->data, marker->data_length});
      }
    }
  }

  /// As it is stored.
  [[nodiscard]] PictureSize stored_size() const {
    return {.height = jpeg_.image_height, .width = jpeg_.image_width};
  }

  [[nodiscard]] PictureSize upright_size() const {
    const auto [height, width] = stored_size();
    return swaps_sides(orientation_) ? PictureSize{.height = width, .width = height}
                                     : PictureSize{.height = height, .width = width};
  }

  GrayImage read_pixels() {
    const auto [height, width] = stored_size();
    GrayImage image{.height = height, .width = width, .brightness = {}, .opacity = {}};
    image.brightness.resize(height * width);
    check(try_to_read_rows(image.brightness.data()));
    return turned_upright(std::move(image), orientation_);
  }

 private:
  bool try_to_read_header() {
    if (setjmp(jump_) != 0) {
      return false;
    }
    ::jpeg_create_decompress(&jpeg_);
    jpeg_.progress = &progress_;
    ::jpeg_mem_src(&jpeg_, bytes_.data(), bytes_.size());
    ::jpeg_save_markers(&jpeg_, JPEG_APP0 + 1, longest_segment);
    ::jpeg_read_header(&jpeg_, TRUE);
    return true;
  }

  bool try_to_read_rows(JSAMPROW pixels) {
    if (setjmp(jump_) != 0) {
      return false;
    }
    jpeg_.out_color_space = JCS_GRAYSCALE;
    ::jpeg_start_decompress(&jpeg_);
    while (jpeg_.output_scanline < jpeg_.output_height) {
      JSAMPROW row = pixels + std::size_t{jpeg_.output_scanline} * jpeg_.output_width;
      ::jpeg_read_scanlines(&jpeg_, &row, 1);
    }
    ::jpeg_finish_decompress(&jpeg_);
    return true;
  }

  void check(bool is_done) const {
    if (!is_done) {
      refuse(fmt::format("not a readable JPEG: {}", message_.data()));
    }
  }

  [[noreturn]] void refuse(std::string_view reason) const {
    throw DataError(path_, std::nullopt, reason);
  }

  static JpegDecoder& decoder_of(j_common_ptr jpeg) {
    return *static_cast<JpegDecoder*>(jpeg->client_data);
  }

  [[noreturn]] static void on_error(j_common_ptr jpeg) {
    JpegDecoder& decoder = decoder_of(jpeg);
    jpeg->err->format_message(jpeg, decoder.message_.data());
    std::longjmp(decoder.jump_, 1);
  }

  /// A warning is what libjpeg says where it goes on with pixels of its own making. Bytes between
  /// segments, which some cameras leave, and a later version of the format change no pixel.
  static void on_message(j_common_ptr jpeg, int level) {
    const int code = jpeg->err->msg_code;
    if (level < 0 && code != JWRN_EXTRANEOUS_DATA && code != JWRN_JFIF_MAJOR) {
      on_error(jpeg);
    }
  }

  /// A scan of a few bytes can go over all pixels: without a limit, a small file takes hours.
  static void on_progress(j_common_ptr jpeg) {
    JpegDecoder& decoder = decoder_of(jpeg);
    if (decoder.jpeg_.input_scan_number > max_scans) {
      fmt::format_to_n(decoder.message_.data(), decoder.message_.size() - 1, "more than {} scans",
                       max_scans);
      std::longjmp(decoder.jump_, 1);
    }
  }

  const std::string& path_;
  std::span<const std::uint8_t> bytes_;
  jpeg_decompress_struct jpeg_{};
  jpeg_error_mgr errors_{};
  jpeg_progress_mgr progress_{};
  int orientation_ = 1;
  std::jmp_buf jump_{};
  std::array<char, JMSG_LENGTH_MAX> message_{};
};

}  // namespace

bool is_jpeg(std::span<const std::uint8_t> bytes) noexcept {
  return bytes.size() >= 3 && bytes[0] == 0xFF && bytes[1] == 0xD8 && bytes[2] == 0xFF;
}

GrayImage decode_jpeg(const std::string& path, std::span<const std::uint8_t> bytes) {
  JpegDecoder decoder(path, bytes);
  decoder.read_header();
  // The brightness of a block of 64 pixels takes a bit at least.
  constexpr std::uint64_t most_from_a_byte = 64 * 8;
  check_picture_claim(path, decoder.stored_size(), bytes.size(), most_from_a_byte);
  return decoder.read_pixels();
}

PictureSize jpeg_size(const std::string& path, std::span<const std::uint8_t> bytes) {
  JpegDecoder decoder(path, bytes);
  decoder.read_header();
  return decoder.upright_size();
}

}  // namespace gradus
