// SPDX-License-Identifier: MIT
#include "gradus/runs/run_folder.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <optional>
#include <string>

#include "gradus/core/error.hpp"
#include "gradus/formats/file.hpp"
#include "unit/formats/temporary_folder.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view program = "gradus test";

bool is_empty(const TemporaryFolder& folder) {
  return fs::is_empty(folder.path());
}

std::optional<RunStatus> status_of_run(const fs::path& folder) {
  return status_in(read_run(folder));
}

/// A run that made two iterations, and then ended as `end` does.
template <class End>
void run_in(const fs::path& path, const End& end) {
  RunFolder folder(path.string(), program, RunOptions());
  folder.begin(false, 0, {{"data_sha256", "abc"}});
  folder.curves().write(0, 2.5);
  folder.curves().write(1, 1.25);
  end(folder);
}

void leave_it(RunFolder&) {
}

TEST(RunFolder, LeavesNothingOfARunThatFailsBeforeItBegins) {
  const TemporaryFolder around;
  {
    const RunFolder folder((around.path() / "a" / "b").string(), program, RunOptions());
    EXPECT_TRUE(fs::exists(folder.path() / run_file));
  }
  EXPECT_TRUE(is_empty(around));
}

TEST(RunFolder, LeavesAFolderThatWasThereBefore) {
  const TemporaryFolder around;
  fs::create_directory(around.path() / "a");
  write_text_file(around.path() / "a" / "notes", "mine");
  { const RunFolder folder((around.path() / "a").string(), program, RunOptions()); }
  { const RunFolder folder((around.path() / "a" / "b").string(), program, RunOptions()); }
  EXPECT_EQ(read_text_file(around.path() / "a" / "notes"), "mine");
  EXPECT_FALSE(fs::exists(around.path() / "a" / run_file));
  EXPECT_FALSE(fs::exists(around.path() / "a" / "b"));
}

TEST(RunFolder, SaysWhatItIsAskedToDoBeforeItBegins) {
  const TemporaryFolder around;
  RunOptions options;
  options.training.seed = 7;
  const RunFolder folder((around.path() / "run").string(), program, options);
  const Json run = read_run(folder.path());
  EXPECT_EQ(*run.find("program"), Json(program));
  EXPECT_EQ(*run.find("options"), to_json_before_data(options));
  EXPECT_EQ(status_in(run), RunStatus::running);
  EXPECT_EQ(run, folder.description());
}

TEST(RunFolder, OfARunThatBeganAndDidNotFinishSaysFailed) {
  const TemporaryFolder around;
  const fs::path path = around.path() / "run";
  run_in(path, [&](RunFolder&) { EXPECT_EQ(status_of_run(path), RunStatus::running); });
  EXPECT_EQ(status_of_run(path), RunStatus::failed);
  EXPECT_EQ(*read_run(path).find("data_sha256"), Json("abc"));
  EXPECT_EQ(parse_loss_csv("loss", read_text_file(path / loss_file)),
            (std::vector<double>{2.5, 1.25}));
}

TEST(RunFolder, OfARunThatEndedSaysHow) {
  for (const RunStatus status :
       {RunStatus::finished, RunStatus::early_stop, RunStatus::diverged, RunStatus::interrupted}) {
    const TemporaryFolder around;
    const fs::path path = around.path() / "run";
    run_in(path, [&](RunFolder& folder) { folder.finish(status, {{"seconds", 1.5}}); });
    EXPECT_EQ(status_of_run(path), status);
    EXPECT_EQ(*read_run(path).find("result")->find("seconds"), Json(1.5));
  }
}

TEST(RunFolder, IsNotGivenToASecondRun) {
  const TemporaryFolder around;
  const fs::path path = around.path() / "run";
  run_in(path, [](RunFolder& folder) { folder.finish(RunStatus::finished, Json::object()); });
  const std::string before = read_text_file(path / run_file);
  EXPECT_EQ(data_error([&] { const RunFolder folder(path.string(), program, RunOptions()); }),
            path.string() + ": holds a run already; remove it or choose another folder with --out");
  EXPECT_EQ(read_text_file(path / run_file), before);
}

TEST(RunFolder, IsNotMadeWhereAFileIsInTheWay) {
  const TemporaryFolder around;
  write_text_file(around.path() / "file", "mine");
  for (const fs::path& path : {around.path() / "file", around.path() / "file" / "run"}) {
    EXPECT_TRUE(data_error([&] {
                  const RunFolder folder(path.string(), program, RunOptions());
                }).starts_with(path.string() + ": cannot create the folder: "));
  }
  EXPECT_EQ(read_text_file(around.path() / "file"), "mine");
}

