// The studies with few instances: what they measure, that theory matches it, and that a wrong theory does
// not.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "evidence/input/error.hpp"
#include "experiments/capacity/figure.hpp"
#include "experiments/capacity/recorded.hpp"
#include "experiments/capacity/study.hpp"
#include "experiments/capacity/table.hpp"

namespace sca::experiments::capacity {
namespace {

const Settings few{.studies = {}, .instances = 4, .seed = 1};

Series series(const std::vector<Unit>& units, const std::string& study, const std::string& name) {
  const auto found = std::ranges::find_if(
      units, [&](const Unit& u) { return u.key.study == study && u.key.series == name; });
  EXPECT_NE(found, units.end()) << study << " " << name;
  return found->compute();
}

std::string verdict(const Series& series) { return judged(series).finding.verdict; }

std::vector<double> measured(const Series& series) {
  std::vector<double> values;
  for (const PointRecord& point : judged(series).points) values.push_back(point.measured);
  return values;
}

TEST(CapacityStudies, RanksRiseToTheTokens) {
  const Series complex = series(cliff_units(few), "cliff/complex", "rank");
  EXPECT_EQ(measured(complex), (std::vector<double>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 12, 12, 12, 12}));
  for (const char* study : {"cliff/real", "cliff/channel"}) {
    const Series real = series(cliff_units(few), study, "rank");
    EXPECT_EQ(measured(real), (std::vector<double>{2, 4, 6, 8, 10, 12, 12, 12})) << study;
    EXPECT_EQ(verdict(real), "matches theory") << study;
  }
}

TEST(CapacityStudies, ARankOfOneMoreIsRefuted) {
  Series wrong = series(cliff_units(few), "cliff/channel", "rank");
  wrong.sizes.front().exact = 3;
  EXPECT_EQ(verdict(wrong), "refuted");
}

TEST(CapacityStudies, TheCliffsLawIsNotThatOfTheNextRank) {
  const Settings many{.studies = {}, .instances = 64, .seed = 1};
  Series residual = series(cliff_units(many), "cliff/real", "residual");
  EXPECT_EQ(verdict(residual), "matches theory");
  for (std::size_t M = 1; M < 6; ++M) {
    const Size& size = residual.sizes[M - 1];
    EXPECT_NEAR(size.law->mean, 1 - 2.0 * static_cast<double>(M) / 12, 1e-15) << M;
  }
  EXPECT_LT(measured(residual)[5], 1e-15);
  residual.sizes[2].law->mean = 1 - 8.0 / 12;
  EXPECT_EQ(verdict(residual), "refuted");
}

TEST(CapacityStudies, GautschisFactorIsNeeded) {
  Series cluster = series(conditioning_units(few), "conditioning/gautschi", "cluster");
  EXPECT_EQ(verdict(cluster), "matches theory");
  EXPECT_TRUE(cluster.remark.starts_with("5.00")) << "t - 1 digits a decade: " << cluster.remark;
  Series pair = series(conditioning_units(few), "conditioning/gautschi", "pair");
  EXPECT_TRUE(pair.remark.starts_with("1.00")) << "a pair costs one: " << pair.remark;
  for (Size& size : cluster.sizes) {
    for (Sample& sample : size.samples) sample.upper = sample.lower;
  }
  EXPECT_EQ(verdict(cluster), "refuted");
}

TEST(CapacityStudies, EquispacedTokensAttainTheLargeSieve) {
  const Series largest =
      series(conditioning_units(few), "conditioning/beurling-selberg", "equispaced tokens, largest");
  const SeriesRecords records = judged(largest);
  EXPECT_EQ(records.finding.verdict, "matches theory");
  // 17 nodes, 8 tokens an eighth apart: three nodes coincide once, two elsewhere.
  EXPECT_NEAR(records.points[0].measured, 24.0 / 17, 1e-15);
  EXPECT_NEAR(*records.finding.clearance, 1, 1e-15);
  Series wrong = largest;
  wrong.sizes[0].samples[0].upper = Enclosure(23.0 / 17);
  EXPECT_EQ(verdict(wrong), "refuted");
}

TEST(CapacityStudies, AChannelHasFourDimensionsAtATenth) {
  Series by_points = series(theta_max_units(few), "rank/points", "tolerance 0.1");
  EXPECT_EQ(verdict(by_points), "matches theory");
  EXPECT_EQ(by_points.sizes[0].prediction, 2) << "M = 1 has two columns";
  EXPECT_EQ(by_points.sizes.back().prediction, 4) << "1, .85, .46, .14, .027: four above a tenth";
  EXPECT_EQ(by_points.sizes[0].samples[0].upper.high, 2);
  by_points.sizes[0].samples[0].upper = Enclosure(1.0);
  EXPECT_EQ(verdict(by_points), "refuted");
}

TEST(CapacityStudies, UnknownsAreFreeBeyondTheCount) {
  Series known = series(identifiability_units(few), "identifiability/known-weights", "H = 1, M = 2");
  EXPECT_EQ(measured(known), (std::vector<double>{0, 0, 0, 0, 1, 2}));
  // H = 4, M = 2: 17 equations, 5 unknowns a token.
  Series unknown = series(identifiability_units(few), "identifiability/unknown-weights", "H = 4, M = 2");
  EXPECT_EQ(measured(unknown), (std::vector<double>{0, 0, 0, 3.0 / 4, 8.0 / 4}));
  EXPECT_EQ(verdict(unknown), "matches theory");
  unknown.sizes[3].exact = 0;
  EXPECT_EQ(verdict(unknown), "refuted");
}

TEST(CapacityStudies, TasksAreNamedByTheirLines) {
  const std::vector<Task> all =
      tasks({.studies = {"cliff", "identifiability/known-weights"}, .instances = 2, .seed = 1});
  EXPECT_EQ(all.size(), 9u) << "three cliffs, each rank and residual, and three shapes";
  std::set<std::string> names;
  for (const Task& task : all) names.insert(task.name);
  EXPECT_EQ(names.size(), all.size());
  EXPECT_EQ(name_of_line(all.back().compute().back()), all.back().name);
}

/// A header and one series.
Lines records() {
  Lines lines{{{"provenance", {{"command", "sca capacity"}}}, {"settings", {{"instances", 2}}}}};
  for (auto& line : tasks({.studies = {"cliff/real"}, .instances = 2, .seed = 1}).back().compute())
    lines.push_back(std::move(line));
  return lines;
}

TEST(CapacityRecords, ReadBackAsWritten) {
  const std::vector<RecordedSeries> read = recorded_series(records(), "mine");
  ASSERT_EQ(read.size(), 1u);
  EXPECT_EQ(read[0].key.series, "residual");
  ASSERT_EQ(read[0].points.size(), 8u);
  EXPECT_EQ(*read[0].points[5].prediction, 0);
  EXPECT_EQ(read[0].points[5].verdict, "matches theory");
  EXPECT_EQ(read[0].words.axis, "points M");
}

TEST(CapacityRecords, SayWhatIsWrong) {
  Lines lines = records();
  lines[3]["measured"] = "a lot";
  try {
    recorded_series(lines, "mine.jsonl");
    ADD_FAILURE() << "accepted";
  } catch (const evidence::InputError& error) {
    EXPECT_NE(std::string(error.what()).find("mine.jsonl, line 4: measured"), std::string::npos)
        << error.what();
  }
  EXPECT_THROW(capacity_figure({lines.front()}, "mine"), evidence::InputError) << "nothing to draw";
}

TEST(CapacityRecords, AreDrawnAndTabulated) {
  const evidence::Figure figure = capacity_figure(records(), "mine");
  ASSERT_EQ(figure.panels.size(), 1u);
  const auto drawn = [&](evidence::Mark mark) {
    return std::ranges::count_if(figure.panels[0].curves, [&](const evidence::Curve& c) {
      return c.mark == mark && c.points.size() == 8;
    });
  };
  EXPECT_EQ(drawn(evidence::Mark::measured), 1);
  EXPECT_EQ(drawn(evidence::Mark::theory), 1);
  EXPECT_NE(markdown_table(records()).find("| cliff/real | residual |"), std::string::npos);
}

}  // namespace
}  // namespace sca::experiments::capacity
