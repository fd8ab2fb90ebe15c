// SPDX-License-Identifier: MIT
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/data/csv_dataset.hpp"
#include "unit/formats/temporary_folder.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {

using Names = std::vector<std::string>;
using Labels = std::vector<Label>;
using Values = std::vector<float>;

/// Tables in a folder of their own.
class CsvTables : public ::testing::Test {
 protected:
  std::filesystem::path write(const std::string& name, std::string_view text) {
    const std::filesystem::path path = folder() / name;
    std::ofstream(path) << text;
    return path;
  }

  Dataset read(std::string_view text, const TableOptions& options = {}) {
    return read_csv_dataset(write("x.csv", text), options);
  }

  Dataset read_folder(std::string_view train, std::string_view test) {
    write("train.csv", train);
    write("test.csv", test);
    return read_csv_folder(folder());
  }

  /// The message, with the folder left out.
  std::string error(std::string_view text, const TableOptions& options = {}) {
    return without_folder(thrown<DataError>([&] { static_cast<void>(read(text, options)); }));
  }
  /// What is said of another table, by a network that has learned from the first.
  std::string known_error(const Dataset& dataset, std::string_view text,
                          Answers answers = Answers::left_out) {
    return without_folder(
        thrown<DataError>([&] { static_cast<void>(read_known(dataset, text, answers)); }));
  }
  Samples read_known(const Dataset& dataset, std::string_view text,
                     Answers answers = Answers::left_out) {
    return read_csv_samples(write("y.csv", text),
                            {dataset.layout, dataset.num_classes, dataset.class_names}, answers);
  }
  std::string folder_error(std::string_view train, std::string_view test) {
    return without_folder(thrown<DataError>([&] { static_cast<void>(read_folder(train, test)); }));
  }
  std::string without_folder(std::string message) {
    const std::size_t at = message.find(folder().string());
    return at == std::string::npos ? message
                                   : message.replace(at, folder().string().size(), "FOLDER");
  }

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }

 private:
  TemporaryFolder folder_;
};

/// A table of `num_rows` samples: label i % 3, features i and 2.5.
inline std::string table(int num_rows) {
  std::string text = "label,i,half\n";
  for (int i = 0; i < num_rows; ++i) {
    text += std::to_string(i % 3) + "," + std::to_string(i) + ",2.5\n";
  }
  return text;
}

/// The first feature of each sample.
inline Values first_features(const Samples& samples) {
  Values features;
  for (std::size_t i = 0; i < samples.values.size(); i += samples.num_features) {
    features.push_back(samples.values[i]);
  }
  return features;
}

/// Twelve rows of flowers: two numbers, and a name of three.
inline std::string flowers(const std::string& header = "sl,sw,species\n") {
  return header +
         "5.1,3.5,setosa\n6.9,3.1,virginica\n5.7,2.7,versicolor\n4.9,3.5,setosa\n6.3,3.3,"
         "virginica\n"
         "5.9,3,versicolor\n4.7,3.2,setosa\n7.1,3,virginica\n6.4,3.2,versicolor\n4.6,3.1,setosa\n"
         "6.5,3,virginica\n5.5,2.3,versicolor\n";
}

/// A row of so many numbers from 0 up, with a comma before each.
inline std::string pixels(int count, int scale) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    text += "," + std::to_string(scale * i % 256);
  }
  return text + "\n";
}

}  // namespace gradus
