#include "experiments/analysis/figures.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/experiments/analysis/synthetic.hpp"

namespace sca::experiments::ablation {
namespace {

using evidence::Figure;
using evidence::Mark;
using synthetic::Json;

Figure figure_named(const FigureSet& set, const std::string& name) {
  for (const ReportFigure& one : set.drawn) {
    if (one.name == name) return one.figure;
  }
  ADD_FAILURE() << name;
  return {};
}

FigureSet smoke_figures() { return report_figures(analysed(synthetic::asked(), synthetic::smoke())); }

TEST(AblationFigures, ARatioIsAPlaceARunAPoint) {
  const Figure figure = figure_named(smoke_figures(), "ratio");
  ASSERT_EQ(figure.panels.size(), 4U);
  const evidence::Panel& mqar = figure.panels[0];
  EXPECT_EQ(mqar.x.names.front().second, "att");
  EXPECT_EQ(mqar.x.names.back().second, "SCA");
  ASSERT_EQ(mqar.curves.size(), 3U);  // means, runs, chance
  EXPECT_EQ(mqar.curves[0].points.size(), 5U);
  EXPECT_EQ(mqar.curves[1].mark, Mark::runs);
  EXPECT_EQ(mqar.curves[1].points.size(), 15U);
  double mean = 0;
  for (std::size_t i = 0; i < 3; ++i) mean += mqar.curves[1].points[i].y / 3;
  EXPECT_NEAR(mqar.curves[0].points[0].y, mean, 1e-12);
  EXPECT_LE(*mqar.curves[0].points[0].low, mean);
  EXPECT_GE(*mqar.curves[0].points[0].high, mean);
  EXPECT_EQ(mqar.curves[2].points[0].y, 1.0 / 32);
  EXPECT_EQ(figure.panels[3].y.label, "bits per byte");
  EXPECT_NE(figure.caption[1].find("n = 3 seeds"), std::string::npos);
}

TEST(AblationFigures, ArmsOfMAreDrawnWhereTheyAddSomething) {
  std::vector<Json> records = synthetic::smoke();
  const auto labels = [&] {
    const auto analysis = analysed(synthetic::asked(), records);
    std::vector<std::string> all;
    const Figure figure = figure_named(report_figures(analysis), "m");
    for (const auto& curve : figure.panels.at(0).curves) {
      if (curve.mark == Mark::line) all.push_back(curve.label);
    }
    return all;
  };
  EXPECT_EQ(labels(), std::vector<std::string>{"one state size"});
  records.push_back(synthetic::run("mqar", {{"M", 4}, {"theta_max", 12}}, 1, 0.5));
  records.push_back(synthetic::run("mqar", {{"M", 4}, {"H", 8}}, 1, 0.6));
  EXPECT_EQ(labels(), (std::vector<std::string>{"one state size", "θ ≤ 12", "one H"}));
}

TEST(AblationFigures, TheGridsShadeIsTheMean) {
  const Figure figure = figure_named(smoke_figures(), "grid");
  ASSERT_EQ(figure.panels.size(), 4U);
  EXPECT_EQ(figure.panels[0].tiles.size(), 15U);
  for (const evidence::Tile& tile : figure.panels[0].tiles)
    EXPECT_EQ(tile.text, fmt::format("{:.0f} %", 100 * tile.shade));
  const auto& bytes = figure.panels[3].tiles;
  const auto best = std::ranges::max_element(bytes, {}, &evidence::Tile::shade);
  EXPECT_EQ(best->shade, 1);
  for (const evidence::Tile& tile : bytes) EXPECT_LE(best->text, tile.text);  // the least bits
}

TEST(AblationFigures, StepsEndBelowOneWhereRunsNeverGotThere) {
  std::vector<Json> records;
  for (int seed = 1; seed <= 4; ++seed)
    records.push_back(synthetic::run("mqar", {}, seed, seed == 1 ? 0.1 : 0.9));
  const Figure figure = figure_named(report_figures(analysed(synthetic::asked(), records)), "steps");
  const auto& points = figure.panels.at(0).curves.at(0).points;
  EXPECT_EQ(points.back().x, 600);
  EXPECT_EQ(points.back().y, 0.75);
  EXPECT_EQ(points.front().y, 0);
}

TEST(AblationFigures, SizesAreKeptApart) {
  std::vector<Json> records = synthetic::smoke();
  for (const char* ratio : {"inf"}) {
    records.push_back(synthetic::run("mqar", {{"D", 64}, {"ratio", ratio}}, 1, 0.5));
    records.push_back(synthetic::run("mqar", {{"D", 64}, {"ratio", 1}}, 1, 0.5));
  }
  const FigureSet set = report_figures(analysed(synthetic::asked(), records));
  EXPECT_EQ(figure_named(set, "ratio-64-12").panels.at(0).curves.at(1).points.size(), 2U);
  EXPECT_EQ(figure_named(set, "ratio-32-12").panels.at(0).curves.at(1).points.size(), 15U);
}

TEST(AblationFigures, CapacityIsDrawnWhereItIsCrossed) {
  std::vector<Json> records;
  for (const int M : {1, 2}) {
    for (const auto& [task, value] : {std::pair{"mqar:N=4", 0.9}, {"mqar", 0.8}, {"mqar:N=32,V=128", 0.2}})
      records.push_back(synthetic::run(task, {{"ratio", "inf"}, {"M", M}, {"H", 8}}, 1, value));
  }
  const Figure figure = figure_named(report_figures(analysed(synthetic::asked(), records)), "capacity");
  ASSERT_EQ(figure.panels.size(), 3U);
  EXPECT_EQ(figure.panels[0].curves[0].points[1].x, 8);    // K M
  EXPECT_EQ(figure.panels[2].curves[0].points[1].x, 128);  // 2KHM
}

}  // namespace
}  // namespace sca::experiments::ablation
