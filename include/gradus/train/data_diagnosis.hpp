// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "gradus/data/dataset.hpp"
#include "gradus/data/standardization.hpp"
#include "gradus/train/finding.hpp"

namespace gradus {

/// "input_scale": a feature whose root mean square is above 10 when it enters the network.
///
/// Bytes are brought to 0 ... 1 on their way; numbers are taken as they are, unless they are
/// standardized: then there is nothing to find. The longest step that gradient descent survives
/// falls with the square of the inputs, and sums of inputs near 10 already flatten a sigmoid.
/// Standardized features have 1. It is the root mean square and not the largest value, so that a
/// few outliers alone do not count. Cost  one look at 10,000 samples, spread evenly
[[nodiscard]] std::optional<Finding> find_input_scale(const Samples& samples, bool is_standardized);

/// How many test samples have exactly the features of some training sample, whatever the label.
/// Cost  hashes every feature once: 0.03 s for MNIST's 70,000 images
[[nodiscard]] std::size_t count_test_samples_in_training(const Dataset& dataset);

/// What is found in the data before any training: "row_numbers", "rounded_numbers", "input_scale",
/// and "test_in_training" when 1 % of the test samples or more are training samples too. Fewer move
/// the accuracy by less than a point.
/// @param is_standardized  the inputs are
[[nodiscard]] std::vector<Finding> diagnose_data(const Dataset& dataset, bool is_standardized);

/// "far_from_training": more than 1 in 100 of the features lie farther than 10 deviations from what
/// a network with standardized inputs learned from. Of the training samples themselves no column
/// can have that many so far away, whatever its distribution: see far_in_deviations.
/// @param columns  of the network; none is found when they are empty
[[nodiscard]] std::optional<Finding> find_far_from_training(const Samples& samples,
                                                            const Standardization& columns);

struct NetworkOptions;

/// "spare_outputs": a network with more outputs than there are classes.
[[nodiscard]] std::optional<Finding> find_spare_outputs(const NetworkOptions& network,
                                                        const Dataset& dataset);

/// How often answers and labels agree, and how often they would by chance.
struct Agreement {
  double observed = 0;  // share of samples where they agree
  double expected = 0;  // the same share if answers and labels were unrelated
  std::size_t num_samples = 0;

  /// More than chance explains: three standard deviations, one false alarm in 700.
  [[nodiscard]] bool is_beyond_chance() const;
};

/// How well a method without any training classifies the test samples: each gets the class of the
/// nearest training sample. Features are divided by their standard deviation first.
///
/// It has no learning rate to choose wrongly, so where it finds nothing, the labels say nothing
/// about the inputs that closeness could show.
/// Cost  300 test samples against 1,000 training samples, spread evenly: 0.3 s for MNIST
[[nodiscard]] Agreement nearest_neighbour_agreement(const Dataset& dataset);

}  // namespace gradus
