// SPDX-License-Identifier: MIT
#include "gradus/runs/plane_name.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/core/registry.hpp"
#include "gradus/runs/option_values.hpp"

namespace gradus {
namespace {

struct PlaneOption {
  std::string_view id;
  void (*read)(PlaneOptions& options, std::string_view text);
};

constexpr std::array<PlaneOption, 3> entries{{
    {"noise", [](PlaneOptions& options,
                 std::string_view text) { options.noise = parse_number(text, Zero::allowed); }},
    {"n",
     [](PlaneOptions& options, std::string_view text) {
       options.num_samples = parse_count(text, min_plane_samples);
     }},
    {"seed",
     [](PlaneOptions& options, std::string_view text) { options.seed = parse_count(text, 0); }},
}};
constexpr Registry<PlaneOption> plane_options("option", entries);

std::string_view kind_in(std::string_view name) {
  return name.substr(0, name.find(':'));
}

/// @param part  noise=0.2
void read_option(PlaneOptions& options, const std::string& part,
                 std::vector<std::string_view>& seen) {
  const std::size_t equals = part.find('=');
  const PlaneOption& option = plane_options.find(part.substr(0, equals));
  if (equals == std::string::npos) {
    throw ValueError(fmt::format("{0} has no value, expected {0}=...", option.id));
  }
  if (std::find(seen.begin(), seen.end(), option.id) != seen.end()) {
    throw ValueError(fmt::format("{} is given twice", option.id));
  }
  seen.push_back(option.id);
  try {
    option.read(options, std::string_view(part).substr(equals + 1));
  } catch (const ValueError& error) {
    throw ValueError(fmt::format("{}: {}", option.id, error.what()));
  }
}

}  // namespace

bool is_plane_name(std::string_view name) {
  return plane_kinds().contains(kind_in(name));
}

PlaneOptions parse_plane_name(std::string_view name) {
  PlaneOptions options;
  options.kind = kind_in(name);
  if (options.kind.size() == name.size()) {
    return options;
  }
  std::vector<std::string_view> seen;
  try {
    for (const std::string& part : split(name.substr(options.kind.size() + 1), ',')) {
      read_option(options, part, seen);
    }
  } catch (const ValueError& error) {
    throw ValueError(fmt::format("{}: {}", name, error.what()));
  }
  return options;
}

}  // namespace gradus
