// SPDX-License-Identifier: MIT
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <numeric>
#include <string>
#include <variant>
#include <vector>

#include "commands/commands.hpp"
#include "commands/predict_numbers.hpp"
#include "gradus/core/error.hpp"
#include "gradus/data/classes.hpp"
#include "gradus/data/csv_dataset.hpp"
#include "gradus/formats/json.hpp"
#include "gradus/train/classifier.hpp"
#include "gradus/train/evaluate_model.hpp"
#include "gradus/train/model.hpp"
#include "inputs/data_source.hpp"
#include "inputs/sample_file.hpp"
#include "terminal/console.hpp"
#include "terminal/drawing.hpp"
#include "terminal/text_layout.hpp"

namespace gradus::cli {
namespace {

constexpr std::size_t max_drawn_unasked = 10;
constexpr std::size_t max_runners_up = 2;
constexpr double least_shown = 0.0005;  // what would be printed as 0.0 %

struct PredictFlags {
  std::string model;
  std::vector<std::string> files;
  bool is_drawn = false;
  bool is_json = false;
};

/// What the model says about one sample.
struct Prediction {
  std::string file;
  std::string name;  // the file, and the index where it can hold many
  std::size_t index = 0;
  std::vector<double> probabilities;  // by class
  std::vector<Label> ranking;         // classes, the most probable first; of equal ones the lower
  std::vector<std::uint8_t> pixels;   // of an image that is to be drawn
};

std::vector<Label> ranking_of(const std::vector<double>& probabilities) {
  std::vector<Label> ranking(probabilities.size());
  std::iota(ranking.begin(), ranking.end(), Label{0});
  std::stable_sort(ranking.begin(), ranking.end(),
                   [&](Label a, Label b) { return probabilities[a] > probabilities[b]; });
  return ranking;
}

template <Real T>
void predict_file(Classifier<T>& classifier, double largest_parameter, const SampleFile& file,
                  bool keeps_pixels, std::vector<Prediction>& predictions) {
  for (std::size_t i = 0; i < file.num_samples(); ++i) {
    const auto sample = file.sample(i);
    const std::vector<T> probabilities = classifier.probabilities(sample);
    if (!is_finite<T>(probabilities)) {
      throw DataError(file.path, std::nullopt,
                      (file.is_list ? fmt::format("sample {}: ", i) : "") +
                          no_finite_answer(largest_size(sample), largest_parameter));
    }
    Prediction prediction{.file = file.path,
                          .name = file.is_list ? fmt::format("{}[{}]", file.path, i) : file.path,
                          .index = i,
                          .probabilities = {probabilities.begin(), probabilities.end()},
                          .ranking = {},
                          .pixels = {}};
    prediction.ranking = ranking_of(prediction.probabilities);
    if (keeps_pixels) {
      std::transform(sample.begin(), sample.end(), std::back_inserter(prediction.pixels),
                     [](float pixel) { return static_cast<std::uint8_t>(pixel); });
    }
    predictions.push_back(std::move(prediction));
  }
}

std::string percent(double share) {
  return fmt::format("{:.1f} %", 100 * share);
}

using Names = std::vector<std::string>;  // of classes

/// The classes that come next, a text each: "8 1.9 %".
std::vector<std::string> runners_up(const Prediction& prediction, const Names& names) {
  std::vector<std::string> texts;
  for (std::size_t i = 1; i < prediction.ranking.size() && i <= max_runners_up; ++i) {
    const Label label = prediction.ranking[i];
    if (prediction.probabilities[label] >= least_shown) {
      texts.push_back(
          fmt::format("{} {}", class_name(names, label), percent(prediction.probabilities[label])));
    }
  }
  return texts;
}

void print_table(const std::vector<Prediction>& predictions, const Names& names) {
  std::size_t width = 4;
  std::size_t class_width = 5;
  for (const Prediction& prediction : predictions) {
    width = std::max(width, display_width(prediction.name));
    class_width = std::max(class_width, display_width(class_name(names, prediction.ranking[0])));
  }
  fmt::print("{}  {}  probability  next\n", padded_right("file", width),
             padded_left("class", class_width));
  for (const Prediction& prediction : predictions) {
    const Label label = prediction.ranking.front();
    std::string next;
    for (const std::string& text : runners_up(prediction, names)) {
      next += (next.empty() ? "  " : ", ") + text;
    }
    fmt::print("{}  {}  {:>11}{}\n", padded_right(prediction.name, width),
               padded_left(class_name(names, label), class_width),
               percent(prediction.probabilities[label]), next);
  }
}

/// Each image with what it is read as on its right.
void print_drawn(const std::vector<Prediction>& predictions, const Shape& shape,
                 const Names& names) {
  const std::string blank(shape[1] / 2 + shape[1] % 2, ' ');
  for (const Prediction& prediction : predictions) {
    const auto drawing = draw(prediction.pixels, shape[0], shape[1]);
    const Label label = prediction.ranking.front();
    std::vector<std::string> texts{
        "", prediction.name, "",
        fmt::format("{}  {}", class_name(names, label), percent(prediction.probabilities[label]))};
    for (const std::string& text : runners_up(prediction, names)) {
      texts.push_back("   " + text);
    }
    for (std::size_t i = 0; i < std::max(drawing.size(), texts.size()); ++i) {
      const std::string text = i < texts.size() && !texts[i].empty() ? "   " + texts[i] : "";
      fmt::print("{}{}\n", i < drawing.size() ? drawing[i] : blank, text);
    }
  }
}

void print_json(const std::vector<Prediction>& predictions, const Names& names) {
  for (const Prediction& prediction : predictions) {
    Json json;
    json["file"] = prediction.file;
    json["index"] = prediction.index;
    json["class"] = prediction.ranking.front();
    if (!names.empty()) {
      json["name"] = class_name(names, prediction.ranking.front());
    }
    json["probabilities"] = Json::list(prediction.probabilities);
    fmt::print("{}\n", json.to_text());
  }
}

template <Real T>
int run_predict(const PredictFlags& flags, Model<T> model) {
  const Shape shape = model.sample_shape;
  const bool is_image = shape.num_axes() == 2;
  if (flags.is_drawn && !is_image) {
    throw ValueError(
        fmt::format("--draw: {} takes samples of {} features, expected a model of "
                    "images",
                    flags.model, shape.num_elements()));
  }
  const ExpectedSamples expected{.shape = shape,
                                 .pictures = model.pictures,
                                 .are_full_pixels = model.scaling.factor < 1,
                                 .table = model.table_knowledge()};
  if (model.task() == Task::regression) {
    if (flags.is_drawn) {
      throw ValueError(
          fmt::format("--draw: {} predicts numbers, expected a model of classes", flags.model));
    }
    std::vector<SampleFile> files;
    for (const std::string& path : flags.files) {
      files.push_back(read_sample_file(path, expected));
    }
    predict_numbers(std::move(model), files, flags.is_json);
    return exit_done;
  }
  const bool may_be_drawn = flags.is_drawn || (is_image && is_terminal(STDOUT_FILENO));
  const double largest_parameter = largest_size<T>(model.parameters);
  const Names& names = expected.table.class_names;
  Classifier<T> classifier(std::move(model));
  std::vector<Prediction> predictions;
  std::vector<std::string> warnings;
  for (const std::string& path : flags.files) {
    const SampleFile file = read_sample_file(path, expected);
    predict_file(classifier, largest_parameter, file, may_be_drawn, predictions);
    if (file.num_characters > 1) {
      warnings.push_back(
          fmt::format("{} shows {} separate characters; they were read as one: give each a picture "
                      "of its own",
                      path, file.num_characters));
    }
  }
  // Nothing is printed before everything has been read: a bad file is not lost among good ones.
  for (const std::string& warning : warnings) {
    print_error("gradus: {}\n", warning);
  }
  if (flags.is_json) {
    print_json(predictions, names);
  } else if (flags.is_drawn || (may_be_drawn && predictions.size() <= max_drawn_unasked)) {
    print_drawn(predictions, shape, names);
  } else {
    print_table(predictions, names);
  }
  return exit_done;
}

}  // namespace

void set_up_predict(Command& command) {
  auto flags = std::make_shared<PredictFlags>();
  command.footer(
      "A picture, PNG or JPEG, shows one character, dark on light or light on dark, of any size,\n"
      "drawn or photographed: it is cropped, scaled and centred as MNIST's images were. A model\n"
      "that learned from pictures of one size takes pictures of that size as they are. IDX (also\n"
      ".gz) and NPY hold images or rows of features as the model learned from them, a CSV rows of\n"
      "features, with or without a label.\n"
      "A file that cannot be used ends the command before anything is printed.\n"
      "\n"
      "Examples\n"
      "  gradus predict runs/1 three.png\n"
      "  gradus predict runs/1 scans/*.png --json");
  command.add_argument("model", "a run's folder, or a model.safetensors", flags->model).required();
  command.add_arguments("files", "PNG, JPEG, IDX, NPY or CSV", flags->files).required();
  command.add_flag("--draw", flags->is_drawn,
                   "show each image as the model gets it; the default on a terminal for up to 10");
  command.add_flag("--json", flags->is_json,
                   "print one line of JSON for each image or row instead");
  command.on_run([flags] {
    flags->model = model_path(flags->model);
    return std::visit([&](auto&& model) { return run_predict(*flags, std::move(model)); },
                      load_model(flags->model));
  });
}

}  // namespace gradus::cli
