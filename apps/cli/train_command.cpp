// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <type_traits>

#include "commands.hpp"
#include "console.hpp"
#include "data_source.hpp"
#include "finding_texts.hpp"
#include "gradient_times.hpp"
#include "gradus/core/error.hpp"
#include "gradus/formats/file.hpp"
#include "gradus/math/instruction_set.hpp"
#include "gradus/train/data_diagnosis.hpp"
#include "gradus/train/model.hpp"
#include "gradus/train/trainer.hpp"
#include "option_parsing.hpp"
#include "resume.hpp"
#include "run_folder.hpp"
#include "sha256.hpp"
#include "training_flags.hpp"

namespace gradus::cli {
namespace {

using nlohmann::ordered_json;

struct TrainFlags {
  TrainingFlags training;
  std::string out;
  std::string resume;  // the folder of a run to go on with; none when empty
  bool is_json = false;
  bool is_quiet = false;
};

/// Where sentences for people go: stdout, or stderr when stdout is for JSON; nowhere when quiet.
class Report {
 public:
  explicit Report(const TrainFlags& flags)
      : stream_(flags.is_json ? stderr : stdout), is_quiet_(flags.is_quiet) {}

  /// What happens along the way.
  template <class... Arguments>
  void say(fmt::format_string<Arguments...> format, Arguments&&... arguments) const {
    if (!is_quiet_) {
      conclude(format, std::forward<Arguments>(arguments)...);
    }
  }

  /// What came out: said in any case.
  template <class... Arguments>
  void conclude(fmt::format_string<Arguments...> format, Arguments&&... arguments) const {
    if (stream_ == stderr) {
      print_error(format, std::forward<Arguments>(arguments)...);
    } else {
      fmt::print(format, std::forward<Arguments>(arguments)...);
      std::fflush(stdout);
    }
  }

 private:
  std::FILE* stream_;
  bool is_quiet_;
};

template <Real T>
void describe_run(const Report& report, const Trainer<T>& trainer, const Dataset& dataset) {
  const TrainingOptions& options = trainer.options();
  report.say("data      {}\n", describe(dataset));
  report.say("network   {} {}, {} parameters\n", fmt::join(options.network.layer_sizes, "-"),
             options.network.activation, with_commas(trainer.network().num_parameters()));
  report.say("training  {}, {}, learning rate {}, batches of {}, {} iterations\n", options.loss,
             options.optimizer.id, options.schedule.learning_rate, options.batch_size,
             with_commas(options.num_iterations));
  if (options.num_validation > 0) {
    report.say("          {} training samples held out for validation\n",
               with_commas(options.num_validation));
  }
  report.say("seed      {}\n", options.seed);
}

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

/// Hands a checkpoint to the writer every epoch and every ten seconds, and at the end. Epochs too
/// short for what a checkpoint costs share one.
template <Real T>
class CheckpointClock {
  using Clock = std::chrono::steady_clock;

 public:
  CheckpointClock(const Trainer<T>& trainer, RunFolder& folder, CheckpointWriter& writer)
      : trainer_(trainer), folder_(folder), writer_(writer) {}

  void tick(std::uint64_t iteration, bool is_stopping) {
    constexpr std::chrono::seconds longest_wait{10};
    constexpr int shares = 100;  // 1 % of the time, and as much again for the thread that writes
    const auto waited = Clock::now() - last_;
    const bool is_due = (iteration % trainer_.epoch_length() == 0 && waited >= shares * cost_) ||
                        waited >= longest_wait;
    if (iteration == 0 || !(is_due || is_stopping) || !are_finite<T>(trainer_.parameters())) {
      return;
    }
    const auto start = Clock::now();
    folder_.flush();
    writer_.submit(iteration, serialize_checkpoint(trainer_.checkpoint()));
    last_ = Clock::now();
    cost_ = last_ - start;
  }

