// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace gradus {

// The files text/en.json and text/ko.json as they are: an object of groups, each an object of
// texts.
extern const std::string_view english_text_file;
extern const std::string_view korean_text_file;

}  // namespace gradus
