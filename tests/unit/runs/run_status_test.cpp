// SPDX-License-Identifier: MIT
#include "gradus/runs/run_status.hpp"

#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace gradus {
namespace {

const std::vector<RunStatus> all{RunStatus::running,  RunStatus::interrupted, RunStatus::failed,
                                 RunStatus::finished, RunStatus::early_stop,  RunStatus::diverged};

TEST(RunStatus, IsReadBackFromItsName) {
  std::set<std::string_view> names;
  for (const RunStatus status : all) {
    EXPECT_EQ(parse_run_status(to_string(status)), status);
    EXPECT_TRUE(names.insert(to_string(status)).second);
  }
  for (const char* name : {"", "Finished", "finished ", "done"}) {
    EXPECT_FALSE(parse_run_status(name)) << name;
  }
}

TEST(RunStatus, OfAStopIsCalledAsTheStop) {
  for (const StopReason reason : {StopReason::finished, StopReason::early_stop,
                                  StopReason::diverged, StopReason::interrupted}) {
    EXPECT_EQ(to_string(status_of(reason)), to_string(reason));
    EXPECT_EQ(is_unfinished(status_of(reason)), reason == StopReason::interrupted);
  }
}

TEST(RunStatus, IsUnfinishedWhereARunCanGoOn) {
  std::vector<RunStatus> unfinished;
  for (const RunStatus status : all) {
    if (is_unfinished(status)) {
      unfinished.push_back(status);
    }
  }
  EXPECT_EQ(unfinished, (std::vector<RunStatus>{RunStatus::running, RunStatus::interrupted,
                                                RunStatus::failed}));
}

}  // namespace
}  // namespace gradus
