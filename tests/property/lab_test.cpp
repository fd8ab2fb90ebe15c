// SPDX-License-Identifier: MIT
// What must hold for every experiment, and for the texts of all.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "gradus/lab/experiment.hpp"
#include "gradus/lab/to_json.hpp"
#include "gradus/texts/texts.hpp"

namespace gradus {

/// What GoogleTest shows of an experiment.
static void PrintTo(const Experiment& experiment, std::ostream* out) {
  *out << experiment.id;
}

namespace {

constexpr std::array languages{Language::english, Language::korean};

struct Combination {
  std::string_view id;
  std::vector<std::string> settings;
};

/// Settings that need one another, for what no single change brings about.
const std::vector<Combination> combinations{
    {"descent", {"lr=10", "gradient=exact"}},
    {"descent", {"lr=0.1", "steps=200"}},
    {"descent", {"f=log(x0) + x1^2", "start=1,1", "lr=2"}},
    {"entropy", {"truth=1,0", "model=1,0"}},
    {"entropy", {"truth=0.5,0.6", "model=0.5,0.5"}},
    {"loss", {"y=0.5,0.6", "t=1,0.5"}},
    {"loss", {"y=0.2,0.8", "t=1,0"}},
    {"derivative", {"f=x^2", "at=0"}},
    {"derivative", {"f=x^2", "at=-1"}},
    {"derivative", {"f=log(x)", "at=-1"}},
    {"tangent", {"f=1/x", "at=0"}},
    {"partial", {"f=log(x0)", "at=-1,0"}},
    {"rate", {"f=log(x)", "start=-1"}},
    {"descent", {"f=log(x0)", "start=-1,1"}},
    {"gradient-field", {"at=0,0"}},
    {"arrays", {"shape=10,10"}},
    {"simple-net", {"x=0,0"}},
    {"simple-net", {"W=20,-20,0,0,0,0", "t=1"}},
    {"initialization", {"activation=relu", "std=1"}},
    {"overfitting", {"images=1000", "hidden=5", "iterations=40"}},
    {"overfitting", {"images=1000", "iterations=40"}},
    {"landscape", {"shift=0,-0.001", "rates=0.1", "steps=300"}},
    {"landscape", {"problem=himmelblau", "shift=-0.27,-0.92", "rates=1e-6", "steps=2"}},
    {"landscape", {"problem=rosenbrock", "rates=1e5"}},
    {"learning-rate", {"steps=300", "gradient=exact"}},
    {"learning-rate", {"gradient=exact"}},
    {"learning-rate", {"f=abs(x0) + x1^2", "gradient=exact"}},
    {"learning-rate", {"f=log(x0) + x1^2", "start=1,1", "rates=2,0.1"}},
    {"surface", {"f=3", "low=0"}},
    {"surface", {"f=log(x0)", "high=-1"}},
    {"surface", {"f=log(x0)"}},
};

Result run(const Experiment& experiment, const std::vector<std::string>& settings) {
  return experiment.run(Settings(experiment.id, experiment.parameters, settings));
}

/// The settings of one parameter that are worth trying.
std::vector<std::vector<std::string>> single_settings(const Experiment& experiment) {
  std::vector<std::vector<std::string>> settings;
  for (const Parameter& parameter : experiment.parameters) {
    EXPECT_FALSE(parameter.values_to_try().empty()) << parameter.id;
    for (const std::string_view value : parameter.values_to_try()) {
      settings.push_back({std::string(parameter.id) + "=" + std::string(value)});
    }
  }
  return settings;
}

std::vector<std::vector<std::string>> combined_settings(const Experiment& experiment) {
  std::vector<std::vector<std::string>> settings;
  for (const Combination& combination : combinations) {
    if (combination.id == experiment.id) {
      settings.push_back(combination.settings);
    }
  }
  return settings;
}

/// What came out, without the parameters that went in.
std::string outcome(const Experiment& experiment, const Result& result) {
  return to_json(experiment, Settings(experiment.id, experiment.parameters), result,
                 Language::english);
}

TEST(Texts, AreTheSameInBothLanguages) {
  EXPECT_EQ(text_ids(Language::english), text_ids(Language::korean));
}

/// The names between braces, without their formats.
std::set<std::string> names_in(const std::string& text) {
  std::set<std::string> names;
  for (std::size_t open = text.find('{'); open != std::string::npos;
       open = text.find('{', open + 1)) {
    names.insert(text.substr(open + 1, text.find_first_of(":}", open) - open - 1));
  }
  return names;
}

TEST(Texts, HaveTheSameValuesInBothLanguages) {
  for (const std::string& id : text_ids(Language::english)) {
    const std::string group = id.substr(0, id.find('.'));
    const std::string rest = id.substr(id.find('.') + 1);
    EXPECT_EQ(names_in(text(Language::english, group, rest)),
              names_in(text(Language::korean, group, rest)))
        << id;
  }
}

/// Collects what is looked up: the text of the group itself, else the common one.
class Used {
 public:
  void add(std::string_view group, const std::string& id) {
    if (id.empty()) {
      return;
    }
    for (const Language language : languages) {
      static_cast<void>(text(language, group, id));  // throws when it is missing
    }
    const std::string own = std::string(group) + "." + id;
    const bool is_own = std::find(known_.begin(), known_.end(), own) != known_.end();
    ids_.insert(is_own ? own : "common." + id);
  }

