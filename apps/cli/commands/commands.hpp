// SPDX-License-Identifier: MIT
#pragma once

#include "options/command.hpp"

namespace gradus::cli {

/// What the program returns to its caller.
enum ExitCode : int {
  exit_done = 0,
  exit_failed = 1,         // the run failed: it diverged, or a file could not be written
  exit_bad_input = 2,      // wrong usage, or input that is not what it should be
  exit_interrupted = 130,  // Ctrl-C
};

// Each gives a command its options, and says what it does.
void set_up_train(Command& command);
void set_up_evaluate(Command& command);
void set_up_predict(Command& command);
void set_up_plot(Command& command);
void set_up_report(Command& command);
void set_up_sweep(Command& command);
void set_up_data(Command& command);
void set_up_diff(Command& command);
void set_up_descend(Command& command);
void set_up_gradcheck(Command& command);
void set_up_lab(Command& command);

// Those of `gradus data`.
void set_up_data_list(Command& list);
void set_up_data_get(Command& get);

}  // namespace gradus::cli
