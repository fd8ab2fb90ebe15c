// SPDX-License-Identifier: MIT
// In which order a file is written, made safe and put in its place. This program's own fsync and
// rename stand before those of the C library: they note what they are asked, and fail when they are
// told to.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <iterator>
#include <string>
#include <vector>

#include "bytes.hpp"
#include "gradus/formats/file.hpp"
#include "temporary_folder.hpp"
#include "thrown.hpp"

namespace gradus {
namespace {

/// What is asked of the system by this thread while it lives.
class WatchedCalls {
 public:
  WatchedCalls() { current = this; }
  WatchedCalls(const WatchedCalls&) = delete;
  WatchedCalls& operator=(const WatchedCalls&) = delete;
  ~WatchedCalls() { current = nullptr; }

  /// The call of this number, from 1, is to fail with an errno.
  void fail_at(std::size_t number, int error) {
    failing_ = number;
    error_ = error;
  }

  /// Notes a call.
  /// @returns  whether it fails; errno says why
  bool fails(const std::string& call) {
    calls_.push_back(call);
    if (calls_.size() != failing_) {
      return false;
    }
    errno = error_;
    return true;
  }

  [[nodiscard]] const std::vector<std::string>& calls() const { return calls_; }

  static thread_local WatchedCalls* current;

 private:
  std::vector<std::string> calls_;
  std::size_t failing_ = 0;
  int error_ = 0;
};

thread_local WatchedCalls* WatchedCalls::current = nullptr;

/// "folder", "temporary file", or the name of a file: that of a temporary one is never the same.
std::string kind_of(const std::filesystem::path& path) {
  if (std::filesystem::is_directory(path)) {
    return "folder";
  }
  return path.extension() == ".tmp" ? "temporary file" : path.filename().string();
}

std::string kind_of(int file) {
  return kind_of(std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(file)));
}

}  // namespace
}  // namespace gradus

extern "C" {

int fsync(int file) {
  auto* const watched = gradus::WatchedCalls::current;
  if (watched != nullptr && watched->fails("fsync " + gradus::kind_of(file))) {
    return -1;
  }
  return static_cast<int>(::syscall(SYS_fsync, file));
}

int rename(const char* from, const char* to) noexcept {
  auto* const watched = gradus::WatchedCalls::current;
  if (watched != nullptr &&
      watched->fails("rename " + gradus::kind_of(from) + " to " + gradus::kind_of(to))) {
    return -1;
  }
  return static_cast<int>(::syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}

}  // extern "C"

namespace gradus {
namespace {

const std::vector<std::string> safe_order = {"fsync temporary file",
                                             "rename temporary file to file", "fsync folder"};

class WriteFile : public ::testing::Test {
 protected:
  WriteFile() { write_file(path(), bytes_of("old")); }

  [[nodiscard]] std::filesystem::path path() const { return folder_.path() / "file"; }

  /// Writes anew, while the system's call of this number fails.
  [[nodiscard]] std::string error_at(std::size_t number, int error) const {
    WatchedCalls watched;
    watched.fail_at(number, error);
    return thrown<FileError>([&] { write_file(path(), bytes_of("new")); });
  }

  [[nodiscard]] bool is_alone() const {
    return std::distance(std::filesystem::directory_iterator(folder_.path()), {}) == 1;
  }

 private:
  TemporaryFolder folder_;
};

// The other way round a power cut may leave the new name with an empty file behind it.
TEST_F(WriteFile, IsOnTheDiskBeforeItTakesThePlaceOfTheOldOneAndItsNameAfterThat) {
  const WatchedCalls watched;
  write_file(path(), bytes_of("new"));
  EXPECT_EQ(watched.calls(), safe_order);
}

TEST_F(WriteFile, KeepsTheOldFileWhenTheNewOneCannotBeMadeSafe) {
  for (const std::size_t number : {1U, 2U}) {
    EXPECT_EQ(error_at(number, EIO), path().string() + ": cannot write: Input/output error");
    EXPECT_EQ(read_file(path()), bytes_of("old"));
    EXPECT_TRUE(is_alone());
  }
}

TEST_F(WriteFile, TellsWhenOnlyItsNameMayBeLost) {
  EXPECT_EQ(error_at(3, EIO), path().string() + ": cannot write: Input/output error");
  EXPECT_EQ(read_file(path()), bytes_of("new"));
  EXPECT_TRUE(is_alone());
}

TEST_F(WriteFile, TakesAFileSystemThatCannotSyncFolders) {
  WatchedCalls watched;
  watched.fail_at(3, EINVAL);
  write_file(path(), bytes_of("new"));
  EXPECT_EQ(watched.calls(), safe_order);
  EXPECT_EQ(read_file(path()), bytes_of("new"));
}

}  // namespace
}  // namespace gradus
