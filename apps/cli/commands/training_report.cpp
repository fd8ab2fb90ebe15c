// SPDX-License-Identifier: MIT
#include "commands/training_report.hpp"

#include <fmt/format.h>

#include <vector>

#include "gradus/core/counted.hpp"
#include "gradus/texts/reading_text.hpp"
#include "inputs/data_source.hpp"
#include "terminal/console.hpp"
#include "terminal/fit_lines.hpp"

namespace gradus::cli {

void describe_training(const Report& report, const TrainingOptions& options, const Dataset& dataset,
                       bool is_standardized, std::size_t num_parameters) {
  report.say("data      {}\n", describe(dataset));
  for (const ReadingNote& note : reading_notes(Language::english, dataset)) {
    report.say("{:<9} {}\n", note.about, note.sentence);
  }
  if (is_standardized) {
    report.say("inputs    standardized: mean and deviation of the training rows\n");
  }
  report.say("network   {} {}, {} parameters\n", fmt::join(options.network.layer_sizes, "-"),
             options.network.activation, with_commas(num_parameters));
  report.say("training  {}, {}, learning rate {}, batches of {}, {} iterations\n", options.loss,
             options.optimizer.id, options.schedule.learning_rate, options.batch_size,
             with_commas(options.num_iterations));
  if (options.num_validation > 0) {
    report.say("          {} training samples held out for validation\n",
               with_commas(options.num_validation));
  }
  report.say("seed      {}\n", options.seed);
}

void conclude_training(const Report& report, const Dataset& dataset, const TrainingResult& result,
                       std::uint64_t seed, const std::string& model) {
  if (result.stop_reason == StopReason::early_stop) {
    report.say(
        "stopped   early: the validation loss no longer fell; the best parameters are kept\n");
  }
  if (dataset.task() == Task::classification) {
    report.conclude(
        "accuracy  {:.2f} % of the test samples, {:.2f} % of the training samples\n          {}\n",
        100 * result.test.accuracy(), 100 * result.train.accuracy(), interval_text(result.test));
  } else {
    for (const std::string& line : fit_lines(result.test.fit, dataset.target_names())) {
      report.conclude("error     {}\n", line);
    }
    if (const std::string note = note_on_errors(result.test.fit); !note.empty()) {
      report.conclude("          {}\n", note);
    }
  }
  report.say("time      {} for {} iterations, {} of it training\n", duration_text(result.seconds),
             with_commas(result.num_iterations), duration_text(result.train_seconds));
  report.conclude("written   {}  (seed {})\n", model, seed);
}

void suggest_next(const Report& report, const RunOptions& options, const std::string& model) {
  const std::string program = program_name();
  report.say("next      {} evaluate {}\n", program, shell_word(model));
  const std::vector<std::size_t>& sizes = options.training.network.layer_sizes;
  if (!options.has_layers && sizes.front() == 784) {
    report.say(
        "          {} train --data {} --layers 784,256,128,{} \\\n"
        "            --activation relu --init he --optimizer adam --lr 0.001 --sampling shuffle "
        "\\\n"
        "            --epochs 15\n",
        program, shell_word(options.data), sizes.back());
  }
}

}  // namespace gradus::cli
