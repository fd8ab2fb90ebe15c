// SPDX-License-Identifier: MIT
#include "run_record.hpp"

#include <filesystem>
#include <system_error>
#include <utility>
#include <variant>

#include "console.hpp"
#include "data_source.hpp"
#include "evaluation.hpp"
#include "gradus/core/error.hpp"
#include "gradus/formats/file.hpp"
#include "gradus/train/curve_files.hpp"
#include "run_folder.hpp"

namespace gradus::cli {
namespace {

namespace fs = std::filesystem;

bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

/// What a parser makes of a file; nothing of one that is not there yet.
template <class Parse>
auto parsed(const fs::path& path, const Parse& parse) -> decltype(parse("", "")) {
  if (!is_there(path)) {
    return {};
  }
  const auto bytes = read_file(path);
  return parse(path.string(), std::string(bytes.begin(), bytes.end()));
}

Judgement judge(const std::string& name, const AnyModel& model, const std::string& data) {
  Team team(default_num_threads());
  Judgement judgement{load_dataset(data, team), {}, {}};
  Dataset& dataset = judgement.dataset;
  check_fit(name, model, dataset);
  dataset.train = {};
  judgement.evaluation = evaluate_model(model, dataset.test, team);
  judgement.misreadings = std::visit(
      [&dataset](const auto& typed) {
        Classifier classifier(typed);
        return find_misreadings(classifier, dataset.test);
      },
      model);
  return judgement;
}

}  // namespace

RunRecord read_run_record(const std::string& folder) {
  if (!is_there(run_path(folder))) {
    throw DataError(folder, std::nullopt,
                    "is not the folder of a training run: there is no run.json in it");
  }
  const fs::path path(folder);
  RunRecord run{folder, read_run(folder), {folder, {}, {}}};
  run.curves.losses = parsed(path / "loss.csv", parse_loss_csv);
  run.curves.records = parsed(path / "accuracy.csv", parse_accuracy_csv);
  return run;
}

RunInside look_inside(const RunRecord& run, const std::string& data) {
  RunInside inside;
  const std::string path = (fs::path(run.folder) / "model.safetensors").string();
  if (!is_there(path)) {
    return inside;
  }
  inside.model = load_model(path);
  try {
    inside.judgement = judge(path, *inside.model, data.empty() ? data_of_run(path) : data);
  } catch (const Error& error) {
    if (!data.empty()) {
      throw;
    }
    inside.problem = error.what();
  }
  return inside;
}

}  // namespace gradus::cli
