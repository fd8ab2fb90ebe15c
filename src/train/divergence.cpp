// SPDX-License-Identifier: MIT
#include "gradus/train/divergence.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <variant>

#include "gradus/train/data_diagnosis.hpp"

namespace gradus {
namespace {

constexpr std::size_t rows_at_once = 512;

template <class T>
double largest_finite(std::span<const T> numbers) {
  T largest = 0;
  for (const T number : numbers) {
    if (std::isfinite(number)) {
      largest = std::max(largest, std::abs(number));
    }
  }
  return static_cast<double>(largest);
}

template <class T>
std::span<const T> numbers_of(const Input<T>& input) {
  const auto* const dense = std::get_if<MatrixView<const T>>(&input);
  // Bytes are finite, and at most 1 behind their scale.
  return dense == nullptr ? std::span<const T>() : dense->elements();
}

/// Looks at one array after another until one has a number that is not finite.
class Walk {
 public:
  template <class T>
  bool stops_at(const std::string& where, std::span<const T> numbers) {
    const auto count = static_cast<std::size_t>(std::count_if(
        numbers.begin(), numbers.end(), [](T number) { return !std::isfinite(number); }));
    if (count > 0) {
      found_ = {.where = where, .num_not_finite = count, .num_numbers = numbers.size()};
    }
    return count > 0;
  }

  [[nodiscard]] const Divergence& found() const { return found_; }

 private:
  Divergence found_;
};

/// One batch that was run through the network: is everything on the way finite?
template <Real T>
bool stops_in_batch(Walk& walk, const Network<T>& network, std::span<const T> parameters,
                    const Input<T>& input, const Workspace<T>& workspace) {
  if (walk.stops_at<T>("input", numbers_of<T>(input))) {
    return true;
  }
  const auto stops_at_block = [&](const ParameterBlock& block) {
    return walk.stops_at<T>(block.name, block.of(parameters));
  };
  for (std::size_t layer = 0; layer < network.num_layers(); ++layer) {
    const bool is_last = layer + 1 == network.num_layers();
    // The sum in front of an activation and what it makes of it are one layer to people.
    const std::string name = is_last ? "scores" : fmt::format("hidden layer {}", layer + 1);
    if (stops_at_block(network.weights(layer)) || stops_at_block(network.bias(layer)) ||
        walk.stops_at<T>(name, workspace.pre_activation(layer).elements()) ||
        (!is_last && walk.stops_at<T>(name, workspace.hidden_output(layer).elements()))) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::string_view to_string(DivergenceCause cause) {
  switch (cause) {
    case DivergenceCause::start:
      return "start";
    case DivergenceCause::input_scale:
      return "input_scale";
    case DivergenceCause::weight_decay:
      return "weight_decay";
    case DivergenceCause::learning_rate:
      return "learning_rate";
  }
  return "unknown";
}

template <Real T>
std::optional<Divergence> find_divergence(const Network<T>& network, std::span<const T> parameters,
                                          const Loss<T>& loss, InputSource<T>& source,
                                          std::span<const std::uint32_t> indices,
                                          std::uint64_t num_updates, Team& team) {
  Workspace<T> workspace(network, std::min(rows_at_once, indices.size()), Passes::forward);
  Walk walk;
  for (std::size_t start = 0; start < indices.size(); start += rows_at_once) {
    const auto batch = indices.subspan(start, std::min(rows_at_once, indices.size() - start));
    const Input<T> input = source.rows(batch);
    const auto scores = network.forward(parameters, input, workspace, team);
    const T value = loss.value(scores, source.targets(batch));
    if (!stops_in_batch(walk, network, parameters, input, workspace) &&
        !walk.stops_at<T>("loss", std::span(&value, 1))) {
      continue;
    }
    Divergence found = walk.found();
    const std::span<const T> numbers = numbers_of<T>(input);
    found.largest_input = numbers.empty() ? 1 : largest_finite(numbers);
    found.largest_parameter = largest_finite(parameters);
    const bool is_standardized = source.scaling().is_standardized();
    found.cause = num_updates == 0 ? DivergenceCause::start
                  : find_input_scale(source.samples(), is_standardized)
                      ? DivergenceCause::input_scale
                      : DivergenceCause::learning_rate;
    return found;
  }
  return std::nullopt;
}

template std::optional<Divergence> find_divergence<float>(const Network<float>&,
                                                          std::span<const float>,
                                                          const Loss<float>&, InputSource<float>&,
                                                          std::span<const std::uint32_t>,
                                                          std::uint64_t, Team&);
template std::optional<Divergence> find_divergence<double>(
    const Network<double>&, std::span<const double>, const Loss<double>&, InputSource<double>&,
    std::span<const std::uint32_t>, std::uint64_t, Team&);

}  // namespace gradus
