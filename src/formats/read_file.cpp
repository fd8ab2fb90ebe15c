// SPDX-License-Identifier: MIT
#include <fmt/core.h>
#include <sys/stat.h>

#include <new>
#include <stdexcept>
#include <string_view>
#include <system_error>

#include "file_descriptor.hpp"
#include "gradus/formats/file.hpp"

namespace gradus {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path, std::string_view reason) {
  throw DataError(path.string(), std::nullopt, reason);
}

[[noreturn]] void fail_with(const std::filesystem::path& path, int error_number) {
  fail(path, fmt::format("cannot read: {}", std::generic_category().message(error_number)));
}

/// How many bytes to ask for first: all of a plain file, and one more to see its end.
std::size_t first_request(const std::filesystem::path& path, int descriptor) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) {
    fail_with(path, errno);
  }
  if (S_ISDIR(status.st_mode)) {
    fail(path, "is a folder, expected a file");
  }
  if (S_ISCHR(status.st_mode) || S_ISBLK(status.st_mode)) {
    fail(path, "is a device, expected a file");  // /dev/zero has no end
  }
  constexpr std::size_t smallest = 1 << 16;
  const auto size = static_cast<std::size_t>(S_ISREG(status.st_mode) ? status.st_size : 0);
  return size < smallest ? smallest : size + 1;
}

std::vector<std::uint8_t> read_all(const std::filesystem::path& path, int descriptor) {
  std::vector<std::uint8_t> bytes(first_request(path, descriptor));
  std::size_t num_read = 0;
  for (;;) {
    if (num_read == bytes.size()) {
      bytes.resize(2 * bytes.size());
    }
    const ssize_t count = ::read(descriptor, bytes.data() + num_read, bytes.size() - num_read);
    if (count == 0) {
      bytes.resize(num_read);
      return bytes;
    }
    if (count > 0) {
      num_read += static_cast<std::size_t>(count);
    } else if (errno != EINTR) {
      fail_with(path, errno);
    }
  }
}

}  // namespace

std::vector<std::uint8_t> read_file(const std::filesystem::path& path) {
  const FileDescriptor file(path, O_RDONLY);
  if (!file.is_open()) {
    fail_with(path, errno);
  }
  try {
    return read_all(path, file.number());
  } catch (const std::bad_alloc&) {
    fail(path, "is larger than the memory there is");
  } catch (const std::length_error&) {
    fail(path, "is larger than memory can be");
  }
}

std::string read_text_file(const std::filesystem::path& path) {
  const std::vector<std::uint8_t> bytes = read_file(path);
  return {bytes.begin(), bytes.end()};
}

}  // namespace gradus
