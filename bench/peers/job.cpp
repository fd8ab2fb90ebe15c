// SPDX-License-Identifier: MIT
#include "job.hpp"

#include <cstdio>
#include <exception>

#include "gradus/core/error.hpp"
#include "gradus/data/mnist.hpp"

namespace gradus::bench {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Job, task, data, threads, seed, layers, activation,
                                                initializer, batch, iterations, learning_rate,
                                                evaluate_every, train_samples, sample, model,
                                                first_layer, precision)

Job read_job(int num_arguments, char** arguments) {
  if (num_arguments != 2) {
    throw ValueError("expected one argument, a job as JSON; bench/compare makes them");
  }
  return nlohmann::json::parse(arguments[1]).get<Job>();
}

Dataset read_data(const Job& job) {
  Dataset data = read_mnist_folder(job.data);
  if (job.train_samples > 0 && job.train_samples < data.train.num_samples()) {
    data.train.bytes.resize(job.train_samples * data.train.num_features);
    data.train.labels.resize(job.train_samples);
  }
  return data;
}

int answer(int num_arguments, char** arguments, nlohmann::json (*run)(const Job&)) {
  try {
    std::puts(run(read_job(num_arguments, arguments)).dump().c_str());
    return 0;
  } catch (const NoSuchTask&) {
    return 3;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s: %s\n", arguments[0], error.what());
    return 1;
  }
}

}  // namespace gradus::bench
