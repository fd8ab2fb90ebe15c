// SPDX-License-Identifier: MIT
#include "commands/prover_file.hpp"

#include <dlfcn.h>

#include <array>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <system_error>

namespace gradus::cli {
namespace {

struct Found {
  const proof::Prover* prover = nullptr;
  std::string problem = {};  // why there is none
};

Found load() {
  std::error_code ignored;
  const std::filesystem::path here =
      std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
  Found found;
  for (const std::filesystem::path& folder : {here, here / GRADUS_PROVER_FOLDER}) {
    void* const library = dlopen((folder / "gradus_prover.so").c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
      found.problem = dlerror();
      continue;
    }
    const auto get = reinterpret_cast<proof::GetProver>(dlsym(library, proof::get_prover_name));
    if (get != nullptr) {
      return {get()};
    }
    found.problem = dlerror();
  }
  return found;
}

const Found& loaded() {
  static const Found found = load();
  return found;
}

}  // namespace

const proof::Prover* find_prover() {
  return loaded().prover;
}

const proof::Prover& get_prover() {
  if (loaded().prover == nullptr) {
    throw std::runtime_error("the library that proves digits cannot be loaded: " +
                             loaded().problem);
  }
  return *loaded().prover;
}

}  // namespace gradus::cli
