// SPDX-License-Identifier: MIT
#include "gradus/formats/csv.hpp"

#include <cmath>

#include "fuzz.hpp"

using namespace gradus;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::is_taken([&] {
    const CsvTable table = parse_csv("input", fuzz::as_text({data, size}));
    fuzz::expect(table.num_rows > 0 && table.num_cols > 0);
    fuzz::expect(table.values.size() == table.num_rows * table.num_cols);
    fuzz::expect(table.names.empty() || table.names.size() == table.num_cols);
    fuzz::expect(std::all_of(table.values.begin(), table.values.end(),
                             [](float value) { return std::isfinite(value); }));
  });
  return 0;
}
