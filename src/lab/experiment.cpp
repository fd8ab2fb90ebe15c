// SPDX-License-Identifier: MIT
#include "gradus/lab/experiment.hpp"

#include <string>

#include "gradus/core/error.hpp"
#include "gradus/core/nearest_names.hpp"

namespace gradus {

const Experiment& find_experiment(std::string_view id) {
  for (const Experiment& experiment : experiments()) {
    if (experiment.id == id) {
      return experiment;
    }
  }
  throw ValueError("there is no experiment \"" + std::string(id) + "\"; there is " +
                   nearest_names(id, experiments().ids()));
}

}  // namespace gradus
