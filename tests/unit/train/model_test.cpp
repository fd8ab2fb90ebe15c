// SPDX-License-Identifier: MIT
#include "gradus/train/model.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "gradus/core/error.hpp"
#include "gradus/core/random.hpp"
#include "gradus/formats/safetensors.hpp"

namespace gradus {
namespace {

namespace fs = std::filesystem;

/// A path for one test's file, free at its start and removed at its end.
class TemporaryFile {
 public:
  TemporaryFile()
      : path_(fs::temp_directory_path() /
              ("gradus-" +
               std::string(testing::UnitTest::GetInstance()->current_test_info()->name()) +
               ".safetensors")) {
    fs::remove(path_);
  }
  ~TemporaryFile() { fs::remove(path_); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

template <Real T>
Model<T> make_model() {
  Model<T> model{.network = {.layer_sizes = {6, 4, 3}, .activation = "tanh"},
                 .loss = "mean_squared_error",
                 .scaling = 1.0 / 255,
                 .sample_shape = Shape{2, 3},
                 .parameters = {}};
  Random random(1, Stream::initialization);
  for (std::size_t i = 0; i < Network<T>(model.network).num_parameters(); ++i) {
    model.parameters.push_back(static_cast<T>(random.normal()));
  }
  return model;
}

template <Real T>
void expect_round_trip() {
  const TemporaryFile file;
  const Model<T> saved = make_model<T>();
  save_model(file.path(), saved);
  const AnyModel loaded = load_model(file.path());
  ASSERT_TRUE(std::holds_alternative<Model<T>>(loaded));
  const auto& model = std::get<Model<T>>(loaded);
  EXPECT_EQ(model.parameters, saved.parameters);
  EXPECT_EQ(model.network.layer_sizes, saved.network.layer_sizes);
  EXPECT_EQ(model.network.activation, saved.network.activation);
  EXPECT_EQ(model.loss, saved.loss);
  EXPECT_EQ(model.scaling.factor, saved.scaling.factor);
  EXPECT_EQ(model.sample_shape, saved.sample_shape);
}

TEST(Model, ComesBackAsItWasSavedInFloat) {
  expect_round_trip<float>();
}
TEST(Model, ComesBackAsItWasSavedInDouble) {
  expect_round_trip<double>();
}

template <Real T>
Model<T> make_standardized_model() {
  Model<T> model = make_model<T>();
  model.scaling = InputScaling({{1, 2, 3, 4, 5, 1.0 / 3}, {1, 1, 1, 1e-300, 2, 1e300}});
  return model;
}

TEST(Model, KeepsMeansAndDeviationsInDouble) {
  const TemporaryFile file;
  const Model<float> saved = make_standardized_model<float>();
  save_model(file.path(), saved);
  EXPECT_EQ(read_safetensors(file.path()).metadata().at("format_version"), "2");
  const auto model = std::get<Model<float>>(load_model(file.path()));
  EXPECT_EQ(model.scaling.columns.means, saved.scaling.columns.means);
  EXPECT_EQ(model.scaling.columns.deviations, saved.scaling.columns.deviations);
  EXPECT_EQ(model.parameters, saved.parameters);
  save_model(file.path(), make_model<float>());
  EXPECT_EQ(read_safetensors(file.path()).metadata().at("format_version"), "1");
}

TEST(Model, OfNumbersKeepsTheirUnitsAndNames) {
  const TemporaryFile file;
  Model<float> saved = make_model<float>();
  saved.loss = "huber";
  saved.targets = {{1, -2, 3}, {0.5, 1, 2}};
  for (const std::vector<std::string>& names :
       {std::vector<std::string>{}, {"a,\"b\"", "", "\xEA\xB0\x80"}}) {
    saved.target_names = names;
    save_model(file.path(), saved);
    const auto model = std::get<Model<float>>(load_model(file.path()));
    EXPECT_EQ(model.task(), Task::regression);
    EXPECT_EQ(model.targets.means, saved.targets.means);
    EXPECT_EQ(model.targets.deviations, saved.targets.deviations);
    EXPECT_EQ(model.target_names, names);
    EXPECT_EQ(model.scaling.factor, saved.scaling.factor);
    EXPECT_EQ(model.loss, "huber");
  }
  saved.targets.means.pop_back();
  EXPECT_THROW(save_model(file.path(), saved), ShapeError);
}

TEST(Model, IsNotSavedWithAScalingThatCannotBeUsed) {
  const TemporaryFile file;
  for (const double bad : {0.0, -1.0, std::numeric_limits<double>::quiet_NaN()}) {
    Model<double> model = make_standardized_model<double>();
    model.scaling.columns.deviations[2] = bad;
    EXPECT_THROW(save_model(file.path(), model), ValueError) << bad;
  }
  Model<double> model = make_standardized_model<double>();
  model.scaling.columns.means.pop_back();
  EXPECT_THROW(save_model(file.path(), model), ShapeError);
}

TEST(Model, HoldsArraysOthersCanRead) {
  const TemporaryFile file;
  save_model(file.path(), make_model<float>());
  const Safetensors raw = read_safetensors(file.path());
  ASSERT_NE(raw.find("W1"), nullptr);
  EXPECT_EQ(raw.find("W1")->shape, (Shape{6, 4}));
  EXPECT_EQ(raw.find("b2")->shape, (Shape{3}));
  EXPECT_EQ(raw.tensors().size(), 4U);
}

TEST(Model, IsNotSavedWithANumberThatIsNone) {
  const TemporaryFile file;
  Model<float> model = make_model<float>();
  model.parameters[24] = std::numeric_limits<float>::quiet_NaN();
  try {
    save_model(file.path(), model);
    FAIL() << "nothing was thrown";
  } catch (const ValueError& error) {
    EXPECT_STREQ(error.what(), "save_model: b1 holds a number that is infinite or not a number");
  }
  EXPECT_FALSE(fs::exists(file.path()));
}

TEST(Model, IsNotSavedWithTooFewParameters) {
  const TemporaryFile file;
  Model<float> model = make_model<float>();
  model.parameters.pop_back();
  EXPECT_THROW(save_model(file.path(), model), ShapeError);
}

/// What load_model() says about a good file whose metadata was changed.
template <class Change>
std::string complaint_about_metadata(Change change) {
  const TemporaryFile file;
  save_model(file.path(), make_model<float>());
  const Safetensors raw = read_safetensors(file.path());
  std::vector<std::pair<StoredTensor, std::vector<float>>> stored;
  for (const StoredTensor& tensor : raw.tensors()) {
    stored.emplace_back(tensor, raw.values<float>(tensor.name));
  }
  SafetensorsMetadata metadata = raw.metadata();
  change(metadata);
  std::vector<NamedTensor> tensors;
  for (const auto& [tensor, values] : stored) {
    tensors.push_back(
        {.name = tensor.name, .shape = tensor.shape, .elements = std::span<const float>(values)});
  }
  write_safetensors(file.path(), tensors, metadata);
  try {
    static_cast<void>(load_model(file.path()));
  } catch (const DataError& error) {
    return std::string(error.what()).substr(file.path().string().size() + 2);
  }
  return "nothing was thrown";
}

TEST(Model, IsRefusedWhenItsMetadataIsNotWhatItShouldBe) {
  EXPECT_EQ(complaint_about_metadata([](auto& m) { m.erase("format"); }),
            "has no \"format\" in its metadata, so it is not a model of gradus");
  EXPECT_EQ(complaint_about_metadata([](auto& m) { m["format_version"] = "3"; }),
            "format_version is \"3\", expected \"1\" or \"2\"");
  EXPECT_EQ(complaint_about_metadata([](auto& m) { m["format_version"] = "2"; }),
            "has no \"task\" in its metadata, so it is not a model of gradus");
  EXPECT_EQ(complaint_about_metadata([](auto& m) {
              m["format_version"] = "2";
              m["task"] = "classification";
            }),
            "array input_mean is missing, expected shape (6,)");
  EXPECT_EQ(complaint_about_metadata([](auto& m) {
              m["format_version"] = "2";
              m["task"] = "regression";
            }),
            "array target_mean is missing, expected shape (3,)");
  EXPECT_EQ(complaint_about_metadata([](auto& m) {
              m["format_version"] = "2";
              m["task"] = "guessing";
            }),
            "task is \"guessing\", expected classification or regression");
  EXPECT_EQ(complaint_about_metadata([](auto& m) { m["layers"] = "6,5,3"; }),
            "array W1 is (6, 4), expected shape (6, 5)");
  EXPECT_EQ(complaint_about_metadata([](auto& m) { m["layers"] = "6,4,3,2"; }),
            "array W3 is missing, expected shape (3, 2)");
  EXPECT_EQ(complaint_about_metadata([](auto& m) { m["layers"] = "6"; }),
            "layers 6 do not fit samples of shape (2, 3)");
  EXPECT_EQ(complaint_about_metadata([](auto& m) { m["layers"] = "6,4,,3"; }),
            "layers is \"6,4,,3\", expected sizes such as 784,50,10");
  EXPECT_EQ(complaint_about_metadata([](auto& m) { m["layers"] = "6,99999999999999999999,3"; }),
            "layers is \"6,99999999999999999999,3\", expected sizes such as 784,50,10");
  EXPECT_EQ(complaint_about_metadata([](auto& m) { m["sample_shape"] = "28,28"; }),
            "layers 6,4,3 do not fit samples of shape (28, 28)");
  EXPECT_EQ(complaint_about_metadata([](auto& m) { m["input_scale"] = "nan"; }),
            "input_scale is \"nan\", expected a number");
  EXPECT_EQ(complaint_about_metadata([](auto& m) { m["activation"] = "swish"; }),
            "unknown activation \"swish\"; there are sigmoid, relu, tanh, identity, step, softmax");
  EXPECT_EQ(complaint_about_metadata([](auto& m) { m["loss"] = "hinge"; }),
            "unknown loss for classes \"hinge\"; there are cross_entropy, mean_squared_error");
}

TEST(Model, IsRefusedWhenAParameterIsNoNumber) {
  constexpr float nan = std::numeric_limits<float>::quiet_NaN();
  constexpr float infinity = std::numeric_limits<float>::infinity();
  const std::vector<float> good{1, 2};
  const SafetensorsMetadata metadata{{"format", "gradus-model"}, {"format_version", "1"},
                                     {"layers", "2,1"},          {"activation", "relu"},
                                     {"loss", "cross_entropy"},  {"input_scale", "1"},
                                     {"sample_shape", "2"}};
  for (const float bad : {nan, infinity, -infinity}) {
    const std::vector<float> bias{bad};
    const std::vector<NamedTensor> tensors{
        {.name = "W1", .shape = {2, 1}, .elements = std::span<const float>(good)},
        {.name = "b1", .shape = {1}, .elements = std::span<const float>(bias)}};
    try {
      static_cast<void>(parse_model("m", serialize_safetensors(tensors, metadata)));
      ADD_FAILURE() << bad;
    } catch (const DataError& error) {
      EXPECT_STREQ(error.what(), "m: b1 holds a number that is infinite or not a number");
    }
  }
}

}  // namespace
}  // namespace gradus
