// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gradus/runs/run_options.hpp"

namespace gradus {

/// An option that was given a value.
struct GivenOption {
  const RunOption* option;
  std::string text;
  std::string source;  // the file that gives it; empty: it was typed
};

/// Options of a run as they were given, in files or by typing, before their values are read.
class GivenOptions {
 public:
  /// Adds an option; of the same one twice, the last counts.
  /// @param name  as find_run_option() takes it
  /// @throws ValueError  it was typed, and does not exist, or is one of --iterations and --epochs
  ///                     when the other was given; the message names that other one
  /// @throws DataError   the same of an option in a file; the message names the file
  void add(std::string_view name, std::string text, const std::string& source = {});

  /// Puts these below `stronger`: whatever it gives too is dropped here. --iterations and --epochs
  /// are two ways to say one thing.
  void give_way_to(const GivenOptions& stronger);

  /// Where an option was given; empty when it was typed, or not given.
  [[nodiscard]] std::string source_of(const RunOption& option) const;

  /// Throws a complaint about the value of an option, as read_into() would.
  /// @throws ValueError  it was typed, or not given
  /// @throws DataError   it is from a file, which is named
  [[noreturn]] void blame(std::string_view id, const std::string& message) const;

  /// That every option given has an effect with the others: --momentum has none with an optimizer
  /// that knows no momentum.
  /// @param options  what they have been read into
  /// @throws ValueError, DataError  as read_into()
  void expect_effect(const RunOptions& options) const;

  /// Reads them all.
  /// @throws ValueError  one that was typed has no such value; the message names it
  /// @throws DataError   one in a file; the message names it and the file
  void read_into(RunOptions& options) const;

 private:
  [[nodiscard]] bool has(std::string_view id) const;

  std::vector<GivenOption> all_;
};

/// The options in run.json of a run, as they would have to be given to begin it again.
/// @param path  of run.json, for messages
/// @throws DataError  one that does not exist
[[nodiscard]] GivenOptions given_by_run(const Json& description, const std::string& path);

}  // namespace gradus
