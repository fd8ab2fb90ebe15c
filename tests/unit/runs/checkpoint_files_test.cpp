// SPDX-License-Identifier: MIT
#include "gradus/runs/checkpoint_files.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/formats/file.hpp"
#include "support.hpp"
#include "unit/formats/temporary_folder.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

namespace fs = std::filesystem;

std::vector<std::uint8_t> bytes_at(std::uint64_t iteration) {
  Checkpoint<float> checkpoint;
  checkpoint.iteration = iteration;
  checkpoint.parameters = random_numbers<float>(5, iteration);
  return serialize_checkpoint(checkpoint);
}

fs::path path_of(const TemporaryFolder& folder, std::uint64_t iteration) {
  return folder.path() / ("checkpoint-" + std::to_string(iteration) + ".safetensors");
}

void put(const TemporaryFolder& folder, std::uint64_t iteration) {
  write_file(path_of(folder, iteration), bytes_at(iteration));
}

std::set<std::string> names_in(const TemporaryFolder& folder) {
  std::set<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder.path())) {
    names.insert(entry.path().filename().string());
  }
  return names;
}

TEST(FindCheckpoint, FindsTheNewestByNumberNotByName) {
  const TemporaryFolder folder;
  for (const std::uint64_t iteration : {9U, 100U, 20U}) {
    put(folder, iteration);
  }
  const auto found = find_checkpoint<float>(folder.path());
  ASSERT_TRUE(found.checkpoint);
  EXPECT_EQ(found.checkpoint->iteration, 100U);
  EXPECT_EQ(found.checkpoint->parameters, random_numbers<float>(5, 100));
  EXPECT_TRUE(found.damages.empty());
}

TEST(FindCheckpoint, FindsNoneWhereThereIsNone) {
  const TemporaryFolder folder;
  for (const char* name : {"model.safetensors", "checkpoint-.safetensors", "checkpoint-5.tmp",
                           "checkpoint-5x.safetensors", "checkpoint--5.safetensors",
                           "old-checkpoint-5.safetensors", "checkpoint-"}) {
    write_file(folder.path() / name, bytes_at(5));
  }
  for (const fs::path& path : {folder.path(), folder.path() / "missing"}) {
    const auto found = find_checkpoint<float>(path);
    EXPECT_FALSE(found.checkpoint);
    EXPECT_TRUE(found.damages.empty());
  }
}

TEST(FindCheckpoint, PassesOverDamagedOnesAndSaysWhatIsWrong) {
  const TemporaryFolder folder;
  put(folder, 10);
  write_file(path_of(folder, 20), bytes_at(15));
  std::vector<std::uint8_t> cut = bytes_at(30);
  cut.pop_back();
  write_file(path_of(folder, 30), cut);
  write_file(path_of(folder, 40), {});
  const auto found = find_checkpoint<float>(folder.path());
  ASSERT_TRUE(found.checkpoint);
  EXPECT_EQ(found.checkpoint->iteration, 10U);
  ASSERT_EQ(found.damages.size(), 3U);
  EXPECT_TRUE(found.damages[0].starts_with(path_of(folder, 40).string() + ": "));
  EXPECT_TRUE(found.damages[1].starts_with(path_of(folder, 30).string() + ": "));
  EXPECT_EQ(found.damages[2], path_of(folder, 20).string() + ": is of iteration 15");
}

TEST(FindCheckpoint, OfAnotherPrecisionIsNotWhole) {
  const TemporaryFolder folder;
  put(folder, 10);
  const auto found = find_checkpoint<double>(folder.path());
  EXPECT_FALSE(found.checkpoint);
  EXPECT_EQ(found.damages.size(), 1U);
}

TEST(FindCheckpoint, ThatCannotBeReadIsNotTakenForDamaged) {
  const TemporaryFolder folder;
  put(folder, 10);
  fs::create_directory(path_of(folder, 20));
  EXPECT_TRUE(data_error([&] {
                static_cast<void>(find_checkpoint<float>(folder.path()));
              }).starts_with(path_of(folder, 20).string() + ": "));
}

TEST(CheckpointWriter, KeepsTheLastTwo) {
  const TemporaryFolder folder;
  CheckpointWriter writer(folder.path(),
                          [](const std::string& reason) { ADD_FAILURE() << reason; });
  for (const std::uint64_t iteration : {9U, 10U, 100U}) {
    writer.submit(iteration, bytes_at(iteration));
    EXPECT_EQ(writer.finish(), "");
  }
  EXPECT_EQ(names_in(folder),
            (std::set<std::string>{"checkpoint-10.safetensors", "checkpoint-100.safetensors"}));
  EXPECT_EQ(read_file(path_of(folder, 100)), bytes_at(100));
}

TEST(CheckpointWriter, HasTheNewestOnDiskHoweverFastTheyCome) {
  const TemporaryFolder folder;
  {
    CheckpointWriter writer(folder.path(), [](const std::string&) {});
    for (std::uint64_t iteration = 0; iteration < 50; ++iteration) {
      writer.submit(iteration, bytes_at(iteration));
    }
  }  // its end waits as finish() does
  const auto found = find_checkpoint<float>(folder.path());
  ASSERT_TRUE(found.checkpoint);
  EXPECT_EQ(found.checkpoint->iteration, 49U);
  EXPECT_TRUE(found.damages.empty());
  EXPECT_LE(names_in(folder).size(), 2U);
}

TEST(CheckpointWriter, SaysOnceThatOneCannotBeWrittenUntilOneCan) {
  const TemporaryFolder parent;
  const fs::path folder = parent.path() / "run";
  int num_losses = 0;
  CheckpointWriter writer(folder, [&](const std::string& reason) {
    EXPECT_NE(reason, "");
    ++num_losses;
  });
  const auto write = [&](std::uint64_t iteration) {
    writer.submit(iteration, bytes_at(iteration));
    return writer.finish();
  };
  EXPECT_NE(write(1), "");
  EXPECT_NE(write(2), "");
  EXPECT_EQ(num_losses, 1);
  fs::create_directory(folder);
  EXPECT_EQ(write(3), "");
  fs::remove_all(folder);
  EXPECT_NE(write(4), "");
  EXPECT_EQ(num_losses, 2);
}

TEST(CheckpointWriter, RemovesCheckpointsAndNothingElse) {
  const TemporaryFolder folder;
  for (const std::uint64_t iteration : {1U, 2U, 3U}) {
    put(folder, iteration);
  }
  write_file(folder.path() / "model.safetensors", bytes_at(4));
  CheckpointWriter writer(folder.path(), [](const std::string&) {});
  writer.remove_all();
  EXPECT_EQ(names_in(folder), (std::set<std::string>{"model.safetensors"}));
}

}  // namespace
}  // namespace gradus