/// Works in a folder until the end of the scope.
class Inside {
 public:
  explicit Inside(const fs::path& folder) : before_(fs::current_path()) {
    fs::current_path(folder);
  }
  ~Inside() { fs::current_path(before_); }
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;

 private:
  fs::path before_;
};

TEST(RunFolder, WithoutANameHasTheFirstFreeNumber) {
  const TemporaryFolder around;
  const Inside inside(around.path());
  {
    RunFolder first("", program, RunOptions());
    first.begin(false, 0, Json::object());
    RunFolder second("", program, RunOptions());
    second.begin(false, 0, Json::object());
    const RunFolder third("", program, RunOptions());
    EXPECT_EQ(first.path(), fs::path("runs/1"));
    EXPECT_EQ(second.path(), fs::path("runs/2"));
    EXPECT_EQ(third.path(), fs::path("runs/3"));
  }
  EXPECT_TRUE(fs::exists("runs/2"));
  EXPECT_FALSE(fs::exists("runs/3")) << "it had not begun";
  fs::remove_all("runs/1");
  const RunFolder next("", program, RunOptions());
  EXPECT_EQ(next.path(), fs::path("runs/1"));
}

TEST(RunFolder, WithoutANameTakesTheFolderAroundItAwayToo) {
  const TemporaryFolder around;
  const Inside inside(around.path());
  { const RunFolder folder("", program, RunOptions()); }
  EXPECT_TRUE(is_empty(around));
  write_text_file("runs", "a file");
  EXPECT_TRUE(data_error([] {
                const RunFolder folder("", program, RunOptions());
              }).starts_with("runs: cannot create a folder for the run: "));
}

TEST(RunFolder, WithoutANameLeavesNothingWhereItCannotBeMade) {
  const TemporaryFolder around;
  fs::permissions(around.path(), fs::perms::all);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {  // as somebody who may not write to the folder runs that he makes
    const bool is_bound = ::geteuid() != 0 || ::setuid(65534) == 0;
    ::umask(0777);
    fs::current_path(around.path());
    const std::string message =
        data_error([] { const RunFolder folder("", program, RunOptions()); });
    const bool is_refused = message.starts_with("runs: cannot create a folder for the run: ");
    ::_exit(!is_bound || !is_refused ? 1 : fs::exists("runs") ? 2 : 0);
  }
  int status = 1;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(WEXITSTATUS(status), 0) << "1: it was made; 2: the folder around it is still there";
}

TEST(RunFolder, GoesOnWithARunThatIsNotDone) {
  const TemporaryFolder around;
  const fs::path path = around.path() / "run";
  run_in(path, leave_it);
  write_text_file(path / ".gradus-1.tmp", "what a killed run was about to write");
  {
    RunFolder folder(path.string(), RunFolder::Unfinished());
    EXPECT_FALSE(fs::exists(path / ".gradus-1.tmp"));
    EXPECT_EQ(status_in(folder.description()), RunStatus::failed);
    folder.begin(false, 1, {{"resumed", true}});
    EXPECT_EQ(status_of_run(path), RunStatus::running);
    folder.curves().write(1, 0.5);
    folder.finish(RunStatus::finished, Json::object());
  }
  EXPECT_EQ(status_of_run(path), RunStatus::finished);
  EXPECT_EQ(*read_run(path).find("data_sha256"), Json("abc"));
  EXPECT_EQ(parse_loss_csv("loss", read_text_file(path / loss_file)),
            (std::vector<double>{2.5, 0.5}));
}

TEST(RunFolder, IsAsItWasWhenGoingOnFailsBeforeItBegins) {
  const TemporaryFolder around;
  const fs::path path = around.path() / "run";
  run_in(path, [](RunFolder& folder) { folder.finish(RunStatus::interrupted, Json::object()); });
  const std::string before = read_text_file(path / run_file);
  { const RunFolder folder(path.string(), RunFolder::Unfinished()); }
  EXPECT_EQ(read_text_file(path / run_file), before);
  EXPECT_TRUE(fs::exists(path / loss_file));
}

