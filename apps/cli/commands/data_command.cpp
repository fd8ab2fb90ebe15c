// SPDX-License-Identifier: MIT
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <system_error>
#include <vector>

#include "commands/commands.hpp"
#include "gradus/core/counted.hpp"
#include "gradus/core/error.hpp"
#include "gradus/core/numbers_below.hpp"
#include "gradus/core/registry.hpp"
#include "gradus/data/classes.hpp"
#include "gradus/data/digits.hpp"
#include "gradus/data/input_scaling.hpp"
#include "gradus/data/mnist.hpp"
#include "gradus/runs/option_values.hpp"
#include "gradus/texts/reading_text.hpp"
#include "gradus/train/data_diagnosis.hpp"
#include "inputs/data_source.hpp"
#include "options/run_arguments.hpp"
#include "terminal/drawing.hpp"
#include "terminal/text_layout.hpp"
#include "terminal/warnings.hpp"

namespace gradus::cli {
namespace {

constexpr std::size_t samples_per_line = 5;
constexpr std::size_t max_samples_shown = 10;

void print_images(const Dataset& dataset, std::span<const std::size_t> indices) {
  const std::size_t height = dataset.sample_shape[0];
  const std::size_t width = dataset.sample_shape[1];
  std::vector<std::string> lines((height + 3) / 4);
  for (const std::size_t index : indices) {
    const auto pixels =
        std::span(dataset.train.bytes).subspan(index * height * width, height * width);
    const auto drawn = draw(pixels, height, width);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      lines[i] += " " + drawn[i];
    }
  }
  for (const std::string& line : lines) {
    fmt::print("{}\n", line);
  }
}

/// The first training sample of each class; of numbers simply the first.
std::vector<std::size_t> samples_to_show(const Dataset& dataset) {
  if (dataset.task() == Task::regression) {
    return numbers_below<std::size_t>(std::min(samples_per_line, dataset.train.num_samples()));
  }
  std::vector<std::size_t> indices;
  for (Label c = 0; c < dataset.num_classes && indices.size() < max_samples_shown; ++c) {
    const auto& labels = dataset.train.labels;
    const auto found = std::find(labels.begin(), labels.end(), c);
    if (found != labels.end()) {
      indices.push_back(static_cast<std::size_t>(found - labels.begin()));
    }
  }
  return indices;
}

void print_features(const Dataset& dataset, std::size_t index) {
  constexpr std::size_t max_shown = 8;
  const Samples& samples = dataset.train;
  if (dataset.task() == Task::classification) {
    fmt::print("  class {}:", class_name(dataset.class_names, samples.labels[index]));
  } else {
    for (std::size_t k = 0; k < samples.num_targets; ++k) {
      fmt::print("{}{}", k == 0 ? "  " : ", ", samples.targets[index * samples.num_targets + k]);
    }
    fmt::print(":");
  }
  for (std::size_t i = 0; i < std::min(samples.num_features, max_shown); ++i) {
    const std::size_t place = index * samples.num_features + i;
    fmt::print(" {}", samples.bytes.empty() ? samples.values[place]
                                            : static_cast<float>(samples.bytes[place]));
  }
  fmt::print("{}\n", samples.num_features > max_shown ? " ..." : "");
}

std::vector<std::uint64_t> count_labels(const Samples& samples, std::size_t num_classes) {
  std::vector<std::uint64_t> counts(num_classes);
  for (const Label label : samples.labels) {
    ++counts[label];
  }
  return counts;
}

/// How many samples each class has. Numbers of classes make columns, names make rows.
void print_label_counts(const Dataset& dataset) {
  const auto train = count_labels(dataset.train, dataset.num_classes);
  const auto test = count_labels(dataset.test, dataset.num_classes);
  if (dataset.class_names.empty()) {
    const auto print_row = [](const char* name, const auto& cells) {
      fmt::print("{:<9}", name);
      for (const std::uint64_t cell : cells) {
        fmt::print(" {:>6}", with_commas(cell));
      }
      fmt::print("\n");
    };
    print_row("class", numbers_below<std::uint64_t>(dataset.num_classes));
    print_row("training", train);
    print_row("test", test);
    return;
  }
  std::size_t width = 5;
  for (const std::string& name : dataset.class_names) {
    width = std::max(width, display_width(name));
  }
  fmt::print("{} {:>9} {:>9}\n", padded_right("class", width), "training", "test");
  for (std::size_t c = 0; c < dataset.num_classes; ++c) {
    fmt::print("{} {:>9} {:>9}\n", padded_right(dataset.class_names[c], width),
               with_commas(train[c]), with_commas(test[c]));
  }
}

struct InfoFlags {
  std::string name;
  GivenOptions given;  // of a table
};

int run_info(const InfoFlags& flags) {
  Team team(default_num_threads());
  RunOptions options;
  flags.given.read_into(options);
  const Dataset dataset = load_dataset(flags.name, options.table, team);
  fmt::print("{}\n", describe(dataset));
  for (const ReadingNote& note : reading_notes(Language::english, dataset)) {
    fmt::print("{:<9} {}\n", note.about, note.sentence);
  }
  const auto rows = numbers_below<std::uint32_t>(dataset.train.num_samples());
  const bool is_standardized = should_standardize(dataset, rows);  // as train will do by itself
  for (const Finding& finding : diagnose_data(dataset, is_standardized)) {
    warn(finding, nullptr);
  }
  fmt::print("\n");
  if (dataset.task() == Task::classification) {
    print_label_counts(dataset);
    fmt::print("\n");
  }
  const std::vector<std::size_t> shown = samples_to_show(dataset);
  for (std::size_t start = 0; start < shown.size(); start += samples_per_line) {
    const auto line =
        std::span(shown).subspan(start, std::min(samples_per_line, shown.size() - start));
    if (dataset.sample_shape.num_axes() == 2) {
      print_images(dataset, line);
    } else {
      std::for_each(line.begin(), line.end(), [&](std::size_t i) { print_features(dataset, i); });
    }
  }
  return exit_done;
}

struct MakeFlags {
  std::string out;
  std::uint64_t seed = default_digits_seed;
};

int run_make(const MakeFlags& flags) {
  if (std::filesystem::exists(std::filesystem::path(flags.out) / "train-images-idx3-ubyte")) {
    throw DataError(flags.out, std::nullopt,
                    "holds a data set already; remove it or choose another folder with --out");
  }
  std::error_code error;  // before anything is made that could not be kept
  std::filesystem::create_directories(flags.out, error);
  if (error) {
    throw DataError(flags.out, std::nullopt, "cannot create the folder: " + error.message());
  }
  Team team(default_num_threads());
  const Dataset dataset = make_digits({.seed = flags.seed}, team);
  write_mnist_folder(flags.out, dataset);
  fmt::print("{}\nwritten as IDX files to {}\n", describe(dataset), flags.out);
  return exit_done;
}

struct Made {
  std::string_view id;
};
constexpr std::array<Made, 1> made_entries{{{"digits"}}};
constexpr Registry<Made> made("data set to make", made_entries);

}  // namespace

