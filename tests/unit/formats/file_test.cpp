// SPDX-License-Identifier: MIT
#include "gradus/formats/file.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <type_traits>

#include "bytes.hpp"
#include "temporary_folder.hpp"
#include "thrown.hpp"

namespace gradus {
namespace {

static_assert(!std::is_base_of_v<DataError, FileError>, "a face tells them apart");

/// Files of this process cannot grow beyond `size` bytes until the end of the scope: what a full
/// disk does, without filling one.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t size) {
    ::getrlimit(RLIMIT_FSIZE, &old_limit_);
    old_handler_ = ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{size, old_limit_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &old_limit_);
    ::signal(SIGXFSZ, old_handler_);
  }

 private:
  rlimit old_limit_{};
  void (*old_handler_)(int) = nullptr;
};

class File : public ::testing::Test {
 protected:
  std::filesystem::path in_folder(const std::string& name) const { return folder_.path() / name; }

  std::ptrdiff_t num_entries() const {
    return std::distance(std::filesystem::directory_iterator(folder_.path()),
                         std::filesystem::directory_iterator());
  }

 private:
  TemporaryFolder folder_;
};

std::string write_error(const std::filesystem::path& path, const Bytes& bytes) {
  return thrown<FileError>([&] { write_file(path, bytes); });
}

TEST_F(File, ReadingGivesWhatWasWritten) {
  for (const std::size_t size : {0U, 1U, 65535U, 65536U, 65537U, 300000U}) {
    Bytes bytes(size);
    std::generate(bytes.begin(), bytes.end(), [n = 0]() mutable { return std::uint8_t(n++ * 7); });
    write_file(in_folder("file"), bytes);
    EXPECT_EQ(read_file(in_folder("file")), bytes) << size;
  }
}

TEST_F(File, ReadsAPipeUntilItIsClosed) {
  ASSERT_EQ(::mkfifo(in_folder("pipe").c_str(), 0600), 0);
  const std::string text(100000, 'x');
  std::thread writer([&] { std::ofstream(in_folder("pipe")) << text; });
  const Bytes bytes = read_file(in_folder("pipe"));
  writer.join();
  EXPECT_EQ(bytes, bytes_of(text));
}

TEST_F(File, AMissingFileIsNamedWithTheReasonOfTheSystem) {
  EXPECT_EQ(data_error([&] { return read_file(in_folder("absent")); }),
            in_folder("absent").string() + ": cannot read: No such file or directory");
}

TEST_F(File, AFolderIsNotAFile) {
  EXPECT_EQ(data_error([&] { return read_file(in_folder("")); }),
            in_folder("").string() + ": is a folder, expected a file");
}

TEST_F(File, AFileThatMayNotBeReadIsNamed) {
  if (::geteuid() == 0) {
    GTEST_SKIP() << "root may read every file";
  }
  write_file(in_folder("secret"), bytes_of("x"));
  std::filesystem::permissions(in_folder("secret"), std::filesystem::perms::none);
  EXPECT_EQ(data_error([&] { return read_file(in_folder("secret")); }),
            in_folder("secret").string() + ": cannot read: Permission denied");
}

TEST_F(File, WritingReplacesTheOldFileAndLeavesNothingElse) {
  write_file(in_folder("file"), bytes_of("a long old text"));
  write_file(in_folder("file"), bytes_of("new"));
  EXPECT_EQ(read_file(in_folder("file")), bytes_of("new"));
  EXPECT_EQ(num_entries(), 1);
}

TEST_F(File, AWriteThatFailsHalfwayKeepsTheOldFileAndRemovesTheNewOne) {
  write_file(in_folder("file"), bytes_of("old"));
  std::string message;
  {
    const FileSizeLimit limit(1000);
    message = write_error(in_folder("file"), Bytes(5000, 1));
  }
  EXPECT_EQ(message, in_folder("file").string() + ": cannot write: File too large");
  EXPECT_EQ(read_file(in_folder("file")), bytes_of("old"));
  EXPECT_EQ(num_entries(), 1);
}

TEST_F(File, WritingIntoAMissingFolderFails) {
  const auto path = in_folder("absent") / "file";
  EXPECT_EQ(write_error(path, bytes_of("x")),
            path.string() + ": cannot write: No such file or directory");
}

TEST_F(File, WritingIntoAFileAsIfItWereAFolderFails) {
  write_file(in_folder("file"), bytes_of("x"));
  const auto path = in_folder("file") / "inner";
  EXPECT_EQ(write_error(path, bytes_of("x")), path.string() + ": cannot write: Not a directory");
}

TEST_F(File, WritingIntoAReadOnlyFolderFails) {
  if (::geteuid() == 0) {
    GTEST_SKIP() << "root may write into every folder";
  }
  std::filesystem::create_directory(in_folder("locked"));
  std::filesystem::permissions(in_folder("locked"), std::filesystem::perms(0555));
  const auto path = in_folder("locked") / "file";
  EXPECT_EQ(write_error(path, bytes_of("x")), path.string() + ": cannot write: Permission denied");
}

TEST_F(File, AFolderIsNotReplaced) {
  std::filesystem::create_directory(in_folder("inner"));
  EXPECT_EQ(write_error(in_folder("inner"), bytes_of("x")),
            in_folder("inner").string() + ": cannot write: is a folder");
}

TEST_F(File, ADeviceOrPipeIsNotReplaced) {
  ASSERT_EQ(::mkfifo(in_folder("pipe").c_str(), 0600), 0);
  EXPECT_EQ(write_error(in_folder("pipe"), bytes_of("x")),
            in_folder("pipe").string() + ": cannot write: is not a plain file");
  EXPECT_TRUE(std::filesystem::is_fifo(in_folder("pipe")));
}

TEST_F(File, ASymbolicLinkIsReplacedAndItsTargetKept) {
  write_file(in_folder("target"), bytes_of("old"));
  std::filesystem::create_symlink(in_folder("target"), in_folder("link"));
  write_file(in_folder("link"), bytes_of("new"));
  EXPECT_FALSE(std::filesystem::is_symlink(in_folder("link")));
  EXPECT_EQ(read_file(in_folder("link")), bytes_of("new"));
  EXPECT_EQ(read_file(in_folder("target")), bytes_of("old"));
}

TEST_F(File, ANameAsLongAsNamesCanBeWorks) {
  const auto path = in_folder(std::string(255, 'n'));
  write_file(path, bytes_of("x"));
  EXPECT_EQ(read_file(path), bytes_of("x"));
  const auto longer = in_folder(std::string(256, 'n'));
  EXPECT_EQ(write_error(longer, bytes_of("x")),
            longer.string() + ": cannot write: File name too long");
  EXPECT_EQ(num_entries(), 1) << "the temporary file is gone";
}

TEST_F(File, ANameWithoutAFolderIsInTheWorkingFolder) {
  const auto old = std::filesystem::current_path();
  std::filesystem::current_path(in_folder(""));
  write_file("file", bytes_of("x"));
  EXPECT_EQ(read_file("file"), bytes_of("x"));
  std::filesystem::current_path(old);
  EXPECT_TRUE(std::filesystem::exists(in_folder("file")));
}

}  // namespace
}  // namespace gradus
