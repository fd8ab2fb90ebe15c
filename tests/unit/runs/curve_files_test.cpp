// SPDX-License-Identifier: MIT
#include "gradus/runs/curve_files.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "gradus/core/error.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

TEST(LossCsv, HasALossForEachIteration) {
  EXPECT_EQ(parse_loss_csv("l", "iteration,loss\n0,2.5\n1,1e-3\n"),
            (std::vector<double>{2.5, 1e-3}));
  EXPECT_TRUE(parse_loss_csv("l", "iteration,loss\n").empty());
}

TEST(LossCsv, MayEndInALossThatIsLost) {
  const std::vector<double> losses =
      parse_loss_csv("l", "iteration,loss\n0,2.5\n1,inf\n2,-inf\n3,nan\n");
  ASSERT_EQ(losses.size(), 4U);
  EXPECT_TRUE(std::isinf(losses[1]) && std::isinf(losses[2]) && std::isnan(losses[3]));
}

TEST(LossCsv, MayBeCutShortInItsLastRow) {
  EXPECT_EQ(parse_loss_csv("l", "iteration,loss\n0,2.5\n1,1.2").size(), 1U);
  EXPECT_EQ(parse_loss_csv("l", "iteration,loss\n0,2.5\n1").size(), 1U);
}

TEST(LossCsv, IsRefusedWhenItIsAnother) {
  const auto refusal = [](const std::string& text) {
    return thrown<DataError>([&] { static_cast<void>(parse_loss_csv("l", text)); });
  };
  EXPECT_EQ(refusal(""), "l: row 1: expected iteration,loss");
  EXPECT_EQ(refusal("iteration,loss"), "l: row 1: expected iteration,loss");
  EXPECT_EQ(refusal("a,b\n"), "l: row 1: expected iteration,loss");
  EXPECT_EQ(refusal("iteration,loss\n0,2\n0,2\n"), "l: row 3: expected iteration 1 and its loss");
  for (const char* row :
       {"", "0", "0,", "0,x", "0,1,2", "-0,1", "0, 1", "0x0,1", "1,1", ",", "0,1 "}) {
    EXPECT_EQ(refusal("iteration,loss\n" + std::string(row) + "\n"),
              "l: row 2: expected iteration 0 and its loss")
        << row;
  }
}

const std::string header = "iteration,epoch,train_accuracy,test_accuracy";

TEST(AccuracyCsv, HasARecordForEachRow) {
  const auto records = parse_score_csv("a", header + "\n0,0,0.1,0.2\n600,1.5,0.3,0.4\n");
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[1].iteration, 600U);
  EXPECT_EQ(records[1].epoch, 1.5);
  EXPECT_EQ(records[1].train_score, 0.3);
  EXPECT_EQ(records[1].test_score, 0.4);
  EXPECT_FALSE(records[1].validation_score);
  const auto validated =
      parse_score_csv("a", header + ",validation_accuracy,validation_loss\n0,0,0.1,0.2,0.5,2.25\n");
  ASSERT_EQ(validated.size(), 1U);
  EXPECT_EQ(validated[0].validation_score, 0.5);
  EXPECT_EQ(validated[0].validation_loss, 2.25);
}

TEST(AccuracyCsv, IsRefusedWhenItIsAnother) {
  const auto refusal = [](const std::string& text) {
    return thrown<DataError>([&] { static_cast<void>(parse_score_csv("a", text)); });
  };
  EXPECT_EQ(refusal("iteration,loss\n"), "a: row 1: expected " + header);
  for (const char* row : {"0,0,0", "0,0,0,0,0", "0,0,0,x", "-1,0,0,0", ",,,"}) {
    EXPECT_EQ(refusal(header + "\n" + row + "\n"),
              "a: row 2: expected an iteration, not before the last one, and three numbers");
  }
  EXPECT_EQ(refusal(header + "\n5,0,0,0\n4,0,0,0\n"),
            "a: row 3: expected an iteration, not before the last one, and three numbers");
}

TEST(ScoresOfNumbers, HaveAHeaderOfTheirOwn) {
  const std::string text = "iteration,epoch,train_r2,test_r2\n0,0,-0.5,nan\n600,1.5,0.75,0.5\n";
  const auto records = parse_score_csv("r2.csv", text, Task::regression);
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0].train_score, -0.5);
  EXPECT_TRUE(std::isnan(records[0].test_score));
  EXPECT_EQ(records[1].test_score, 0.5);
  EXPECT_EQ(thrown<DataError>([&] { static_cast<void>(parse_score_csv("r2.csv", text)); }),
            "r2.csv: row 1: expected iteration,epoch,train_accuracy,test_accuracy");
  const auto validated = parse_score_csv(
      "r2.csv",
      "iteration,epoch,train_r2,test_r2,validation_r2,validation_loss\n0,0,0.1,0.2,0.3,4\n",
      Task::regression);
  EXPECT_EQ(validated.at(0).validation_score, 0.3);
}

}  // namespace
}  // namespace gradus
