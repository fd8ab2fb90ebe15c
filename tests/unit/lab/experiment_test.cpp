// SPDX-License-Identifier: MIT
#include "gradus/lab/experiment.hpp"

#include <gtest/gtest.h>

#include <string_view>

#include "gradus/core/error.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

TEST(Experiments, AreFoundByNameOrByANearOne) {
  EXPECT_EQ(find_experiment("loss").id, "loss");
  const auto find = [](std::string_view id) {
    return thrown<ValueError>([id] { static_cast<void>(find_experiment(id)); });
  };
  EXPECT_EQ(find("tangant"), "there is no experiment \"tangant\"; there is tangent");
  EXPECT_EQ(find("gradient"), "there is no experiment \"gradient\"; there is gradient-field");
}

}  // namespace
}  // namespace gradus
