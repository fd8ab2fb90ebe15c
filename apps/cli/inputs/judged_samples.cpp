// SPDX-License-Identifier: MIT
#include "inputs/judged_samples.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/train/evaluate_model.hpp"
#include "inputs/data_source.hpp"

namespace gradus::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::array<PartEntry, 3> part_entries{
    {{"test", "those training never saw", "test samples", Part::test},
     {"train", "those it learned from", "training samples", Part::train},
     {"all", "both", "training and test samples", Part::all}}};

std::string_view samples_of(Part part) {
  return std::find_if(part_entries.begin(), part_entries.end(),
                      [part](const PartEntry& entry) { return entry.part == part; })
      ->samples;
}

void append(Samples& target, const Samples& more) {
  target.num_features = more.num_features;
  target.num_targets = more.num_targets;
  target.bytes.insert(target.bytes.end(), more.bytes.begin(), more.bytes.end());
  target.values.insert(target.values.end(), more.values.begin(), more.values.end());
  target.labels.insert(target.labels.end(), more.labels.begin(), more.labels.end());
  target.targets.insert(target.targets.end(), more.targets.begin(), more.targets.end());
  target.rows.insert(target.rows.end(), more.rows.begin(), more.rows.end());
}

JudgedSamples part_of(Dataset dataset, Part part) {
  JudgedSamples judged{{}, dataset.name, std::string(samples_of(part))};
  if (part == Part::all) {
    append(dataset.train, dataset.test);
  }
  judged.samples = part == Part::test ? std::move(dataset.test) : std::move(dataset.train);
  return judged;
}

/// The run's data, when they are what is asked for.
std::optional<RunData> own_data(const std::string& model_file, const std::string& data) {
  if (data.empty()) {
    return data_of_run(model_file);
  }
  try {
    RunData own = data_of_run(model_file);
    std::error_code ignored;
    const bool is_same = own.name == data || fs::equivalent(own.name, data, ignored);
    return is_same ? std::optional(std::move(own)) : std::nullopt;
  } catch (const Error&) {  // no run, or its data have gone: then they are not these
    return std::nullopt;
  }
}

JudgedSamples read_rows(const std::string& data, const TableKnowledge& knowledge,
                        std::optional<Part> part) {
  if (!fs::is_directory(data)) {
    if (part && *part != Part::all) {
      throw ValueError(
          fmt::format("--part: the model did not learn from {}, so all its rows are judged", data));
    }
    return {read_csv_samples(data, knowledge, Answers::needed), data, "rows"};
  }
  const Part asked = part.value_or(Part::test);
  JudgedSamples judged{{}, data, std::string(samples_of(asked))};
  for (const auto& [name, own] : {std::pair("train.csv", Part::train), {"test.csv", Part::test}}) {
    if (asked == own || asked == Part::all) {
      append(judged.samples, read_csv_samples(fs::path(data) / name, knowledge, Answers::needed));
    }
  }
  return judged;
}

}  // namespace

const Registry<PartEntry>& parts() {
  static constexpr Registry<PartEntry> registry("part of the data", part_entries);
  return registry;
}

const std::vector<std::string>& class_names_of(const AnyModel& model) {
  return std::visit(
      [](const auto& typed) -> const auto& { return typed.class_names; }, model);
}

JudgedSamples load_judged_samples(const std::string& model_file, const AnyModel& model,
                                  const std::string& data, const TableOptions& table,
                                  std::optional<Part> part, Team& team) {
  TableKnowledge knowledge =
      std::visit([](const auto& typed) { return typed.table_knowledge(); }, model);
  const bool is_known = knowledge.layout.num_columns > 0;
  const auto own = own_data(model_file, data);
  if (table.says_anything() && (own || is_known)) {
    throw ValueError(
        "--label, --target, --ignore and --missing are as they were when it learned: the model " +
        std::string(is_known ? "knows its columns" : "is judged by its own data"));
  }
  if (own) {
    Dataset dataset = load_dataset(own->name, own->table, team);
    check_fit(model_file, model, dataset);
    return part_of(std::move(dataset), part.value_or(Part::test));
  }
  if (!is_table(data)) {
    Dataset dataset = load_dataset(data, table, team);
    check_fit(model_file, model, dataset);
    return part_of(std::move(dataset), part.value_or(Part::test));
  }
  if (!is_known) {
    const fs::path first = fs::is_directory(data) ? fs::path(data) / "train.csv" : fs::path(data);
    knowledge.layout = find_layout(first, table);
  }
  JudgedSamples judged = read_rows(data, knowledge, part);
  check_fit(model_file, model, judged.samples, data);
  return judged;
}

}  // namespace gradus::cli
