// SPDX-License-Identifier: MIT
#include "gradus/formats/csv.hpp"

#include <algorithm>
#include <cmath>

#include "fuzz.hpp"

using namespace gradus;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::is_taken([&] {
    const CsvTable table = parse_csv("input", fuzz::as_text({data, size}));
    fuzz::expect(table.num_rows > 0 && table.num_cols() > 0);
    fuzz::expect(table.values.size() == table.num_rows * table.num_cols());
    for (std::size_t i = 0; i < table.values.size(); ++i) {
      const CsvColumn& column = table.columns[i % table.num_cols()];
      const float value = table.values[i];
      fuzz::expect(!std::isinf(value));
      fuzz::expect(!column.is_text || std::isnan(value) ||
                   static_cast<std::size_t>(value) < column.words.size());
    }
    for (const CsvColumn& column : table.columns) {
      fuzz::expect(std::is_sorted(column.words.begin(), column.words.end()));
    }
  });
  return 0;
}
