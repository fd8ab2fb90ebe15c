// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>

#include "gradus/core/registry.hpp"
#include "gradus/lab/parameter.hpp"
#include "gradus/lab/result.hpp"
#include "gradus/lab/settings.hpp"

namespace gradus {

/// Something to try out, and what it shows: settings in; numbers, tables, figures and remarks
/// out.
///
/// It calls the engine as any program would, and holds no mathematics but its own question. What a
/// person reads about it are the texts `ID.title`, `ID.about` and those its parameters and results
/// name. The same settings give the same result.
struct Experiment {
  std::string_view id;
  std::string_view section;  // of the textbook's chapter: "4.2"
  std::span<const Parameter> parameters;
  /// @throws ValueError  the settings do not fit together
  Result (*run)(const Settings& settings);
};

/// In the order a learner should meet them.
[[nodiscard]] const Registry<Experiment>& experiments();

/// @throws ValueError  there is no experiment with this id; the message has those that are spelled
///                     alike
[[nodiscard]] const Experiment& find_experiment(std::string_view id);

}  // namespace gradus
