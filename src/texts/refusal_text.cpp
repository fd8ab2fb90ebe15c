// SPDX-License-Identifier: MIT
#include "gradus/texts/refusal_text.hpp"

namespace gradus {

const std::string& reason_text(Language language, Refusal refusal) {
  return text(language, "refusal", to_string(refusal));
}

}  // namespace gradus
