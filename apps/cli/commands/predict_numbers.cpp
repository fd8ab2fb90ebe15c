// SPDX-License-Identifier: MIT
#include "commands/predict_numbers.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "gradus/core/error.hpp"
#include "gradus/formats/json.hpp"
#include "gradus/train/evaluate_model.hpp"
#include "gradus/train/regressor.hpp"

namespace gradus::cli {
namespace {

struct Answer {
  std::string file;
  std::string name;  // the file, and the index where it can hold many
  std::size_t index = 0;
  std::vector<double> values;
};

template <Real T>
std::vector<Answer> answers_to(Regressor<T>& regressor, const std::vector<SampleFile>& files) {
  std::vector<Answer> answers;
  for (const SampleFile& file : files) {
    for (std::size_t i = 0; i < file.num_samples(); ++i) {
      Answer answer{file.path, file.is_list ? fmt::format("{}[{}]", file.path, i) : file.path, i,
                    regressor.values(file.sample(i))};
      if (!is_finite<double>(answer.values)) {
        throw DataError(file.path, std::nullopt,
                        (file.is_list ? fmt::format("sample {}: ", i) : "") +
                            no_finite_answer(largest_size(file.sample(i)),
                                             largest_size<T>(regressor.model().parameters)));
      }
      answers.push_back(std::move(answer));
    }
  }
  return answers;
}

template <Real T>
void print_table(const std::vector<Answer>& answers, const Model<T>& model) {
  std::size_t width = 4;
  for (const Answer& answer : answers) {
    width = std::max(width, answer.name.size());
  }
  std::vector<std::size_t> widths;
  fmt::print("{:<{}}", "file", width);
  for (std::size_t k = 0; k < model.targets.num_columns(); ++k) {
    widths.push_back(std::max<std::size_t>(12, model.target_name(k).size()));
    fmt::print("  {:>{}}", model.target_name(k), widths[k]);
  }
  fmt::print("\n");
  for (const Answer& answer : answers) {
    fmt::print("{:<{}}", answer.name, width);
    for (std::size_t k = 0; k < answer.values.size(); ++k) {
      fmt::print("  {:>{}.6g}", answer.values[k], widths[k]);
    }
    fmt::print("\n");
  }
}

}  // namespace

template <Real T>
void predict_numbers(Model<T> model, const std::vector<SampleFile>& files, bool is_json) {
  Regressor<T> regressor(std::move(model));
  const std::vector<Answer> answers = answers_to(regressor, files);
  if (!is_json) {
    print_table(answers, regressor.model());
    return;
  }
  for (const Answer& answer : answers) {
    Json json;
    json["file"] = answer.file;
    json["index"] = answer.index;
    json["values"] = Json::object();
    for (std::size_t k = 0; k < answer.values.size(); ++k) {
      json["values"][regressor.model().target_name(k)] = answer.values[k];
    }
    fmt::print("{}\n", json.to_text());
  }
}

template void predict_numbers<float>(Model<float>, const std::vector<SampleFile>&, bool);
template void predict_numbers<double>(Model<double>, const std::vector<SampleFile>&, bool);

}  // namespace gradus::cli
