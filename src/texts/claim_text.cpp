// SPDX-License-Identifier: MIT
#include "gradus/texts/claim_text.hpp"

#include <fmt/format.h>

#include <string_view>
#include <vector>

#include "gradus/texts/refusal_text.hpp"

namespace gradus {
namespace {

std::string_view sentence_of(const ClaimCheck& check) {
  switch (check.verdict) {
    case Verdict::right:
      return "right";
    case Verdict::wrong:
      return check.is_beside ? "wrong_beside" : "wrong";
    case Verdict::cannot_tell:
      return check.exact.refusal ? "refused" : "cannot_tell";
  }
  return "";
}

}  // namespace

std::string claim_text(Language language, const ClaimCheck& check) {
  std::vector<NamedValue> values{{"exact", fmt::format("{}", check.exact.value)},
                                 {"claimed", fmt::format("{}", check.claimed)},
                                 {"place", fmt::format("{:.4g}", fmt::join(check.place, ", "))},
                                 {"gap", check.gap},
                                 {"tolerance", check.tolerance}};
  if (check.exact.refusal) {
    values.push_back({"reason", reason_text(language, *check.exact.refusal)});
  }
  return text(language, "claim", sentence_of(check), values);
}

}  // namespace gradus
