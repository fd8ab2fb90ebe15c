// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <type_traits>

#include "commands/commands.hpp"
#include "commands/gradient_times.hpp"
#include "commands/training_report.hpp"
#include "downloads/sha256.hpp"
#include "gradus/core/counted.hpp"
#include "gradus/core/error.hpp"
#include "gradus/formats/file.hpp"
#include "gradus/formats/json.hpp"
#include "gradus/math/instruction_set.hpp"
#include "gradus/runs/checkpoint_clock.hpp"
#include "gradus/runs/resume.hpp"
#include "gradus/runs/run_folder.hpp"
#include "gradus/texts/divergence_text.hpp"
#include "gradus/train/data_diagnosis.hpp"
#include "gradus/train/model.hpp"
#include "gradus/train/trainer.hpp"
#include "inputs/data_source.hpp"
#include "options/run_arguments.hpp"
#include "terminal/console.hpp"
#include "terminal/fit_lines.hpp"
#include "terminal/report.hpp"
#include "terminal/warnings.hpp"

namespace gradus::cli {
namespace {

struct TrainFlags {
  RunArguments run;
  std::string out;
  std::string resume;  // the folder of a run to go on with; none when empty
  bool is_json = false;
  bool is_quiet = false;
};

/// A numerical gradient takes long, and the plain way to get it would take much longer.
void say_how_long(const Report& report, const Trainer<double>& trainer, const Dataset& dataset,
                  Team& team) {
  const GradientTimes times = time_numerical_gradient(trainer.options(), dataset, team);
  const auto num_iterations = static_cast<double>(trainer.options().num_iterations);
  report.say(
      "gradient  numerical: two losses for each of the parameters, about {} in all;\n"
      "          computing every loss from the first layer on would take {}\n",
      duration_text(times.structured * num_iterations),
      duration_text(times.plain * num_iterations));
}

void say_how_to_continue(const Report& report, const std::filesystem::path& run) {
  report.conclude("continue  {} train --resume {}\n", program_name(), shell_word(run.string()));
}

template <Real T>
TrainingResult run_and_record(Trainer<T>& trainer, Task task, RunFolder& folder,
                              CheckpointWriter& writer, const Report& report, bool is_quiet) {
  const std::string_view score = task == Task::classification ? "acc" : "R2";
  CheckpointClock<T> clock(trainer, folder, writer);
  ProgressLine progress("iterations", !is_quiet);
  const TrainingObserver observer{
      .on_iteration =
          [&](std::uint64_t iteration, double loss) {
            folder.curves().write(iteration, loss);
            if (progress.is_due()) {
              progress.show(iteration + 1, trainer.options().num_iterations,
                            fmt::format("loss {:.3f}", loss));
            }
          },
      .on_record =
          [&](const ScoreRecord& record) {
            folder.curves().write(record);
            progress.clear();
            report.say("train {0}, test {0} | {1:.4f}, {2:.4f}", score, record.train_score,
                       record.test_score);
            if (record.validation_score) {
              report.say("  validation {}, loss | {:.4f}, {:.4f}", score, *record.validation_score,
                         *record.validation_loss);
            }
            report.say("\n");
          },
      .on_finding =
          [&](const Finding& finding) {
            progress.clear();
            warn(finding, &trainer.options());
          },
      .should_stop = was_interrupted,
      .on_safe_point =
          [&](std::uint64_t iteration, bool is_stopping) {
            clock.tick(iteration, is_stopping);
            if (is_stopping && was_interrupted()) {  // at once: what follows takes its time
              progress.clear();
              report.say("stopped   by Ctrl-C after {} iterations\n", with_commas(iteration));
              say_how_to_continue(report, folder.path());
            }
          },
  };
  return trainer.run(observer);
}

template <Real T>
Json outcome(const Trainer<T>& trainer, const Dataset& dataset, const TrainingResult& result,
             std::vector<Finding> warnings, const RunFolder& folder) {
  const bool has_diverged = result.stop_reason == StopReason::diverged;
  const auto unless_diverged = [&](double number) { return has_diverged ? Json() : Json(number); };
  Json json;
  if (dataset.task() == Task::classification) {
    json["test_accuracy"] = unless_diverged(result.test.accuracy());
    json["train_accuracy"] = unless_diverged(result.train.accuracy());
  } else {
    json["test_r2"] = or_null(result.test.fit.r2);
    json["test_r2_error"] = or_null(result.test.fit.r2_error);
    json["train_r2"] = or_null(result.train.fit.r2);
    json["targets"] = targets_to_json(result.test.fit, dataset.target_names());
  }
  json["loss"] = unless_diverged(result.train.loss);
  json["iterations"] = result.num_iterations;
  json["seconds"] = result.seconds;
  json["train_seconds"] = result.train_seconds;
  json["seed"] = trainer.options().seed;
  json["stop_reason"] = to_string(result.stop_reason);
  json["parameters_sha256"] = Sha256().add(trainer.parameters()).hex();
  json["run"] = folder.path().string();
  warnings.insert(warnings.end(), result.findings.begin(), result.findings.end());
  json["warnings"] = warnings_to_json(warnings, &trainer.options());
  if (result.divergence) {
    json["divergence"] = divergence_to_json(*result.divergence, trainer.options());
  }
  return json;
}

int diverged(const TrainingResult& result, const TrainingOptions& options,
             const RunFolder& folder) {
  const Explanation explanation = explain(Language::english, *result.divergence, options);
  print_error(
      "gradus: training diverged at iteration {}: {}; no model was saved in {}\n"
      "        try: {}\n",
      with_commas(result.num_iterations), explanation.seen, folder.path().string(),
      explanation.advice);
  return exit_failed;
}

/// Sets the trainer to the newest checkpoint of the run, if it has one.
/// @returns  the iteration to go on at
template <Real T>
std::uint64_t go_on(Trainer<T>& trainer, const RunFolder& folder) {
  const FoundCheckpoint<T> found = find_checkpoint<T>(folder.path());
  for (std::size_t i = 0; i < found.damages.size(); ++i) {
    const bool is_last = i + 1 == found.damages.size() && !found.checkpoint;
    print_error("gradus: {}; {}\n", found.damages[i],
                is_last ? "the run begins anew" : "the one before it is used");
  }
  if (!found.checkpoint) {
    return 0;
  }
  trainer.resume(*found.checkpoint);
  return found.checkpoint->iteration;
}

/// What a run is asked to do, and where that was said.
struct Asked {
  RunOptions options;
  GivenOptions given;
};

/// Names the file that an option is from when it fits nothing else.
template <class Function>
void fit(const Asked& asked, std::string_view option, const Function& function) {
  try {
    function();
  } catch (const ValueError& error) {
    asked.given.blame(option, error.what());
  }
}

template <Real T>
int train(const TrainFlags& flags, Asked& asked, const Dataset& dataset,
          const std::string& data_sha256, RunFolder& folder, Team& team) {
  const Report report(flags.is_json, flags.is_quiet);
  Trainer<T> trainer(dataset, asked.options.training, team);
  asked.options.training = trainer.options();
  if (!flags.resume.empty()) {
    check_same_options(flags.resume, folder.description(), asked.options, asked.given);
  }
  describe_training(report, trainer.options(), dataset, trainer.scaling().is_standardized(),
                    trainer.network().num_parameters());
  std::uint64_t first_iteration = 0;
  if (!flags.resume.empty()) {
    first_iteration = go_on(trainer, folder);
    report.say("resumed   {} at iteration {}\n", folder.path().string(),
               with_commas(first_iteration));
  }
  const Json options = to_json(asked.options);
  folder.begin(trainer.options().num_validation > 0, first_iteration,
               {{"options", options},
                {"training_step", trainer.step_id()},
                {"input_scale", trainer.scaling().factor},
                {"standardized", trainer.scaling().is_standardized()},
                {"data_sha256", data_sha256},
                {"instruction_set", instruction_sets().front()}},
               dataset.task());
  CheckpointWriter writer(folder.path(), [](const std::string& reason) {
    print_error("gradus: warning: a checkpoint is lost: {}; training goes on\n", reason);
  });
  std::vector<Finding> data_findings = diagnose_data(dataset, trainer.scaling().is_standardized());
  if (auto spare = find_spare_outputs(trainer.options().network, dataset)) {
    data_findings.push_back(*std::move(spare));
  }
  for (const Finding& finding : data_findings) {
    warn(finding, &trainer.options());
  }

  if constexpr (std::is_same_v<T, double>) {
    if (trainer.options().gradient == GradientMethod::numerical && !flags.is_quiet) {
      say_how_long(report, trainer, dataset, team);
    }
  }
  const TrainingResult result =
      run_and_record(trainer, dataset.task(), folder, writer, report, flags.is_quiet);
  const Json json = outcome(trainer, dataset, result, data_findings, folder);
  const std::string model = folder.model_path().string();
  const bool has_diverged = result.stop_reason == StopReason::diverged;
  if (has_diverged) {
    folder.remove_model();
  } else {
    save_model<T>(model, trainer.model());  // first of all: it is what the time was spent on
  }
  const std::string lost = writer.finish();
  if (result.stop_reason == StopReason::interrupted && !lost.empty()) {
    throw FileError(lost);
  }
  folder.finish(status_of(result.stop_reason), json);
  if (result.stop_reason != StopReason::interrupted) {
    writer.remove_all();  // nobody needs them any more, nor those that could not be written
  }
  if (flags.is_json) {
    fmt::print("{}\n", json.to_text());
  }
  if (has_diverged) {
    return diverged(result, trainer.options(), folder);
  }
  conclude_training(report, dataset, result, trainer.options().seed, model);
  if (result.stop_reason != StopReason::interrupted) {
    suggest_next(report, asked.options, model);
  }
  return result.stop_reason == StopReason::interrupted ? exit_interrupted : exit_done;
}

Dataset load_data(const TrainFlags& flags, const RunOptions& options, Team& team) {
  try {
    return load_dataset(options.data, options.table, team);
  } catch (const DataError& error) {
    if (flags.resume.empty()) {
      throw;
    }
    throw ValueError(
        fmt::format("--resume {}: what the run learns from is not there: {}; say with "
                    "--data where it is now",
                    flags.resume, error.what()));
  }
}

int run_train_in(RunFolder& folder, const TrainFlags& flags, Asked& asked) {
  Team team(asked.options.num_threads);
  const Dataset dataset = load_data(flags, asked.options, team);
  if (was_interrupted()) {
    if (!flags.resume.empty()) {
      say_how_to_continue(Report(flags.is_json, flags.is_quiet), folder.path());
    }
    return exit_interrupted;
  }
  const std::string data_sha256 = checksum(dataset);
  check_same_data(flags.resume, folder.description(), data_sha256);
  fit(asked, "layers", [&] { fit_layers(asked.options, dataset); });
  fit_batch(asked.options, dataset);
  fit_method(asked.options, dataset);
  return asked.options.precision == "double"
             ? train<double>(flags, asked, dataset, data_sha256, folder, team)
             : train<float>(flags, asked, dataset, data_sha256, folder, team);
}

int run_new(const TrainFlags& flags) {
  Asked asked;
  asked.given = with_config(flags.run);
  asked.given.read_into(asked.options);
  fit(asked, "precision", [&] { fit_precision(asked.options); });
  asked.given.expect_effect(asked.options);
  RunFolder folder(flags.out, "gradus " GRADUS_VERSION, asked.options);
  return run_train_in(folder, flags, asked);
}

/// Goes on with a run as it was begun. What is said besides must be the same.
int run_resumed(const TrainFlags& flags) {
  if (!flags.out.empty()) {
    throw ValueError("--out: a run that is resumed stays where it is");
  }
  const GivenOptions now = with_config(flags.run);
  RunFolder folder(flags.resume, RunFolder::Unfinished{});
  Asked asked;
  asked.given = given_by_run(folder.description(), (folder.path() / run_file).string());
  asked.given.give_way_to(now);
  asked.given.read_into(asked.options);
  fit(asked, "precision", [&] { fit_precision(asked.options); });
  if (const auto missing = use_instructions_of(folder.description())) {
    print_error(
        "gradus: warning: the run was begun with {} instructions, and this machine has {}: from "
        "here on its last bits are others\n",
        *missing, instruction_sets().front());
  }
  return run_train_in(folder, flags, asked);
}

int run_train(const TrainFlags& flags) {
  catch_interrupt();
  return flags.resume.empty() ? run_new(flags) : run_resumed(flags);
}

}  // namespace

void set_up_train(Command& command) {
  auto flags = std::make_shared<TrainFlags>();
  command.footer(
      "Examples\n"
      "  gradus train\n"
      "  gradus train --data mnist --seed 2\n"
      "  gradus train --layers 784,256,128,10 --activation relu --init he --optimizer adam \\\n"
      "    --lr 0.001 --sampling shuffle --epochs 15 --validation 5000 --early-stop 3\n"
      "  gradus train --resume runs/1");
  add_run_options(command, flags->run);
  command.add_option("--out", "folder of the run", "runs/1, runs/2, ...",
                     [flags](const std::string& text) { flags->out = text; });
  command.add_option("--resume", "folder of a run to go on with, after Ctrl-C or a crash", "",
                     [flags](const std::string& text) {
                       if (text.empty()) {
                         throw ValueError("got \"\", expected the folder of a run");
                       }
                       flags->resume = text;
                     });
  command.add_flag("--json", flags->is_json, "end with one line of JSON on stdout");
  command.add_flag("--quiet", flags->is_quiet, "say only what came out");
  command.on_run([flags] { return run_train(*flags); });
}

}  // namespace gradus::cli
