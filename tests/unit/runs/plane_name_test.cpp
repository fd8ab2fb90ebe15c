// SPDX-License-Identifier: MIT
#include "gradus/runs/plane_name.hpp"

#include <gtest/gtest.h>

#include <string>

#include "gradus/core/error.hpp"

namespace gradus {
namespace {

std::string refusal(std::string_view name) {
  try {
    (void)parse_plane_name(name);
  } catch (const ValueError& error) {
    return error.what();
  }
  return "none";
}

TEST(PlaneName, OfAKindAloneMeansItsDefaults) {
  for (const PlaneKind& kind : plane_kinds()) {
    EXPECT_TRUE(is_plane_name(kind.id));
    const PlaneOptions options = parse_plane_name(kind.id);
    EXPECT_EQ(options.kind, kind.id);
    EXPECT_EQ(options.noise, std::nullopt);
    EXPECT_EQ(options.num_samples, PlaneOptions{}.num_samples);
    EXPECT_EQ(options.seed, PlaneOptions{}.seed);
  }
}

TEST(PlaneName, TakesOptionsInAnyOrder) {
  for (const std::string_view name :
       {"noisy-line:noise=0.25,n=500,seed=3", "noisy-line:seed=3,n=500,noise=2.5e-1"}) {
    EXPECT_TRUE(is_plane_name(name));
    const PlaneOptions options = parse_plane_name(name);
    EXPECT_EQ(options.kind, "noisy-line");
    EXPECT_EQ(options.noise, 0.25);
    EXPECT_EQ(options.num_samples, 500U);
    EXPECT_EQ(options.seed, 3U);
  }
  EXPECT_EQ(parse_plane_name("moons:noise=0").noise, 0.0);
  EXPECT_EQ(parse_plane_name("moons:seed=18446744073709551615").seed, 18446744073709551615U);
}

TEST(PlaneName, IsNoneOfOtherData) {
  for (const std::string_view name :
       {"", "digits", "moon", "moons ", "Moons", "moons.csv", "./moons", "moons,n=20", ":moons"}) {
    EXPECT_FALSE(is_plane_name(name)) << name;
  }
}

TEST(PlaneName, RefusesOptionsThatMeanNothing) {
  EXPECT_EQ(refusal("moons:noise=x"),
            "moons:noise=x: noise: got \"x\", expected a number of at least 0");
  EXPECT_EQ(refusal("moons:noise=-1"),
            "moons:noise=-1: noise: got \"-1\", expected a number of at least 0");
  EXPECT_EQ(refusal("moons:noise=inf"),
            "moons:noise=inf: noise: got \"inf\", expected a number of at least 0");
  EXPECT_EQ(refusal("moons:n=9"),
            "moons:n=9: n: got \"9\", expected a whole number of at least 10");
  EXPECT_EQ(refusal("moons:n=1e3"),
            "moons:n=1e3: n: got \"1e3\", expected a whole number of at least 10");
  EXPECT_EQ(refusal("moons:size=20"),
            "moons:size=20: unknown option \"size\"; there are noise, n, seed");
  EXPECT_EQ(refusal("moons:"), "moons:: unknown option \"\"; there are noise, n, seed");
  EXPECT_EQ(refusal("moons:n"), "moons:n: n has no value, expected n=...");
  EXPECT_EQ(refusal("moons:n=20,seed=1,n=20"), "moons:n=20,seed=1,n=20: n is given twice");
}

}  // namespace
}  // namespace gradus
