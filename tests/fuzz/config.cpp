// SPDX-License-Identifier: MIT
#include "fuzz.hpp"
#include "option_parsing.hpp"

using namespace gradus;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::is_taken([&] {
    for (const std::string& argument :
         cli::parse_config("input", std::string(fuzz::as_text({data, size})))) {
      fuzz::expect(argument.starts_with("--") && argument.find('=') != std::string::npos);
    }
  });
  return 0;
}
