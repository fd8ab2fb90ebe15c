// SPDX-License-Identifier: MIT
// What bench/compare hands to a program that it measures, and gets back.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "gradus/data/dataset.hpp"

namespace gradus::bench {

/// One measurement. The same object, as JSON, is the only argument of every program; one that
/// cannot do a task says so by exit code 3.
struct Job {
  std::string task;  // train, gradient, evaluate, predict, load
  std::string data;  // the folder of MNIST
  std::size_t threads = 1;
  std::uint64_t seed = 1;

  std::vector<std::size_t> layers = {784, 50, 10};
  std::string activation = "sigmoid";
  std::string initializer = "normal";  // with standard deviation 0.01
  std::size_t batch = 100;
  std::uint64_t iterations = 10000;
  double learning_rate = 0.1;
  std::uint64_t evaluate_every = 0;  // iterations between evaluations of all images; 0 for none
  std::size_t train_samples = 0;     // only the first so many; 0 for all

  std::size_t sample = 0;           // parameters a numerical gradient is measured on; 0 for all
  std::string model;                // what evaluate and predict load
  std::string first_layer;          // Gradus only: dense, sparse, or empty for its choice
  std::string precision = "float";  // Gradus only
};

/// @throws std::exception  not one JSON object of such values
Job read_job(int num_arguments, char** arguments);

/// The data of a job, cut to its train_samples.
Dataset read_data(const Job& job);

/// Runs `run`, prints the object it returns on one line, and turns exceptions into exit codes.
int answer(int num_arguments, char** arguments, nlohmann::json (*run)(const Job&));

/// What a program says that has no such task.
struct NoSuchTask {};

class Stopwatch {
 public:
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace gradus::bench
