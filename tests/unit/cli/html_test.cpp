// SPDX-License-Identifier: MIT
#include "pictures/html.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gradus::cli {
namespace {

constexpr std::string_view diamond = "\xEF\xBF\xBD";

std::string utf8(unsigned code_point) {
  const auto byte = [](unsigned bits) { return static_cast<char>(bits); };
  if (code_point < 0x80) {
    return {byte(code_point)};
  }
  if (code_point < 0x800) {
    return {byte(0xC0 | code_point >> 6), byte(0x80 | (code_point & 0x3F))};
  }
  if (code_point < 0x10000) {
    return {byte(0xE0 | code_point >> 12), byte(0x80 | (code_point >> 6 & 0x3F)),
            byte(0x80 | (code_point & 0x3F))};
  }
  return {byte(0xF0 | code_point >> 18), byte(0x80 | (code_point >> 12 & 0x3F)),
          byte(0x80 | (code_point >> 6 & 0x3F)), byte(0x80 | (code_point & 0x3F))};
}

/// What a browser makes of it.
std::string unescaped(std::string text) {
  const std::vector<std::pair<std::string, std::string>> names{
      {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}};
  for (const auto& [name, character] : names) {  // & last: "&amp;lt;" is "&lt;"
    for (std::size_t at = text.find(name); at != std::string::npos;
         at = text.find(name, at + character.size())) {
      text.replace(at, name.size(), character);
    }
  }
  return text;
}

TEST(EscapedHtml, LeavesNothingThatEndsATextOrAnAttribute) {
  const std::string text = "</script><img src='x' onerror=\"alert(1)\">&amp;&lt;";
  const std::string escaped_text = escaped(text);
  EXPECT_EQ(escaped_text.find_first_of("<>\"'"), std::string::npos);
  EXPECT_EQ(unescaped(escaped_text), text);
}

TEST(EscapedHtml, KeepsEveryCharacterThatUnicodeHas) {
  for (unsigned code_point = 0x20; code_point <= 0x10FFFF; ++code_point) {
    if (code_point == 0x7F) {
      continue;
    }
    const std::string character = utf8(code_point);
    const bool is_surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
    const std::string expected =
        is_surrogate ? std::string(diamond).append(diamond).append(diamond) : character;
    ASSERT_EQ(unescaped(escaped(character)), expected) << std::hex << code_point;
  }
}

TEST(EscapedHtml, ShowsADiamondForControlCharactersAndForWhatIsNotUtf8) {
  for (unsigned code_point = 0; code_point < 0x20; ++code_point) {
    const std::string shown = escaped(std::string(1, static_cast<char>(code_point)));
    EXPECT_EQ(shown, code_point == '\n' ? "\n" : diamond) << code_point;
  }
  EXPECT_EQ(escaped("\x7F"), diamond);
  for (unsigned byte = 0x80; byte < 0x100; ++byte) {
    EXPECT_EQ(escaped(std::string(1, static_cast<char>(byte)) + "a"), std::string(diamond) + "a")
        << byte;
  }
  for (const std::string_view bytes : {"\xC0\xBC", "\xC1\xBF", "\xE0\x80\xBC", "\xF0\x80\x80\xBC",
                                       "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE2\x82"}) {
    const std::string shown = escaped(bytes);
    EXPECT_EQ(shown.size(), bytes.size() * diamond.size()) << "one for each byte";
    EXPECT_TRUE(shown.starts_with(diamond));
  }
}

TEST(DataUrl, IsBase64AsOpenSslWritesIt) {
  std::vector<std::uint8_t> bytes;
  for (unsigned size = 0; size < 70; ++size) {
    std::string expected(4 * ((size + 2) / 3) + 1, '\0');
    const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(expected.data()),
                                       bytes.data(), static_cast<int>(bytes.size()));
    expected.resize(static_cast<std::size_t>(length));
    EXPECT_EQ(data_url("image/png", bytes), "data:image/png;base64," + expected);
    bytes.push_back(static_cast<std::uint8_t>(size * 151 + 255));
  }
}

std::string inlined(std::string_view svg, std::string_view prefix, std::string_view label) {
  const std::vector<std::uint8_t> bytes(svg.begin(), svg.end());
  return inline_svg(bytes, prefix, label);
}

TEST(InlineSvg, GivesEachPictureItsOwnIdsAndALabel) {
  EXPECT_EQ(inlined("<?xml version=\"1.0\"?>\n<!DOCTYPE svg>\n<svg width=\"8\">"
                    "<title>Gnuplot</title>\n<desc>made by gnuplot</desc>"
                    "<g id=\"plot_1\"/><path id='dot'/><use xlink:href='#dot'/>"
                    "<use xlink:href=\"#dot\"/></svg>",
                    "loss", "5 < \"6\""),
            "<svg role=\"img\" aria-label=\"5 &lt; &quot;6&quot;\" width=\"8\">"
            "<g id=\"loss-plot_1\"/><path id='loss-dot'/><use xlink:href='#loss-dot'/>"
            "<use xlink:href=\"#loss-dot\"/></svg>");
}

TEST(InlineSvg, WithoutATitleKeepsAllThatItDraws) {
  EXPECT_EQ(inlined("<svg><path d='M0 0'/></svg>", "a", "b"),
            "<svg role=\"img\" aria-label=\"b\"><path d='M0 0'/></svg>");
}

}  // namespace
}  // namespace gradus::cli
