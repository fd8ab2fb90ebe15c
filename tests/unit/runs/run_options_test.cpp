// SPDX-License-Identifier: MIT
#include "gradus/runs/run_options.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/runs/given_options.hpp"
#include "unit/formats/thrown.hpp"
#include "unit/runs/other_values.hpp"

namespace gradus {
namespace {

std::string with_underscores(std::string_view id) {
  std::string name(id);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

RunOptions options_with(const std::vector<std::pair<std::string, std::string>>& typed) {
  RunOptions options;
  for (const auto& [id, text] : typed) {
    run_options().find(id).set(options, text);
  }
  return options;
}

/// The options that a run.json with these would be begun again with: written, read as text, given.
Json after_a_file(const RunOptions& options) {
  const std::string file = Json{{"status", "failed"}, {"options", to_json(options)}}.to_text(2);
  RunOptions read;
  given_by_run(*parse_json(file), "run.json").read_into(read);
  return to_json(read);
}

TEST(RunOptions, AreTheTextbooksRunByDefault) {
  const RunOptions options;
  EXPECT_EQ(options.training.network.layer_sizes, (std::vector<std::size_t>{784, 50, 10}));
  EXPECT_EQ(options.training.network.activation, "sigmoid");
  EXPECT_EQ(options.training.schedule.learning_rate, 0.1);
  EXPECT_EQ(options.training.batch_size, 100U);
  EXPECT_EQ(options.training.num_iterations, 10000U);
  EXPECT_EQ(options.data, "digits");
  const Json json = to_json(options);
  EXPECT_EQ(json.find("layers")->to_text(), "[784,50,10]");
  EXPECT_EQ(*json.find("init"), Json("normal:0.01"));
  EXPECT_EQ(*json.find("optimizer"), Json("sgd"));
  EXPECT_EQ(*json.find("sampling"), Json("replacement"));
  EXPECT_EQ(*json.find("weight_decay"), Json(0.0));
  EXPECT_EQ(*json.find("early_stop"), Json(0));
  EXPECT_TRUE(json.find("epochs")->is_null());
}

TEST(RunOptionTable, HasWhatHelpNeedsOfEveryOption) {
  std::set<std::string_view> ids;
  for (const RunOption& option : run_options()) {
    EXPECT_FALSE(option.summary.empty()) << option.id;
    EXPECT_TRUE(ids.insert(option.id).second) << option.id << " is there twice";
    EXPECT_EQ(option.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz-"), std::string_view::npos);
  }
  for (const OptionGroup group : {OptionGroup::general, OptionGroup::table, OptionGroup::network,
                                  OptionGroup::learning, OptionGroup::course}) {
    EXPECT_TRUE(std::any_of(run_options().begin(), run_options().end(),
                            [group](const RunOption& option) { return option.group == group; }));
  }
}

TEST(RunOptionTable, IsFoundUnderBothSpellings) {
  for (const RunOption& option : run_options()) {
    EXPECT_EQ(find_run_option(option.id), &option);
    EXPECT_EQ(find_run_option(with_underscores(option.id)), &option);
    EXPECT_EQ(find_run_option(std::string(option.id) + "s"), nullptr);
  }
  EXPECT_EQ(find_run_option(""), nullptr);
  EXPECT_EQ(find_run_option("--lr"), nullptr);
}

TEST(RunOptionTable, NamesWhatCanBeChosenAndTakesAllOfIt) {
  for (const RunOption& option : run_options()) {
    if (option.choices == nullptr) {
      continue;
    }
    std::size_t num_choices = 0;
    const std::string choices = option.choices();
    for (std::size_t at = choices.find("\n  "); at != std::string::npos;
         at = choices.find("\n  ", at + 1)) {
      const std::string id = choices.substr(at + 3, choices.find(' ', at + 3) - at - 3);
      RunOptions options;
      EXPECT_NO_THROW(option.set(options, id)) << option.id << " " << id;
      EXPECT_TRUE(option.text(options).starts_with(id)) << option.id << " " << id;
      ++num_choices;
    }
    EXPECT_GE(num_choices, 2U) << option.id;
    RunOptions options;
    EXPECT_THROW(option.set(options, "nothing of ours"), ValueError) << option.id;
  }
}

TEST(RunOptionTable, WhatWouldBeTypedForTheDefaultChangesNothing) {
  const Json defaults = to_json(RunOptions());
  for (const RunOption& option : run_options()) {
    RunOptions options;
    const std::string text = option.text(options);
    EXPECT_EQ(text.empty(), is_unset(option.id)) << option.id;
    if (!text.empty()) {
      option.set(options, text);
    }
    EXPECT_EQ(to_json(options), defaults) << option.id;
  }
}

TEST(RunOptionTable, WhatWouldBeTypedForAnyOptionsMakesTheSame) {
  for (const RunOption& option : run_options()) {
    const RunOptions options = options_with({{std::string(option.id), other_value(option.id)}});
    EXPECT_NE(to_json(options), to_json(RunOptions())) << option.id;
    RunOptions again;
    option.set(again, option.text(options));
    EXPECT_EQ(to_json(again), to_json(options)) << option.id;
  }
}

TEST(RunOptionTable, EachOptionChangesItsOwnValueAlone) {
  for (const RunOption& option : run_options()) {
    Json changed = to_json(options_with({{std::string(option.id), other_value(option.id)}}));
    const Json defaults = to_json(RunOptions());
    const std::string name = with_underscores(option.id);
    EXPECT_NE(*changed.find(name), *defaults.find(name)) << option.id;
    changed[name] = *defaults.find(name);
    EXPECT_EQ(changed, defaults) << option.id;
  }
}

TEST(RunOptions, AreReadBackFromAFileWhicheverOneDiffers) {
  EXPECT_EQ(after_a_file(RunOptions()), to_json(RunOptions()));
  for (const RunOption& option : run_options()) {
    const RunOptions options = options_with({{std::string(option.id), other_value(option.id)}});
    EXPECT_EQ(after_a_file(options), to_json(options)) << option.id;
  }
}

TEST(RunOptions, AreReadBackFromAFileWhenManyDiffer) {
  for (const std::vector<std::pair<std::string, std::string>>& typed :
       std::vector<std::vector<std::pair<std::string, std::string>>>{
           {{"epochs", "16"}, {"sampling", "shuffle"}, {"early-stop", "3"}, {"validation", "1000"}},
           {{"schedule", "step:2000:0.5"}, {"lr", "0.30000000000000004"}, {"warmup", "7"}},
           {{"schedule", "step"}},
           {{"schedule", "cosine:0.1"}, {"optimizer", "momentum"}, {"momentum", "0.95"}},
           {{"schedule", "exponential"}, {"eval-every", "250"}},
           {{"layers", "4,100,100,3"}, {"activation", "relu"}, {"init", "he"}},
           {{"precision", "double"}, {"gradient", "numerical"}, {"init", "normal:1e-300"}},
           {{"data", "my data/\"한글\"\\x.csv"}, {"first-layer", "sparse"}, {"lr", "100000"}}}) {
    const RunOptions options = options_with(typed);
    EXPECT_EQ(after_a_file(options), to_json(options)) << to_json(options).to_text();
  }
}

TEST(RunOptions, WithEpochsLeaveTheIterationsToTheData) {
  RunOptions options = options_with({{"epochs", "3"}});
  options.training.num_iterations = 1800;  // as a run fills it in
  RunOptions read;
  given_by_run(Json{{"options", to_json(options)}}, "run.json").read_into(read);
  EXPECT_EQ(read.training.num_epochs, 3U);
  EXPECT_EQ(read.training.num_iterations, RunOptions().training.num_iterations);
}

TEST(RunOptionTable, RefusesValuesThatFitNoRun) {
  for (const auto& [id, text] :
       std::vector<std::pair<std::string, std::string>>{{"momentum", "1"},
                                                        {"momentum", "-0.5"},
                                                        {"lr", "0"},
                                                        {"batch", "0"},
                                                        {"iterations", "0"},
                                                        {"epochs", "0"},
                                                        {"early-stop", "0"},
                                                        {"eval-every", "0"},
                                                        {"eval-every", "often"},
                                                        {"init", "he:0.1"},
                                                        {"init", "normal:a"},
                                                        {"schedule", "constant:1"},
                                                        {"schedule", "step:0"},
                                                        {"schedule", "step:2.5"},
                                                        {"schedule", "step:1:2:3"},
                                                        {"schedule", "cosine:0"},
                                                        {"schedule", "step:10:0"},
                                                        {"precision", "half"},
                                                        {"first-layer", "thin"},
                                                        {"layers", "784"},
                                                        {"threads", "0"},
                                                        {"weight-decay", "-0.1"},
                                                        {"seed", "-1"},
                                                        {"gradient", "none"}}) {
    RunOptions options;
    const std::string message = thrown<ValueError>(
        [&, &id = id, &text = text] { run_options().find(id).set(options, text); });
    EXPECT_NE(message, "nothing was thrown") << id << " " << text;
    EXPECT_EQ(message.find("--" + id), std::string::npos) << "who knows the name adds it";
  }
}

TEST(FitPrecision, TakesDoubleForANumericalGradientUnlessFloatWasAskedFor) {
  RunOptions options = options_with({{"gradient", "numerical"}});
  fit_precision(options);
  EXPECT_EQ(options.precision, "double");
  RunOptions plain;
  fit_precision(plain);
  EXPECT_EQ(plain.precision, "float");
  RunOptions asked = options_with({{"gradient", "numerical"}, {"precision", "float"}});
  EXPECT_TRUE(thrown<ValueError>([&] {
                fit_precision(asked);
              }).starts_with("--precision: got float, but --gradient numerical needs double"));
}

TEST(FitLayers, GivesTheDefaultTheEndsThatTheDataHave) {
  Dataset dataset;
  dataset.train.num_features = 4;
  dataset.num_classes = 3;
  RunOptions options;
  fit_layers(options, dataset);
  EXPECT_EQ(options.training.network.layer_sizes, (std::vector<std::size_t>{4, 50, 3}));
  RunOptions asked = options_with({{"layers", "7,6,5"}});
  fit_layers(asked, dataset);
  EXPECT_EQ(asked.training.network.layer_sizes, (std::vector<std::size_t>{7, 6, 5}));
}

TEST(FitLayers, RefusesWhatNoMemoryHolds) {
  for (const std::string layers :
       {"784,1000000000000,10", "18446744073709551615,18446744073709551615"}) {
    RunOptions options = options_with({{"layers", layers}});
    EXPECT_TRUE(thrown<ValueError>([&] {
                  fit_layers(options, Dataset());
                }).starts_with("--layers: " + layers + " has "))
        << layers;
  }
}

/// What is trained by when these options are given.
std::string method_of(const Dataset& dataset,
                      const std::vector<std::pair<std::string, std::string>>& typed = {}) {
  RunOptions options = options_with(typed);
  fit_method(options, dataset);
  std::string method;
  for (const char* const name : {"activation", "init", "optimizer", "lr", "iterations"}) {
    method += (method.empty() ? "" : " ") + run_options().find(name).text(options);
  }
  return method;
}

TEST(RunOptionTable, WhatTheDataDecideIsOpenBeforeTheyAreSeen) {
  RunOptions options = options_with({{"optimizer", "adam"}, {"seed", "7"}});
  const Json before = to_json_before_data(options);
  for (const char* const open : {"layers", "batch", "activation", "init", "lr", "iterations"}) {
    EXPECT_TRUE(before.find(open)->is_null()) << open;
  }
  RunOptions again;
  given_by_run({{"status", "running"}, {"options", before}}, "run.json").read_into(again);
  EXPECT_EQ(to_json_before_data(again), before);
  EXPECT_EQ(again.training.optimizer.id, "adam");
  EXPECT_FALSE(again.has_activation);
}

TEST(FitMethod, FollowsTheDataWhereNothingIsGiven) {
  Dataset images;
  images.sample_shape = Shape{28, 28};
  EXPECT_EQ(method_of(images), "sigmoid normal:0.01 sgd 0.1 10000");
  EXPECT_EQ(method_of(images, {{"optimizer", "adam"}}), "sigmoid normal:0.01 adam 0.1 10000");
  Dataset rows;
  rows.sample_shape = Shape{4};
  rows.train.num_features = 4;
  EXPECT_EQ(method_of(rows), "sigmoid xavier sgd 0.1 5000");
  EXPECT_EQ(method_of(rows, {{"activation", "relu"}}), "relu he sgd 0.1 5000");
  EXPECT_EQ(method_of(rows, {{"iterations", "7"}}), "sigmoid xavier sgd 0.1 7");
  Dataset points;
  points.sample_shape = Shape{2};
  points.train.num_features = 2;
  EXPECT_EQ(method_of(points), "relu he adam 0.003 10000");
  EXPECT_EQ(method_of(points, {{"activation", "tanh"}}), "tanh xavier adam 0.003 10000");
  EXPECT_EQ(method_of(points, {{"optimizer", "sgd"}}), "relu he sgd 0.1 10000");
  EXPECT_EQ(method_of(points, {{"lr", "0.5"}, {"init", "normal:2"}}),
            "relu normal:2 adam 0.5 10000");
  rows.train.num_targets = points.train.num_targets = 1;
  EXPECT_EQ(method_of(rows), "sigmoid xavier sgd 0.01 5000");
  EXPECT_EQ(method_of(points), "relu he adam 0.003 10000");
}

}  // namespace
}  // namespace gradus
