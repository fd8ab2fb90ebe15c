// SPDX-License-Identifier: MIT
#include "gradus/runs/run_record.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/formats/file.hpp"
#include "gradus/runs/run_folder.hpp"
#include "gradus/train/classifier.hpp"
#include "support.hpp"
#include "unit/formats/temporary_folder.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

/// A run of two iterations in a folder of its own; no model.
class SomeRun {
 public:
  SomeRun() {
    RunFolder folder(path().string(), "gradus test", RunOptions());
    folder.begin(false, 0, Json::object());
    ScoreRecord record;
    record.test_score = 0.125;
    folder.curves().write(record);
    folder.curves().write(0, 2.5);
    folder.curves().write(1, 1.25);
    folder.finish(RunStatus::finished, Json::object());
  }

  [[nodiscard]] std::filesystem::path path() const { return around_.path() / "run"; }
  [[nodiscard]] RunRecord read() const { return read_run_record(path().string()); }

 private:
  TemporaryFolder around_;
};

/// Its rows of W1 pick the features 0 and 1 as the scores of the classes.
void save_some_model(const std::filesystem::path& folder) {
  save_model<float>(
      folder / model_file,
      {.network = {.layer_sizes = {2, 2}}, .sample_shape = {2}, .parameters = {1, 0, 0, 1, 0, 0}});
}

/// Of these four test samples the second and the last are not what the model takes them for.
Dataset some_data() {
  return {.name = "some",
          .sample_shape = {2},
          .num_classes = 2,
          .train = {.num_features = 2, .bytes = {}, .values = {1, 0}, .labels = {0}},
          .test = {.num_features = 2,
                   .bytes = {},
                   .values = {3, 1, 2, 1, 0, 4, 0, 9},
                   .labels = {0, 1, 1, 0}}};
}

TEST(RunRecord, HasWhatTheFolderHas) {
  const SomeRun some;
  const RunRecord run = some.read();
  EXPECT_EQ(run.folder, some.path().string());
  EXPECT_EQ(run.losses, (std::vector<double>{2.5, 1.25}));
  ASSERT_EQ(run.records.size(), 1U);
  EXPECT_EQ(run.records[0].test_score, 0.125);
  EXPECT_EQ(run.description, read_run(some.path()));
}

TEST(RunRecord, HasEmptyTablesBeforeThereAreAny) {
  const SomeRun some;
  std::filesystem::remove(some.path() / loss_file);
  std::filesystem::remove(some.path() / accuracy_file);
  EXPECT_TRUE(some.read().losses.empty());
  EXPECT_TRUE(some.read().records.empty());
}

TEST(RunRecord, IsRefusedWhereThereIsNoRun) {
  const TemporaryFolder folder;
  for (const std::string& path : {folder.path().string(), (folder.path() / "missing").string()}) {
    EXPECT_EQ(data_error([&] { static_cast<void>(read_run_record(path)); }),
              path + ": is not the folder of a training run: there is no run.json in it");
  }
}

TEST(RunRecord, IsRefusedWhenATableIsAnother) {
  for (const std::string_view file : {loss_file, accuracy_file}) {
    const SomeRun some;
    const std::string path = (some.path() / file).string();
    write_text_file(path, "a,b\n");
    EXPECT_TRUE(data_error([&] {
                  static_cast<void>(some.read());
                }).starts_with(path + ": row 1: expected "));
  }
}

TEST(LookInside, FindsNothingWithoutAModelAndAsksForNoData) {
  const SomeRun some;
  Team team;
  const auto load = []() -> Dataset { throw StateError("data are read for nothing"); };
  for (const bool is_asked : {false, true}) {
    const RunInside inside = look_inside(some.read(), load, is_asked, team);
    EXPECT_FALSE(inside.model);
    EXPECT_FALSE(inside.judgement);
    EXPECT_EQ(inside.problem, "");
  }
}

TEST(LookInside, JudgesTheModelByTheTestSamples) {
  const SomeRun some;
  save_some_model(some.path());
  Team team;
  const RunInside inside = look_inside(some.read(), some_data, false, team);
  ASSERT_TRUE(inside.model && inside.judgement);
  EXPECT_EQ(inside.judgement->evaluation.num_samples(), 4U);
  EXPECT_EQ(inside.judgement->evaluation.num_correct(), 2U);
  ASSERT_EQ(inside.judgement->misreadings.size(), 2U);
  EXPECT_EQ(inside.judgement->misreadings[0].sample, 3U) << "9 to 0 is surer than 2 to 1";
  EXPECT_EQ(inside.judgement->misreadings[1].sample, 1U);
  EXPECT_EQ(inside.judgement->misreadings[1].taken_for, 0);
  EXPECT_EQ(inside.judgement->dataset.train.num_samples(), 1U) << "points that can be drawn";
  EXPECT_EQ(inside.judgement->dataset.test.num_samples(), 4U);
}

TEST(LookInside, TakesDataThatAreGoneForAProblemUnlessSomebodyAskedForThem) {
  const SomeRun some;
  save_some_model(some.path());
  Team team;
  const auto gone = []() -> Dataset { throw DataError("some.csv", std::nullopt, "is gone"); };
  const auto wider = [] {
    Dataset data = some_data();
    data.sample_shape = {4};
    data.test.num_features = 4;
    data.test.labels = {0, 1};
    return data;
  };
  const RunInside inside = look_inside(some.read(), gone, false, team);
  EXPECT_TRUE(inside.model);
  EXPECT_FALSE(inside.judgement);
  EXPECT_EQ(inside.problem, "some.csv: is gone");
  EXPECT_NE(look_inside(some.read(), wider, false, team).problem, "");
  EXPECT_EQ(data_error([&] { static_cast<void>(look_inside(some.read(), gone, true, team)); }),
            "some.csv: is gone");
  EXPECT_THROW(static_cast<void>(look_inside(some.read(), wider, true, team)), ShapeError);
}

TEST(LookInside, RefusesADamagedModelWhateverWasAsked) {
  const SomeRun some;
  write_text_file(some.path() / model_file, "weights");
  Team team;
  for (const bool is_asked : {false, true}) {
    EXPECT_THROW(static_cast<void>(look_inside(some.read(), some_data, is_asked, team)), DataError);
  }
}

}  // namespace
}  // namespace gradus
