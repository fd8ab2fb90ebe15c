// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "unit/lab/result_of.hpp"

namespace gradus {
namespace {

TEST(LabArrays, TakesAnArrayApart) {
  const Table steps = result_of("arrays").tables.at(0);
  ASSERT_EQ(steps.rows.size(), 4U);
  const std::vector<std::string> shapes{"(2, 3, 4)", "(3, 4)", "(4)", "()"};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(cell(steps, i, "axes"), 3.0 - static_cast<double>(i));
  }
  EXPECT_EQ(std::get<std::string>(steps.rows[1].back()), "[[0 1 2 3] [4 5 6 7] [8 9 10 11]]");
  EXPECT_EQ(std::get<std::string>(steps.rows[2].back()), "[0 1 2 3]");
  EXPECT_EQ(std::get<std::string>(steps.rows[3].back()), "0");
  const Table other = result_of("arrays", {"index=1,2,3"}).tables.at(0);
  EXPECT_EQ(std::get<std::string>(other.rows[3].back()), "23");
}

}  // namespace
}  // namespace gradus
