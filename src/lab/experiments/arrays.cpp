// SPDX-License-Identifier: MIT
#include <fmt/core.h>

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "every_experiment.hpp"
#include "gradus/core/array.hpp"
#include "gradus/core/numbers_below.hpp"

namespace gradus {
namespace arrays_lab {
namespace {

constexpr std::array<std::string_view, 2> shapes{"3,2", "2,2,2,3"};
constexpr std::array<std::string_view, 2> indices{"1,2,3", "1"};
constexpr std::array parameters{
    Parameter{.id = "shape",
              .kind = ParameterKind::numbers,
              .initial = "2,3,4",
              .tries = shapes,
              .minimum = 1,
              .maximum = 100,
              .max_count = 5},
    Parameter{.id = "index",
              .kind = ParameterKind::numbers,
              .initial = "0,0,0",
              .tries = indices,
              .minimum = 0,
              .maximum = 99,
              .max_count = 5},
};

constexpr std::size_t max_elements = 1000;
constexpr std::size_t max_shown = 24;

std::vector<std::size_t> whole(const Settings& given, std::string_view id) {
  std::vector<std::size_t> numbers;
  for (const double number : given.numbers(id)) {
    numbers.push_back(static_cast<std::size_t>(number));
    if (static_cast<double>(numbers.back()) != number) {
      given.refuse(id, "whole numbers");
    }
  }
  return numbers;
}

/// [[0 1] [2 3]], cut off when it is long.
std::string bracketed(ArrayView<const double> x) {
  if (x.shape().num_axes() == 0) {
    return fmt::format("{}", x.value());
  }
  std::string text = "[";
  for (std::size_t i = 0; i < x.shape()[0]; ++i) {
    text += i == 0 ? "" : " ";
    text += bracketed(x[i]);
  }
  return text + "]";
}

std::string sizes_text(const Shape& shape) {
  return shape.num_axes() == 0 ? "()" : shape.to_string();
}

Result run(const Settings& given) {
  const Shape shape(whole(given, "shape"));
  if (shape.num_elements() > max_elements) {
    given.refuse("shape", fmt::format("at most {} elements", max_elements));
  }
  const Array<double> x(shape, numbers_below<double>(shape.num_elements()));

  Result result;
  Table table{"steps", {{"expression"}, {"axes"}, {"shape"}, {"elements"}, {"content"}}, {}};
  ArrayView<const double> view = x.view();
  std::string name = "x";
  std::string sum;  // where the element lies: 0*12 + 0*4 + 0
  const std::vector<std::size_t> index = whole(given, "index");
  const std::size_t num_steps = std::min(index.size(), shape.num_axes());
  for (std::size_t step = 0;; ++step) {
    const std::size_t num_elements = view.shape().num_elements();
    table.rows.push_back(
        {name, view.shape().num_axes(), sizes_text(view.shape()), num_elements,
         num_elements <= max_shown ? Value(bracketed(view)) : Value(TextId{"too_long"})});
    if (step == num_steps) {
      break;
    }
    if (index[step] >= view.shape()[0]) {
      given.refuse("index", fmt::format("number {} to be below {}, the size of that axis", step + 1,
                                        view.shape()[0]));
    }
    view = view[index[step]];
    name += fmt::format("[{}]", index[step]);
    sum += fmt::format("{}{}*{}", step == 0 ? "" : " + ", index[step], view.shape().num_elements());
  }
  result.scalars = {{"axes", shape.num_axes()}, {"elements", shape.num_elements()}};
  result.tables.push_back(std::move(table));
  result.find("each_index_takes_an_axis",
              {{"shape", shape.to_string()}, {"axes", shape.num_axes()}});
  result.find("row_major", {{"name", name}, {"sum", sum}, {"first", view.elements().front()}});
  if (index.size() > shape.num_axes()) {
    result.warn("too_many_indices", {{"axes", shape.num_axes()}, {"given", index.size()}});
  }
  result.mistake("dimension_is_a_word_for_two_things",
                 {{"shape", shape.to_string()}, {"axes", shape.num_axes()}});
  result.mistake("no_methods");
  result.mistake("listings_with_slips");
  result.mistake("listings_from_elsewhere");
  return result;
}

}  // namespace
}  // namespace arrays_lab

constinit const Experiment arrays_experiment{"arrays", "4.2", arrays_lab::parameters,
                                             arrays_lab::run};

}  // namespace gradus
