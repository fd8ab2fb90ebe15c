// SPDX-License-Identifier: MIT
// Runs a program and tells how it ended and the most memory it had:
//
//   peak_memory FILE_NUMBER PROGRAM [ARGUMENT ...]
//
// writes "STATUS KIBIBYTES" there, STATUS as wait() has it. A child begins with the peak of its
// parent on its account, so the parent has to be smaller than a Python.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv) {
  if (argc < 3) {
    return 2;
  }
  const int report = std::atoi(argv[1]);
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(report);
    ::execv(argv[2], argv + 2);
    ::_exit(127);
  }
  int status = 0;
  rusage usage{};
  if (child < 0 || ::wait4(child, &status, 0, &usage) != child) {
    return 1;
  }
  return ::dprintf(report, "%d %ld\n", status, usage.ru_maxrss) > 0 ? 0 : 1;
}
