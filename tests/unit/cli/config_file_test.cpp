// SPDX-License-Identifier: MIT
#include "options/config_file.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "gradus/formats/file.hpp"
#include "unit/formats/temporary_folder.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus::cli {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

Pairs parsed(std::string_view text) {
  Pairs pairs;
  for (const ConfigEntry& entry : parse_config("file", text)) {
    pairs.emplace_back(entry.name, entry.text);
  }
  return pairs;
}

std::string refusal(std::string_view text) {
  return data_error([&] { static_cast<void>(parse_config("file", text)); });
}

TEST(ConfigFile, HasEachValueAsItWouldBeTyped) {
  EXPECT_EQ(parsed("lr = 0.1\n"
                   "weight-decay = 1e-4  # a remark\n"
                   "batch = 1_000\n"
                   "layers = [784, 50, 10]\n"
                   "schedule = \"step:2000:0.5\"\n"
                   "\"early-stop\" = 'off'\n"
                   "flag = true\n"),
            (Pairs{{"lr", "0.1"},
                   {"weight-decay", "0.0001"},
                   {"batch", "1000"},
                   {"layers", "784,50,10"},
                   {"schedule", "step:2000:0.5"},
                   {"early-stop", "off"},
                   {"flag", "true"}}));
}

TEST(ConfigFile, KeepsEveryDigitOfANumber) {
  for (const std::string number :
       {"0.1", "0.30000000000000004", "0.3333333333333333", "1e-300", "1.7976931348623157e308",
        "5e-324", "100.0", "-0.0", "9007199254740993", "9223372036854775807"}) {
    const Pairs pairs = parsed("lr = " + number + "\n");
    ASSERT_EQ(pairs.size(), 1U);
    EXPECT_EQ(std::stold(pairs[0].second), std::stold(number)) << pairs[0].second;
  }
}

TEST(ConfigFile, IsReadFromTheTopWhateverTheNames) {
  EXPECT_EQ(parsed("z = 1\na = 2\nm = 3\n"), (Pairs{{"z", "1"}, {"a", "2"}, {"m", "3"}}));
}

TEST(ConfigFile, MayBeEmpty) {
  EXPECT_TRUE(parsed("").empty());
  EXPECT_TRUE(parsed("# nothing yet\n").empty());
}

TEST(ConfigFile, RefusesWhatIsNoOptionAndNamesTheLine) {
  for (const std::string value : {"{ b = 1 }", "1979-05-27", "07:32:00", "[]", "[[1], [2]]",
                                  "[1, 1979-05-27]", "[{ b = 1 }]"}) {
    EXPECT_EQ(refusal("lr = 0.1\nx = " + value + "\n"),
              "file: line 2: x: expected the value of an option: a number, a text or a list of "
              "numbers")
        << value;
  }
  EXPECT_NE(refusal("[table]\nlr = 0.1\n").find("table: expected the value of an option"),
            std::string::npos);
}

TEST(ConfigFile, RefusesWhatIsNotTomlAndNamesTheLine) {
  for (const std::string line : {"lr 0.1", "lr = ", "lr = 0.1 0.2", "lr = 08", "lr = \"open",
                                 "lr = 9223372036854775808", "lr = 1\nlr = 2"}) {
    const std::string message = refusal("seed = 1\n" + line + "\n");
    EXPECT_TRUE(message.starts_with("file: line ")) << line << ": " << message;
    EXPECT_FALSE(message.starts_with("file: line 1:")) << line << ": " << message;
  }
  EXPECT_TRUE(refusal("a = \"\xFF\"\n").starts_with("file: line 1:"));
}

TEST(ConfigFile, CallsJsonThat) {
  EXPECT_EQ(refusal(" \n{\"lr\": 0.5}"),
            "file: is JSON, expected TOML, a line for each option: lr = 0.1");
}

TEST(ConfigFile, RefusesWhatIsTooLargeOrTooDeep) {
  EXPECT_TRUE(parsed(std::string(max_config_bytes, '\n')).empty());
  EXPECT_EQ(refusal(std::string(max_config_bytes + 1, '\n')),
            "file: has 1048577 bytes, expected at most 1048576");
  EXPECT_TRUE(refusal("a = " + std::string(100000, '[')).starts_with("file: line 1:"));
}

TEST(ConfigFile, IsReadFromItsPath) {
  const TemporaryFolder folder;
  const std::string path = (folder.path() / "run.toml").string();
  EXPECT_TRUE(data_error([&] { static_cast<void>(read_config(path)); }).starts_with(path + ": "));
  write_text_file(path, "lr = 0.25\n");
  const std::vector<ConfigEntry> entries = read_config(path);
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].name, "lr");
  EXPECT_EQ(entries[0].text, "0.25");
}

}  // namespace
}  // namespace gradus::cli
