// SPDX-License-Identifier: MIT
#pragma once

#include <CLI/CLI.hpp>

namespace gradus::cli {

/// What the program returns to its caller.
enum ExitCode : int {
  exit_done = 0,
  exit_failed = 1,         // the run failed: it diverged, or a file could not be written
  exit_bad_input = 2,      // wrong usage, or input that is not what it should be
  exit_interrupted = 130,  // Ctrl-C
};

// Each adds one command to the program. When the command is chosen it runs while the arguments are
// parsed, and leaves its result in `exit_code`.
void add_train_command(CLI::App& app, int& exit_code);
void add_evaluate_command(CLI::App& app, int& exit_code);
void add_predict_command(CLI::App& app, int& exit_code);
void add_plot_command(CLI::App& app, int& exit_code);
void add_report_command(CLI::App& app, int& exit_code);
void add_sweep_command(CLI::App& app, int& exit_code);
void add_data_command(CLI::App& app, int& exit_code);
void add_diff_command(CLI::App& app, int& exit_code);
void add_descend_command(CLI::App& app, int& exit_code);
void add_gradcheck_command(CLI::App& app, int& exit_code);
void add_lab_command(CLI::App& app, int& exit_code);

// Each adds a command to `gradus data`.
void add_data_list_command(CLI::App& data, int& exit_code);
void add_data_get_command(CLI::App& data, int& exit_code);

}  // namespace gradus::cli
