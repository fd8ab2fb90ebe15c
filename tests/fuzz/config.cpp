// SPDX-License-Identifier: MIT
#include "fuzz.hpp"
#include "gradus/runs/given_options.hpp"
#include "options/config_file.hpp"

using namespace gradus;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::is_taken([&] {
    for (const cli::ConfigEntry& entry :
         cli::parse_config("input", std::string(fuzz::as_text({data, size})))) {
      GivenOptions given;
      given.add(entry.name, entry.text, "input");
      RunOptions options;
      given.read_into(options);
      fuzz::expect(to_json(options).is_object());
    }
  });
  return 0;
}
