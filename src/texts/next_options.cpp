// SPDX-License-Identifier: MIT
#include "next_options.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "gradus/nn/initialize.hpp"

namespace gradus {
namespace {

/// The learning rate that people begin with.
double usual_rate(const TrainingOptions& options) {
  const std::string& optimizer = options.optimizer.id;
  const bool takes_whole_gradient = optimizer == "sgd" || optimizer == "adagrad";
  const bool adds_up_gradients = optimizer == "momentum" || optimizer == "nesterov";
  return takes_whole_gradient ? 0.1 : adds_up_gradients ? 0.01 : 0.001;
}

std::string either(Language language, const std::string& one, const std::string& other) {
  return text(language, "next_options", "either",
              std::vector<NamedValue>{{"one", one}, {"other", other}});
}

}  // namespace

bool is_rate_large(const TrainingOptions& options) {
  return options.schedule.learning_rate > 2 * usual_rate(options);
}

std::string smaller_rate(const TrainingOptions& options) {
  return fmt::format("--lr {:.3g}",
                     std::min(usual_rate(options), options.schedule.learning_rate / 10));
}

std::string other_rate(Language language, const TrainingOptions& options) {
  const double rate = options.schedule.learning_rate;
  const std::string larger = fmt::format("--lr {:.3g}", 10 * rate);
  return is_rate_large(options)           ? smaller_rate(options)
         : rate < usual_rate(options) / 2 ? larger
                                          : either(language, larger, smaller_rate(options));
}

std::string suitable_start(const TrainingOptions& options) {
  return options.network.activation == "relu" ? "--init he" : "--init xavier";
}

bool would_xavier_be_smaller(const TrainingOptions& options, std::size_t layer) {
  const std::vector<std::size_t>& sizes = options.network.layer_sizes;
  if (layer >= sizes.size()) {
    return false;
  }
  const auto deviation = [&](std::string_view id) {
    return initializers().find(id).standard_deviation(options.initializer, sizes[layer - 1],
                                                      sizes[layer]);
  };
  return deviation("xavier") < deviation(options.initializer.id);
}

std::string smaller_rate_or_start(Language language, const TrainingOptions& options) {
  return options.initializer.id == "normal"
             ? either(language, smaller_rate(options), suitable_start(options))
             : smaller_rate(options);
}

}  // namespace gradus