 private:
  const Trainer<T>& trainer_;
  RunFolder& folder_;
  CheckpointWriter& writer_;
  Clock::time_point last_ = Clock::now();
  Clock::duration cost_{0};  // of the last one, to the training
};

void say_how_to_continue(const Report& report, const std::filesystem::path& run) {
  report.conclude("continue  {} train --resume {}\n", program_name(), shell_word(run.string()));
}

template <Real T>
TrainingResult run_and_record(Trainer<T>& trainer, RunFolder& folder, CheckpointWriter& writer,
                              const Report& report, bool is_quiet) {
  CheckpointClock<T> clock(trainer, folder, writer);
  ProgressLine progress("iterations", !is_quiet);
  const TrainingObserver observer{
      .on_iteration =
          [&](std::uint64_t iteration, double loss) {
            folder.write_loss(iteration, loss);
            if (progress.is_due()) {
              progress.show(iteration + 1, trainer.options().num_iterations,
                            fmt::format("loss {:.3f}", loss));
            }
          },
      .on_record =
          [&](const AccuracyRecord& record) {
            folder.write_accuracy(record);
            progress.clear();
            report.say("train acc, test acc | {:.4f}, {:.4f}", record.train_accuracy,
                       record.test_accuracy);
            if (record.validation_accuracy) {
              report.say("  validation acc, loss | {:.4f}, {:.4f}", *record.validation_accuracy,
                         *record.validation_loss);
            }
            report.say("\n");
          },
      .on_finding =
          [&](const Finding& finding) {
            progress.clear();
            warn(finding, trainer.options());
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
ordered_json outcome(const Trainer<T>& trainer, const TrainingResult& result,
                     std::vector<Finding> warnings, const RunFolder& folder) {
  const bool has_diverged = result.stop_reason == StopReason::diverged;
  const auto unless_diverged = [&](double number) {
    return has_diverged ? ordered_json() : ordered_json(number);
  };
  ordered_json json;
  json["test_accuracy"] = unless_diverged(result.test.accuracy());
  json["train_accuracy"] = unless_diverged(result.train.accuracy());
  json["loss"] = unless_diverged(result.train.loss);
  json["iterations"] = result.num_iterations;
  json["seconds"] = result.seconds;
  json["train_seconds"] = result.train_seconds;
  json["seed"] = trainer.options().seed;
  json["stop_reason"] = to_string(result.stop_reason);
  json["parameters_sha256"] = Sha256().add(trainer.parameters()).hex();
  json["run"] = folder.path().string();
  warnings.insert(warnings.end(), result.findings.begin(), result.findings.end());
  json["warnings"] = to_json(warnings, trainer.options());
  if (result.divergence) {
    json["divergence"] = to_json(*result.divergence, trainer.options());
  }
  return json;
}

/// What to try next. The larger net is for images like MNIST's.
void suggest(const Report& report, const TrainFlags& flags, const NetworkOptions& network,
             const std::string& model) {
  const std::string program = program_name();
  report.say("next      {} evaluate {}\n", program, shell_word(model));
  if (!flags.training.has_layers && network.layer_sizes.front() == 784) {
    report.say(
        "          {} train --data {} --layers 784,256,128,{} \\\n"
        "            --activation relu --init he --optimizer adam --lr 0.001 --sampling shuffle "
        "\\\n"
        "            --epochs 15\n",
        program, shell_word(flags.training.data), network.layer_sizes.back());
  }
}

void conclude(const Report& report, const TrainFlags& flags, const TrainingResult& result,
              const std::string& model) {
  if (result.stop_reason == StopReason::early_stop) {
    report.say(
        "stopped   early: the validation loss no longer fell; the best parameters are kept\n");
  }
  report.conclude(
      "accuracy  {:.2f} % ± {:.2f} of the test samples, {:.2f} % of the training samples\n",
      100 * result.test.accuracy(), 100 * result.test.accuracy_error(),
      100 * result.train.accuracy());
  report.say("time      {} for {} iterations, {} of it training\n", duration_text(result.seconds),
             with_commas(result.num_iterations), duration_text(result.train_seconds));
  report.conclude("written   {}  (seed {})\n", model, flags.training.options.seed);
}

int diverged(const TrainingResult& result, const TrainingOptions& options,
             const RunFolder& folder) {
  const Explanation explanation = explain(*result.divergence, options);
  print_error(
      "gradus: training diverged at iteration {}: {}; no model was saved in {}\n"
      "        try: {}\n",
      with_commas(result.num_iterations), explanation.seen, folder.path().string(),
      explanation.advice);
  return exit_failed;
}

template <Real T>
int train(const TrainFlags& flags, const Dataset& dataset, const std::string& data_sha256,
          RunFolder& folder, Team& team) {
  const Report report(flags);
  Trainer<T> trainer(dataset, flags.training.options, team);
  TrainingFlags resolved = flags.training;
  resolved.options = trainer.options();
  if (!flags.resume.empty()) {
    check_same_options(flags.resume, folder.description(), to_json(resolved));
  }
  describe_run(report, trainer, dataset);
  std::uint64_t first_iteration = 0;
  if (!flags.resume.empty()) {
    if (const auto checkpoint = latest_checkpoint<T>(folder.path())) {
      trainer.resume(*checkpoint);
      first_iteration = checkpoint->iteration;
    }
    report.say("resumed   {} at iteration {}\n", folder.path().string(),
               with_commas(first_iteration));
  }
  folder.begin(resolved.options.num_validation > 0, first_iteration);
  folder.update({{"status", "running"},
                 {"options", to_json(resolved)},
                 {"training_step", trainer.step_id()},
                 {"input_scale", input_scale(dataset.train)},
                 {"data_sha256", data_sha256},
                 {"instruction_set", instruction_sets().front()}});
  CheckpointWriter writer(folder.path());
  const std::vector<Finding> data_findings = diagnose_data(dataset);
  for (const Finding& finding : data_findings) {
    warn(finding, trainer.options());
  }

  if constexpr (std::is_same_v<T, double>) {
    if (trainer.options().gradient == GradientMethod::numerical && !flags.is_quiet) {
      say_how_long(report, trainer, dataset, team);
    }
  }
  const TrainingResult result = run_and_record(trainer, folder, writer, report, flags.is_quiet);
  const ordered_json json = outcome(trainer, result, data_findings, folder);
  const std::string model = (folder.path() / "model.safetensors").string();
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
  folder.finish({{"status", to_string(result.stop_reason)}, {"result", json}});
  if (result.stop_reason != StopReason::interrupted) {
    writer.remove_all();  // nobody needs them any more, nor those that could not be written
  }
  if (flags.is_json) {
    fmt::print("{}\n", to_text(json, -1));
  }
  if (has_diverged) {
    return diverged(result, trainer.options(), folder);
  }
  conclude(report, flags, result, model);
  if (result.stop_reason != StopReason::interrupted) {
    suggest(report, flags, resolved.options.network, model);
  }
  return result.stop_reason == StopReason::interrupted ? exit_interrupted : exit_done;
}

Dataset load_data(const TrainFlags& flags, Team& team) {
  try {
    return load_dataset(flags.training.data, team);
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

int run_train_in(RunFolder& folder, TrainFlags& flags) {
  Team team(flags.training.num_threads);
  const Dataset dataset = load_data(flags, team);
  if (was_interrupted()) {
    if (!flags.resume.empty()) {
      say_how_to_continue(Report(flags), folder.path());
    }
    return exit_interrupted;
  }
  const std::string data_sha256 = checksum(dataset);
  check_same_data(flags.resume, folder.description(), data_sha256);
  fit_layers(flags.training, dataset);
  return flags.training.precision == "double"
             ? train<double>(flags, dataset, data_sha256, folder, team)
             : train<float>(flags, dataset, data_sha256, folder, team);
}

int run_train(TrainFlags flags) {
  catch_interrupt();
  fit_precision(flags.training);
  if (!flags.resume.empty()) {
    if (!flags.out.empty()) {
      throw ValueError("--out: a run that is resumed stays where it is");
    }
    RunFolder folder(flags.resume, RunFolder::Unfinished{});
    use_instructions_of(folder.description());
    return run_train_in(folder, flags);
  }
  RunFolder folder(flags.out, {{"program", "gradus " GRADUS_VERSION},
                               {"status", "running"},
                               {"options", to_json(flags.training)}});
  return run_train_in(folder, flags);
}

}  // namespace

void set_up_train(CLI::App& command, int& exit_code) {
  auto flags = std::make_shared<TrainFlags>();
  command.footer(
      "Examples\n"
      "  gradus train\n"
      "  gradus train --data mnist --seed 2\n"
      "  gradus train --layers 784,256,128,10 --activation relu --init he --optimizer adam \\\n"
      "    --lr 0.001 --sampling shuffle --epochs 15 --validation 5000 --early-stop 3\n"
      "  gradus train --resume runs/1");
  add_training_options(command, flags->training);
  add_option(command, "--out", "folder of the run", "runs/1, runs/2, ...",
             [flags](const std::string& text) { flags->out = text; });
  add_option(command, "--resume", "folder of a run to go on with, after Ctrl-C or a crash", "",
             [flags](const std::string& text) { flags->resume = text; });
  command.add_flag("--json", flags->is_json, "end with one line of JSON on stdout");
  command.add_flag("--quiet", flags->is_quiet, "say only what came out");
  command.callback([flags, &exit_code] { exit_code = run_train(*flags); });
}

}  // namespace gradus::cli
