// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "gradus/nn/initialize.hpp"
#include "unit/lab/result_of.hpp"

namespace gradus {
namespace {

TEST(LabInitialization, OffersEveryInitializer) {
  const Experiment& experiment = find_experiment("initialization");
  const auto parameter =
      std::find_if(experiment.parameters.begin(), experiment.parameters.end(),
                   [](const Parameter& candidate) { return candidate.id == "initializer"; });
  EXPECT_EQ(parameter->choices(), initializers().ids());
}

TEST(LabInitialization, DrawsWeightsOfTheSizeThatIsMeant) {
  const auto deviation = [](const char* initializer, std::size_t layer) {
    const std::string setting = "initializer=" + std::string(initializer);
    return cell(result_of("initialization", {setting}).tables.at(0), layer, "weights");
  };
  // Of 10,000 draws the estimate is off by 0.7 %.
  EXPECT_NEAR(deviation("normal", 1), 0.01, 0.0003);
  EXPECT_NEAR(deviation("xavier", 1), std::sqrt(2.0 / 200), 0.003);
  EXPECT_NEAR(deviation("he", 1), std::sqrt(2.0 / 100), 0.004);
  EXPECT_NEAR(deviation("xavier", 0), std::sqrt(2.0 / 884), 0.001);
  EXPECT_NEAR(deviation("he", 0), std::sqrt(2.0 / 784), 0.001);
}

TEST(LabInitialization, LosesATenthOfASmallSignalInEachLayer) {
  // Near 0 tanh is the identity: a layer multiplies the spread by 0.01 sqrt(100).
  const Result result = result_of("initialization");
  const Table& spreads = result.tables.at(1);
  const Table& gradients = result.tables.at(2);
  ASSERT_EQ(spreads.rows.size(), 5U);
  ASSERT_EQ(gradients.rows.size(), 6U);
  for (std::size_t layer = 1; layer < 5; ++layer) {
    EXPECT_NEAR(cell(spreads, layer, "normal") / cell(spreads, layer - 1, "normal"), 0.1, 0.03);
    EXPECT_NEAR(cell(gradients, layer - 1, "normal") / cell(gradients, layer, "normal"), 0.1, 0.03);
  }
  EXPECT_TRUE(says(result, "signal_vanishes"));
  EXPECT_TRUE(says(result, "gradient_vanishes"));
}

TEST(LabInitialization, KeepsTheSignalWithTheInitializerThatSuits) {
  const Result xavier = result_of("initialization", {"activation=tanh", "initializer=xavier"});
  const Result he = result_of("initialization", {"activation=relu", "initializer=he"});
  for (const Result& result : {xavier, he}) {
    EXPECT_TRUE(says(result, "signal_stays"));
    EXPECT_TRUE(says(result, "gradient_stays"));
    EXPECT_GT(scalar(result, "spread_last"), 0.3 * scalar(result, "spread_first"));
  }
  const Table deep = result_of("initialization", {"activation=relu", "depth=10"}).tables.at(1);
  EXPECT_GT(cell(deep, 9, "he"), 10 * cell(deep, 9, "xavier"));  // about sqrt(2)^10
}

TEST(LabInitialization, SaturatesOrExplodesWithLargeWeights) {
  EXPECT_TRUE(says(result_of("initialization", {"std=1"}), "signal_saturates"));
  const Result relu = result_of("initialization", {"std=1", "activation=relu"});
  EXPECT_TRUE(says(relu, "signal_explodes"));
  EXPECT_TRUE(says(relu, "gradient_explodes"));
}

TEST(LabInitialization, LosesThreeQuartersInEachLayerOfSigmoids) {
  const Table spreads = result_of("initialization", {"activation=sigmoid"}).tables.at(1);
  for (std::size_t layer = 1; layer < 5; ++layer) {
    const double kept = cell(spreads, layer, "xavier") / cell(spreads, layer - 1, "xavier");
    EXPECT_LT(kept, 0.35);
    EXPECT_GT(kept, 0.15);
  }
  const Result larger = result_of("initialization", {"activation=sigmoid", "std=0.4"});
  EXPECT_TRUE(says(larger, "signal_stays"));  // 0.4 is four times Xavier's sqrt(1 / 100)
  EXPECT_TRUE(says(larger, "gradient_stays"));
}

TEST(LabInitialization, CountsEveryOutputOfALayerInItsHistogram) {
  const Series image = result_of("initialization", {"std=1"}).figures.at(0).series.at(0);
  ASSERT_EQ(image.y.size(), 5U);
  for (std::size_t layer = 0; layer < 5; ++layer) {
    double sum = 0;
    for (std::size_t bin = 0; bin < image.x.size(); ++bin) {
      sum += image.z[bin * 5 + layer];
    }
    EXPECT_NEAR(sum, 1, 1e-10);
  }
}

}  // namespace
}  // namespace gradus