void set_up_data(Command& command) {
  command.footer(
      "Examples\n"
      "  gradus data list\n"
      "  gradus data get mnist\n"
      "  gradus data info mnist\n"
      "  gradus data make digits --out my-digits");
  command.require_command();
  Command list = command.add_command("list", "Say which data sets there are, and which are here");
  set_up_data_list(list);
  Command get =
      command.add_command("get", "Download a data set into $GRADUS_DATA_DIR, else ~/.cache/gradus");
  set_up_data_get(get);

  auto info_flags = std::make_shared<InfoFlags>();
  Command info = command.add_command("info", "Show shapes, counts and samples of a data set");
  info.footer(
      "Examples\n"
      "  gradus data info digits\n"
      "  gradus data info flowers.csv --label species");
  info.add_argument("data", data_help(), info_flags->name).required();
  add_table_options(info, info_flags->given);
  info.on_run([info_flags] { return run_info(*info_flags); });

  auto flags = std::make_shared<MakeFlags>();
  Command make = command.add_command("make", "Write a data set the program makes as IDX files");
  make.footer("Example\n  gradus data make digits --out my-digits --seed 7");
  make.add_argument("name", "what to make: " + made.ids(", "),
                    [](const std::string& text) { static_cast<void>(made.find(text)); })
      .required();
  make.add_option("--out", "folder to write to", "",
                  [flags](const std::string& text) { flags->out = text; })
      .required();
  make.add_option("--seed", "another seed makes other images", "1",
                  [flags](const std::string& text) { flags->seed = parse_count(text, 0); });
  make.on_run([flags] { return run_make(*flags); });
}

}  // namespace gradus::cli
