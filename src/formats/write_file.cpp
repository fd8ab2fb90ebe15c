// SPDX-License-Identifier: MIT
#include <fmt/core.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <string>
#include <string_view>
#include <system_error>

#include "file_descriptor.hpp"
#include "gradus/formats/file.hpp"

namespace gradus {
namespace {

std::string complaint(const std::filesystem::path& path, std::string_view reason) {
  return fmt::format("{}: cannot write: {}", path.string(), reason);
}

/// With the reason of the last system call.
[[noreturn]] void fail_with_errno(const std::filesystem::path& path) {
  const int reason = errno;
  const std::string text = complaint(path, std::generic_category().message(reason));
  constexpr std::array of_the_place{EACCES,  EPERM,  EROFS, ENOENT,
                                    ENOTDIR, EISDIR, ELOOP, ENAMETOOLONG};
  if (std::find(of_the_place.begin(), of_the_place.end(), reason) != of_the_place.end()) {
    throw PlaceError(text);
  }
  throw FileError(text);
}

// Renaming over a device would take it away: `--out /dev/null` as root.
void refuse_special_file(const std::filesystem::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
    throw PlaceError(
        complaint(path, S_ISDIR(status.st_mode) ? "is a folder" : "is not a plain file"));
  }
}

/// A new file under a name of its own, removed at the end of the scope unless renamed before.
class TemporaryFile {
 public:
  /// @param target  for which the file stands in; messages name it
  explicit TemporaryFile(const std::filesystem::path& target) : target_(target) {
    do {
      path_ = next_name(target);
      file_ = FileDescriptor(path_, O_WRONLY | O_CREAT | O_EXCL, 0666);
    } while (!file_.is_open() && errno == EEXIST);
    if (!file_.is_open()) {
      fail_with_errno(target_);
    }
    exists_ = true;
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (exists_) {
      ::unlink(path_.c_str());
    }
  }

  void write(std::span<const std::uint8_t> bytes) {
    while (!bytes.empty()) {
      const ssize_t count = ::write(file_.number(), bytes.data(), bytes.size());
      if (count >= 0) {
        bytes = bytes.subspan(static_cast<std::size_t>(count));
      } else if (errno != EINTR) {
        fail_with_errno(target_);
      }
    }
  }

  void sync_and_close() {
    if (::fsync(file_.number()) != 0 || !file_.close()) {
      fail_with_errno(target_);
    }
  }

  void rename_to_target() {
    if (::rename(path_.c_str(), target_.c_str()) != 0) {
      fail_with_errno(target_);
    }
    exists_ = false;
  }

 private:
  // Short and without the target's name, which may already be as long as a name can be.
  static std::filesystem::path next_name(const std::filesystem::path& target) {
    static std::atomic<unsigned> counter{0};
    return target.parent_path() / fmt::format(".gradus-{}-{}.tmp", ::getpid(), ++counter);
  }

  const std::filesystem::path& target_;
  std::filesystem::path path_;
  FileDescriptor file_;
  bool exists_ = false;
};

/// The folder a file is in, open to be synced.
FileDescriptor open_folder(const std::filesystem::path& file) {
  const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
  FileDescriptor descriptor(folder, O_RDONLY | O_DIRECTORY);
  if (!descriptor.is_open()) {
    fail_with_errno(file);
  }
  return descriptor;
}

}  // namespace

void write_file(const std::filesystem::path& path, std::span<const std::uint8_t> bytes) {
  refuse_special_file(path);
  // Opened first: whatever can fail should fail before the old file is replaced.
  const FileDescriptor folder = open_folder(path);
  TemporaryFile temporary(path);
  temporary.write(bytes);
  temporary.sync_and_close();
  temporary.rename_to_target();
  // Some file systems cannot sync a folder; they say EINVAL.
  if (::fsync(folder.number()) != 0 && errno != EINVAL) {
    fail_with_errno(path);
  }
}

void write_text_file(const std::filesystem::path& path, std::string_view text) {
  write_file(path, std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}

}  // namespace gradus
