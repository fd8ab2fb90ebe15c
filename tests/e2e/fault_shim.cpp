// SPDX-License-Identifier: MIT
// Loaded before the program (LD_PRELOAD) to end it, or to fail a call, at a chosen moment of
// writing a file:
//
//   GRADUS_FAULT_CALL    write, fsync (of a file), fsync_folder or rename
//   GRADUS_FAULT_NUMBER  at which call of that kind, from 1, that touches what counts
//   GRADUS_FAULT_ERROR   the errno to fail with; 0 kills the program as kill -9 does
//   GRADUS_FAULT_FOLDER  part of the names of what counts; that of a folder ends with a slash
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

std::atomic<int> num_calls{0};

const char* setting(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// Whether this call is the one that fails; does not come back when it is the one to die at.
bool is_chosen(const char* call, const char* path) {
  if (std::strcmp(call, setting("GRADUS_FAULT_CALL")) != 0 ||
      std::strstr(path, setting("GRADUS_FAULT_FOLDER")) == nullptr ||
      ++num_calls != std::atoi(setting("GRADUS_FAULT_NUMBER"))) {
    return false;
  }
  errno = std::atoi(setting("GRADUS_FAULT_ERROR"));
  if (errno == 0) {
    ::kill(::getpid(), SIGKILL);
  }
  return true;
}

bool is_folder(int file) {
  struct stat status {};
  return ::fstat(file, &status) == 0 && S_ISDIR(status.st_mode);
}

bool is_chosen(const char* call, int file) {
  char link[64];
  char path[4096] = {};
  std::snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  if (::readlink(link, path, sizeof path - 2) <= 0) {
    return false;
  }
  if (is_folder(file)) {
    std::strcat(path, "/");
  }
  return is_chosen(call, path);
}

template <class Function>
Function* real(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

ssize_t write(int file, const void* bytes, size_t count) {
  static auto* const real_write = real<ssize_t(int, const void*, size_t)>("write");
  return is_chosen("write", file) ? -1 : real_write(file, bytes, count);
}

int fsync(int file) {
  static auto* const real_fsync = real<int(int)>("fsync");
  return is_chosen(is_folder(file) ? "fsync_folder" : "fsync", file) ? -1 : real_fsync(file);
}

int rename(const char* from, const char* to) {
  static auto* const real_rename = real<int(const char*, const char*)>("rename");
  return is_chosen("rename", to) ? -1 : real_rename(from, to);
}

}  // extern "C"
