// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "gradus/runs/run_record.hpp"
#include "gradus/texts/texts.hpp"

namespace gradus::cli {

/// A run as one page of HTML: what came out, curves, mistakes, weights, options. It needs no other
/// file, no network and no script, and all that is from files is escaped.
/// @throws FileError  gnuplot is not there, or did not draw
[[nodiscard]] std::string run_report(const RunRecord& run, const RunInside& inside,
                                     Language language);

}  // namespace gradus::cli
