// SPDX-License-Identifier: MIT
#include "fuzz.hpp"
#include "gradus/runs/curve_files.hpp"

using namespace gradus;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::as_text({data, size});
  fuzz::is_taken([&] {
    const auto rows = std::count(text.begin(), text.end(), '\n');
    const std::vector<double> losses = parse_loss_csv("input", text);
    fuzz::expect(static_cast<std::ptrdiff_t>(losses.size()) == rows - 1);
  });
  for (const Task task : {Task::classification, Task::regression}) {
    fuzz::is_taken([&] {
      const std::vector<ScoreRecord> records = parse_score_csv("input", text, task);
      fuzz::expect(std::is_sorted(records.begin(), records.end(), [](const auto& a, const auto& b) {
        return a.iteration < b.iteration;
      }));
      fuzz::expect(std::all_of(records.begin(), records.end(), [&](const auto& record) {
        return record.validation_loss.has_value() == records.front().validation_loss.has_value();
      }));
    });
  }
  return 0;
}
