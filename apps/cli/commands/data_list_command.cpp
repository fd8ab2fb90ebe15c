// SPDX-License-Identifier: MIT
#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>

#include "commands/commands.hpp"
#include "downloads/published_data.hpp"
#include "gradus/core/counted.hpp"
#include "gradus/data/plane.hpp"
#include "inputs/data_source.hpp"
#include "terminal/console.hpp"

namespace gradus::cli {
namespace {

/// What there is of a published data set.
struct Presence {
  std::filesystem::path folder;
  std::size_t num_right = 0;
  std::string problem;  // of the first file that is there and wrong; or empty

  explicit Presence(const PublishedDataset& dataset) : folder(data_folder() / dataset.id) {
    for (const PublishedFile& file : dataset.files) {
      const FoundFile found = find_published(file, folder);
      if (found.is_right()) {
        ++num_right;
      }
      problem = problem.empty() ? found.problem : problem;
    }
  }

  [[nodiscard]] const char* state(const PublishedDataset& dataset) const {
    if (!problem.empty()) {
      return "damaged";
    }
    if (num_right == 0) {
      return "missing";
    }
    return num_right == dataset.files.size() ? "complete" : "incomplete";
  }
};

void print_as_json(const PublishedDataset& dataset, const Presence& presence) {
  Json json;
  json["name"] = dataset.id;
  json["state"] = presence.state(dataset);
  json["problem"] = presence.problem.empty() ? Json() : Json(presence.problem);
  json["folder"] = presence.folder.string();
  json["checked_by"] = dataset.has_checksums() ? "sha256" : "shape";
  json["train_samples"] = dataset.files[0].num_samples;
  json["test_samples"] = dataset.files[2].num_samples;
  json["download_megabytes"] = dataset.megabytes;
  json["summary"] = dataset.summary;
  json["source"] = dataset.source;
  fmt::print("{}\n", json.to_text());
}

void print_for_people(const PublishedDataset& dataset, const Presence& presence) {
  const std::string state = presence.state(dataset);
  fmt::print("\n{}: {}, {} training and {} test images of 28x28\n", dataset.id, dataset.summary,
             with_commas(dataset.files[0].num_samples), with_commas(dataset.files[2].num_samples));
  fmt::print("  from   {}\n", dataset.source);
  if (state == "complete") {
    fmt::print("  here   {}  ({})\n", presence.folder.string(),
               dataset.has_checksums() ? "checked by SHA-256"
                                       : "shapes, counts and labels are right; no checksum known");
    return;
  }
  if (state == "damaged") {
    fmt::print("  wrong  {}\n", presence.problem);
  } else if (state == "incomplete") {
    fmt::print("  here   {} of {} files in {}\n", presence.num_right, dataset.files.size(),
               presence.folder.string());
  }
  fmt::print("  get    {} data get {}  (about {} MB)\n", program_name(), dataset.id,
             dataset.megabytes);
}

/// What the program makes itself.
void print_built_in() {
  fmt::print("digits: built in, nothing to download\n");
  fmt::print("in the plane: built in, {} samples unless told otherwise\n",
             with_commas(PlaneOptions{}.num_samples));
  for (const PlaneKind& kind : plane_kinds()) {
    const std::string learned = kind.task() == Task::classification
                                    ? fmt::format("{} classes", kind.num_classes)
                                    : "a number to learn";
    fmt::print("  {:<10}  {}: {}, noise {}\n", kind.id, kind.summary, learned, kind.noise);
  }
  fmt::print("  others of a kind: --data {}:noise=0.2,n=500,seed=3\n", plane_kinds().begin()->id);
}

int run_list(bool is_json) {
  if (!is_json) {
    print_built_in();
    fmt::print("others: in {}  (GRADUS_DATA_DIR names another folder)\n", data_folder().string());
  }
  for (const PublishedDataset& dataset : published_datasets()) {
    const Presence presence(dataset);
    if (is_json) {
      print_as_json(dataset, presence);
    } else {
      print_for_people(dataset, presence);
    }
  }
  return exit_done;
}

}  // namespace

void set_up_data_list(Command& list) {
  auto is_json = std::make_shared<bool>(false);
  list.footer("Example\n  gradus data list");
  list.add_flag("--json", *is_json, "one line of JSON for each that can be downloaded");
  list.on_run([is_json] { return run_list(*is_json); });
}

}  // namespace gradus::cli
