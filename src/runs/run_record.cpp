// SPDX-License-Identifier: MIT
#include "gradus/runs/run_record.hpp"

#include <filesystem>
#include <system_error>
#include <utility>
#include <variant>

#include "gradus/core/error.hpp"
#include "gradus/formats/file.hpp"
#include "gradus/runs/curve_files.hpp"
#include "gradus/runs/run_folder.hpp"
#include "gradus/train/classifier.hpp"
#include "gradus/train/evaluate_model.hpp"
#include "gradus/train/plane_answers.hpp"

namespace gradus {
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
  return parse(path.string(), read_text_file(path));
}

Judgement judge(const std::string& name, const AnyModel& model, Dataset dataset, Team& team) {
  Judgement judgement{std::move(dataset), {}, {}, {}};
  check_fit(name, model, judgement.dataset);
  if (!has_regions(model) && !has_curves(model)) {
    judgement.dataset.train = {};
  }
  const Samples& samples = judgement.dataset.test;
  judgement.evaluation = evaluate_model(model, samples, team);
  std::visit(
      [&](const auto& typed) {
        if (typed.task() == Task::classification) {
          Classifier classifier(typed);
          judgement.misreadings = find_misreadings(classifier, samples);
        } else {
          Regressor regressor(typed);
          judgement.misses = find_misses(regressor, samples);
        }
      },
      model);
  return judgement;
}

}  // namespace

RunRecord read_run_record(const std::string& folder) {
  const fs::path path(folder);
  if (!is_there(path / run_file)) {
    throw DataError(folder, std::nullopt,
                    "is not the folder of a training run: there is no run.json in it");
  }
  RunRecord run;
  run.folder = folder;
  run.description = read_run(path);
  run.losses = parsed(path / loss_file, parse_loss_csv);
  run.task = task_in(run.description);
  run.records =
      parsed(path / score_file(run.task), [&run](std::string_view name, std::string_view text) {
        return parse_score_csv(name, text, run.task);
      });
  return run;
}

RunInside look_inside(const RunRecord& run, const std::function<Dataset()>& load, bool is_asked,
                      Team& team) {
  RunInside inside;
  const std::string path = (fs::path(run.folder) / model_file).string();
  if (!is_there(path)) {
    return inside;
  }
  inside.model = load_model(path);
  try {
    inside.judgement = judge(path, *inside.model, load(), team);
  } catch (const Error& error) {
    if (is_asked) {
      throw;
    }
    inside.problem = error.what();
  }
  return inside;
}

}  // namespace gradus
