// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/formats/file.hpp"
#include "gradus/runs/curve_files.hpp"
#include "unit/formats/temporary_folder.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

std::string losses_in(const TemporaryFolder& folder) {
  return read_text_file(folder.path() / loss_file);
}

std::string accuracies_in(const TemporaryFolder& folder) {
  return read_text_file(folder.path() / accuracy_file);
}

/// Five iterations, measured before each of the even ones.
void write_five(const TemporaryFolder& folder) {
  CurveWriter writer;
  writer.open(folder.path(), false, 0);
  for (std::uint64_t i = 0; i < 5; ++i) {
    if (i % 2 == 0) {
      ScoreRecord record;
      record.iteration = i;
      record.test_score = 0.125;
      writer.write(record);
    }
    writer.write(i, 5.0 - static_cast<double>(i));
  }
  writer.close();
}

TEST(CurveWriter, WritesWhatItsParsersReadBackToTheBit) {
  const TemporaryFolder folder;
  const std::vector<double> losses{0.1 + 0.2, 5e-324, 1.7976931348623157e308, 1.0 / 3, 0, HUGE_VAL};
  const std::vector<ScoreRecord> records{
      {.iteration = 0,
       .epoch = 1.0 / 3,
       .train_score = 0.1,
       .test_score = 1,
       .validation_score = 2.0 / 3,
       .validation_loss = 1e-300},
      {.iteration = UINT64_MAX, .validation_score = 0, .validation_loss = 0.1}};
  CurveWriter writer;
  writer.open(folder.path(), true, 0);
  for (std::size_t i = 0; i < losses.size(); ++i) {
    writer.write(i, losses[i]);
  }
  writer.write(losses.size(), std::nan(""));
  for (const ScoreRecord& record : records) {
    writer.write(record);
  }
  writer.close();
  std::vector<double> read = parse_loss_csv("loss", losses_in(folder));
  ASSERT_EQ(read.size(), losses.size() + 1);
  EXPECT_TRUE(std::isnan(read.back()));
  read.pop_back();
  EXPECT_EQ(read, losses);
  const auto read_records = parse_score_csv("accuracy", accuracies_in(folder));
  ASSERT_EQ(read_records.size(), records.size());
  for (std::size_t i = 0; i < records.size(); ++i) {
    EXPECT_EQ(read_records[i].iteration, records[i].iteration);
    EXPECT_EQ(read_records[i].epoch, records[i].epoch);
    EXPECT_EQ(read_records[i].train_score, records[i].train_score);
    EXPECT_EQ(read_records[i].test_score, records[i].test_score);
    EXPECT_EQ(read_records[i].validation_score, records[i].validation_score);
    EXPECT_EQ(read_records[i].validation_loss, records[i].validation_loss);
  }
}

TEST(CurveWriter, BeginsANewRunWithHeadersAlone) {
  const TemporaryFolder folder;
  write_five(folder);
  CurveWriter writer;
  writer.open(folder.path(), true, 0);
  writer.close();
  EXPECT_EQ(losses_in(folder), "iteration,loss\n");
  EXPECT_EQ(accuracies_in(folder),
            "iteration,epoch,train_accuracy,test_accuracy,validation_accuracy,validation_loss\n");
}

TEST(CurveWriter, CutsOffTheRowsFromWhereARunGoesOn) {
  for (std::uint64_t iteration = 1; iteration <= 5; ++iteration) {
    const TemporaryFolder folder;
    write_five(folder);
    const std::vector<double> before = parse_loss_csv("loss", losses_in(folder));
    CurveWriter writer;
    writer.open(folder.path(), false, iteration);
    writer.write(iteration, 9);
    writer.close();
    std::vector<double> expected(before.begin(),
                                 before.begin() + static_cast<std::ptrdiff_t>(iteration));
    expected.push_back(9);
    EXPECT_EQ(parse_loss_csv("loss", losses_in(folder)), expected);
    const auto records = parse_score_csv("accuracy", accuracies_in(folder));
    EXPECT_EQ(records.size(), (iteration + 1) / 2);
    for (const ScoreRecord& record : records) {
      EXPECT_LT(record.iteration, iteration);
    }
  }
}

TEST(CurveWriter, DropsARowThatWasCutShort) {
  const TemporaryFolder folder;
  write_five(folder);
  write_text_file(folder.path() / loss_file, "iteration,loss\n0,5\n1,4\n2,3");
  write_text_file(folder.path() / accuracy_file,
                  "iteration,epoch,train_accuracy,test_accuracy\n0,0,0.5,0.5\n1,0,0.");
  CurveWriter writer;
  writer.open(folder.path(), false, 2);
  writer.close();
  EXPECT_EQ(losses_in(folder), "iteration,loss\n0,5\n1,4\n");
  EXPECT_EQ(accuracies_in(folder), "iteration,epoch,train_accuracy,test_accuracy\n0,0,0.5,0.5\n");
}

TEST(CurveWriter, RefusesToGoOnWhereRowsAreMissing) {
  const TemporaryFolder folder;
  write_five(folder);
  const std::string path = (folder.path() / loss_file).string();
  const auto refusal = [&](std::uint64_t iteration) {
    CurveWriter writer;
    return data_error([&] { writer.open(folder.path(), false, iteration); });
  };
  EXPECT_EQ(refusal(6), path + ": lacks rows before iteration 6, where the run goes on");
  for (const std::string text : {"", "iteration,loss", "iteration,loss\n0,5\n1,4"}) {
    write_text_file(folder.path() / loss_file, text);
    EXPECT_EQ(refusal(2), path + ": lacks rows before iteration 2, where the run goes on") << text;
  }
  std::filesystem::remove(path);
  EXPECT_TRUE(refusal(2).starts_with(path + ": "));
}

TEST(CurveWriter, HandsItsRowsOverWhenAskedTo) {
  const TemporaryFolder folder;
  CurveWriter writer;
  writer.open(folder.path(), false, 0);
  writer.write(0, 2.5);
  writer.flush();
  EXPECT_EQ(losses_in(folder), "iteration,loss\n0,2.5\n");
  writer.close();
}

TEST(CurveWriter, SaysWhenItCannotWrite) {
  const TemporaryFolder folder;
  CurveWriter writer;
  EXPECT_THROW(writer.open(folder.path() / "missing", false, 0), FileError);
}

}  // namespace
}  // namespace gradus
