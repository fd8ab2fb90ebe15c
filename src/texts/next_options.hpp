// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "gradus/texts/texts.hpp"
#include "gradus/train/trainer.hpp"

namespace gradus {

// Options to try after a run that did not go well, as they are typed: the same in all languages.

constexpr std::string_view usual_decay = "--weight-decay 0.0001";

/// Whether the learning rate is above twice the one that people begin with.
[[nodiscard]] bool is_rate_large(const TrainingOptions& options);

[[nodiscard]] std::string smaller_rate(const TrainingOptions& options);

/// For a loss that stands still: too small and too large a rate look the same.
[[nodiscard]] std::string other_rate(Language language, const TrainingOptions& options);

/// First weights of the size that fits the layers' widths.
[[nodiscard]] std::string suitable_start(const TrainingOptions& options);

/// Whether the first weights of a layer would be smaller with --init xavier.
/// @param layer  a hidden one, counted from 1
[[nodiscard]] bool would_xavier_be_smaller(const TrainingOptions& options, std::size_t layer);

/// A smaller rate, or first weights that fit where the run began with others.
[[nodiscard]] std::string smaller_rate_or_start(Language language, const TrainingOptions& options);

}  // namespace gradus
