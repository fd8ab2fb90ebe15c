// SPDX-License-Identifier: MIT
// Stands in for libFuzzer where it is not: runs a target over every file of the folders given.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <vector>

#include "fuzz.hpp"
#include "gradus/formats/file.hpp"

int main(int argc, char** argv) {
  namespace fs = std::filesystem;
  std::vector<fs::path> seeds;
  for (const char* folder : std::span(argv, static_cast<std::size_t>(argc)).subspan(1)) {
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
      seeds.push_back(entry.path());
    }
  }
  std::sort(seeds.begin(), seeds.end());
  for (const fs::path& seed : seeds) {
    std::printf("%s\n", seed.c_str());
    std::fflush(stdout);  // the last line names the one that ends the program
    const auto bytes = gradus::read_file(seed);
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
  }
  std::printf("%zu seeds\n", seeds.size());
  return seeds.empty() ? 1 : 0;
}
