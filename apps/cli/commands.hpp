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

// Each gives a command its options. The command runs while the arguments are parsed, and leaves its
// result in `exit_code`.
void set_up_train(CLI::App& command, int& exit_code);
void set_up_evaluate(CLI::App& command, int& exit_code);
void set_up_predict(CLI::App& command, int& exit_code);
void set_up_plot(CLI::App& command, int& exit_code);
void set_up_report(CLI::App& command, int& exit_code);
void set_up_sweep(CLI::App& command, int& exit_code);
void set_up_data(CLI::App& command, int& exit_code);
void set_up_diff(CLI::App& command, int& exit_code);
void set_up_descend(CLI::App& command, int& exit_code);
void set_up_gradcheck(CLI::App& command, int& exit_code);
void set_up_lab(CLI::App& command, int& exit_code);

// Those of `gradus data`.
void set_up_data_list(CLI::App& list, int& exit_code);
void set_up_data_get(CLI::App& get, int& exit_code);

}  // namespace gradus::cli