TEST(RunFolder, OfARunThatIsDoneIsNotGoneOnWith) {
  for (const RunStatus status : {RunStatus::finished, RunStatus::early_stop, RunStatus::diverged}) {
    const TemporaryFolder around;
    const std::string path = (around.path() / "run").string();
    run_in(path, [&](RunFolder& folder) { folder.finish(status, Json::object()); });
    EXPECT_EQ(
        thrown<StateError>([&] { const RunFolder folder(path, RunFolder::Unfinished()); }),
        "--resume " + path + ": the run is done (\"" + std::string(to_string(status)) + "\")");
  }
}

TEST(RunFolder, WithoutARunIsNotGoneOnWith) {
  const TemporaryFolder around;
  for (const fs::path& path : {around.path(), around.path() / "missing"}) {
    EXPECT_TRUE(data_error([&] {
                  const RunFolder folder(path.string(), RunFolder::Unfinished());
                }).starts_with((path / run_file).string() + ": "));
  }
}

TEST(RunFolder, ThatLosesItsPlaceSaysSoWhenItFinishes) {
  const TemporaryFolder around;
  const fs::path path = around.path() / "run";
  run_in(path, [&](RunFolder& folder) {
    fs::remove_all(path);
    EXPECT_THROW(folder.finish(RunStatus::finished, Json::object()), FileError);
  });
  EXPECT_FALSE(fs::exists(path));
}

TEST(RunFolder, RemovesTheModelOfARunThatDiverged) {
  const TemporaryFolder around;
  run_in(around.path() / "run", [](RunFolder& folder) {
    write_text_file(folder.model_path(), "weights");
    EXPECT_TRUE(fs::exists(folder.path() / model_file));
    folder.remove_model();
    EXPECT_FALSE(fs::exists(folder.path() / model_file));
    EXPECT_NO_THROW(folder.remove_model());
  });
}

TEST(RunFolder, BelongsToOneRunAtATime) {
  const TemporaryFolder around;
  const std::string path = (around.path() / "run").string();
  const std::string refusal = path + ": another process is writing a run there";
  run_in(path, [&](RunFolder&) {
    EXPECT_EQ(data_error([&] { const RunFolder second(path, RunFolder::Unfinished()); }), refusal);
    EXPECT_EQ(data_error([&] { const RunFolder second(path, program, RunOptions()); }), refusal);
    EXPECT_EQ(status_of_run(path), RunStatus::running) << "the second one changed nothing";
  });
  EXPECT_NO_THROW(RunFolder(path, RunFolder::Unfinished()));
}

TEST(FolderLock, IsHeldByAnotherProcessUntilItEnds) {
  const TemporaryFolder folder;
  int has_taken[2];
  int may_end[2];
  ASSERT_EQ(::pipe(has_taken), 0);
  ASSERT_EQ(::pipe(may_end), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  char byte = 0;
  if (child == 0) {
    FolderLock lock;
    lock.take(folder.path());
    const bool is_told = ::write(has_taken[1], &byte, 1) == 1 && ::read(may_end[0], &byte, 1) == 1;
    ::_exit(is_told ? 0 : 1);  // without giving it back
  }
  EXPECT_EQ(::read(has_taken[0], &byte, 1), 1);
  {
    FolderLock lock;
    EXPECT_EQ(data_error([&] { lock.take(folder.path()); }),
              folder.path().string() + ": another process is writing a run there");
  }
  EXPECT_EQ(::write(may_end[1], &byte, 1), 1);
  int status = 1;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  FolderLock lock;
  EXPECT_NO_THROW(lock.take(folder.path()));
  for (const int end : {has_taken[0], has_taken[1], may_end[0], may_end[1]}) {
    ::close(end);
  }
}

TEST(ReadRun, RefusesWhatIsNoRunJson) {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / run_file;
  for (const char* text :
       {"", "{", "[]", "{}", R"({"options":{}})", R"({"options":[],"status":"running"})",
        R"({"options":{},"status":"running"}x)"}) {
    write_text_file(path, text);
    EXPECT_EQ(data_error([&] { static_cast<void>(read_run(folder.path())); }),
              path.string() + ": is not the run.json of a training run")
        << text;
  }
}

TEST(StatusIn, IsNoneWhenNoVersionSaysIt) {
  EXPECT_EQ(status_in(Json{{"status", "early_stop"}}), RunStatus::early_stop);
  for (const Json& other :
       {Json(), Json::object(), Json{{"status", 3}}, Json{{"status", "done"}}}) {
    EXPECT_FALSE(status_in(other)) << other.to_text();
  }
}

}  // namespace
}  // namespace gradus