  void add(const Experiment& experiment, const Result& result) {
    const std::string_view group = experiment.id;
    for (const NamedNumber& scalar : result.scalars) {
      add(group, scalar.id);
    }
    for (const Table& table : result.tables) {
      add(group, table.id);
      for (const Column& column : table.columns) {
        add(group, column.id);
      }
      for (const std::vector<Value>& row : table.rows) {
        for (const Value& cell : row) {
          add_value(group, cell);
        }
      }
    }
    for (const Figure& figure : result.figures) {
      add_filled(group, figure.title, figure.values);
      for (const Axis& axis : {figure.x, figure.y, figure.z.value_or(Axis{})}) {
        add(group, axis.label);
      }
      for (const Series& series : figure.series) {
        add_filled(group, series.label, series.values);
      }
    }
    for (const Remark& remark : result.remarks) {
      add_filled(group, remark.id, remark.values);
    }
  }

  [[nodiscard]] const std::set<std::string>& ids() const { return ids_; }

 private:
  void add_value(std::string_view group, const Value& value) {
    if (const auto* id = std::get_if<TextId>(&value)) {
      add(group, id->id);
    }
  }

  void add_filled(std::string_view group, const std::string& id,
                  const std::vector<NamedValue>& values) {
    add(group, id);
    for (const Language language : languages) {
      if (!id.empty()) {
        static_cast<void>(text(language, group, id, values));  // throws when a value is missing
      }
    }
    for (const NamedValue& value : values) {
      add_value(group, value.value);
    }
  }

  std::vector<std::string> known_ = text_ids(Language::english);
  std::set<std::string> ids_;
};

/// Tables with all their cells, figures with all their points, something to show and to say.
void expect_whole(const Result& result) {
  EXPECT_FALSE(result.tables.empty() && result.figures.empty());
  EXPECT_FALSE(result.remarks.empty());
  for (const Table& table : result.tables) {
    for (const std::vector<Value>& row : table.rows) {
      EXPECT_EQ(row.size(), table.columns.size()) << table.id;
    }
  }
  for (const Figure& figure : result.figures) {
    for (const Series& series : figure.series) {
      const std::size_t arrows = series.kind == SeriesKind::arrows ? series.x.size() : 0;
      if (is_over_grid(series.kind)) {
        EXPECT_EQ(series.z.size(), series.x.size() * series.y.size()) << figure.title;
      } else {
        EXPECT_TRUE(series.z.empty()) << figure.title;
        EXPECT_EQ(series.x.size(), series.y.size()) << figure.title;
      }
      EXPECT_EQ(series.dx.size(), arrows) << figure.title;
      EXPECT_EQ(series.dy.size(), arrows) << figure.title;
    }
  }
}

void add_description(const Experiment& experiment, Used& used) {
  used.add(experiment.id, "title");
  used.add(experiment.id, "about");
  used.add("section", std::string(experiment.section));
  for (const Parameter& parameter : experiment.parameters) {
    const std::string id = "parameter." + std::string(parameter.id);
    used.add(experiment.id, id);
    used.add(experiment.id, id + ".help");
  }
}

class EveryExperiment : public testing::TestWithParam<Experiment> {};

TEST_P(EveryExperiment, IsWholeWithWhateverIsSetAndHasNoTextTooMany) {
  const Experiment& experiment = GetParam();
  Used used;
  add_description(experiment, used);
  const auto look_at = [&](const std::vector<std::string>& settings) {
    const Result result = run(experiment, settings);
    expect_whole(result);
    used.add(experiment, result);
    return outcome(experiment, result);
  };
  const std::string before = look_at({});
  EXPECT_EQ(look_at({}), before) << "the same settings, twice";
  for (const std::vector<std::string>& settings : single_settings(experiment)) {
    EXPECT_NE(look_at(settings), before) << settings.front() << " changes nothing";
  }
  for (const std::vector<std::string>& settings : combined_settings(experiment)) {
    look_at(settings);
  }
  for (const std::string& id : text_ids(Language::english)) {
    if (id.starts_with(std::string(experiment.id) + ".")) {
      EXPECT_TRUE(used.ids().contains(id)) << id << " is used by nothing";
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Lab, EveryExperiment,
                         testing::ValuesIn(experiments().begin(), experiments().end()),
                         [](const testing::TestParamInfo<Experiment>& tested) {
                           std::string name(tested.param.id);
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

// Those of an experiment are looked for above; those of the program, in tests/e2e.
TEST(Texts, ThatManyExperimentsShareAreEachUsed) {
  Used used;
  for (const Experiment& experiment : experiments()) {
    add_description(experiment, used);
    used.add(experiment, run(experiment, {}));
    for (const std::vector<std::string>& settings : combined_settings(experiment)) {
      used.add(experiment, run(experiment, settings));
    }
  }
  for (const std::string& id : text_ids(Language::english)) {
    if (id.starts_with("common.") || id.starts_with("section.")) {
      EXPECT_TRUE(used.ids().contains(id)) << id << " is used by nothing";
    }
  }
}

}  // namespace
}  // namespace gradus
