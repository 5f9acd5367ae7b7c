#include "experiments/quadrature/figure.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "evidence/input/error.hpp"
#include "experiments/quadrature/recorded.hpp"
#include "experiments/quadrature/table.hpp"

namespace sca::experiments {
namespace {

using evidence::Curve;
using evidence::Mark;
using Json = nlohmann::ordered_json;

Json line(const std::string& kind, const std::string& rule, std::size_t d) {
  return {{"kind", kind}, {"target", "token"}, {"data", "synthetic"},
          {"rule", rule}, {"window", "cube"},  {"band", "fixed"},
          {"d", d}};
}

/// A series whose error is M^-slope, with a bound thrice that, and the fit that theory knows.
void add_series(std::vector<Json>& records, const std::string& rule, std::size_t d, double slope) {
  for (double M = 2; M <= 64; M *= 2) {
    const double error = std::pow(M, slope);
    const auto text = [](double x) { return std::to_string(x); };
    const Json quantiles{{"q25", text(error / 2)}, {"q75", text(error * 1.5)}, {"rms", text(error)}};
    Json point = line("point", rule, d);
    point.update({{"M", text(M)},
                  {"own", quantiles},
                  {"bound", text(3 * error)},
                  {"bound_of", "own"},
                  {"precondition", M < 8 ? "not met" : "met"}});
    records.push_back(point);
  }
  Json fit = line("fit", rule, d);
  fit.update({{"of", "own"},
              {"law", "power"},
              {"slope", "-1.01"},
              {"low", "-1.1"},
              {"high", "-0.9"},
              {"theory_low", std::to_string(slope)},
              {"theory_high", std::to_string(slope)},
              {"sense", "equal"},
              {"theory", "M^-1"},
              {"needs", "none"},
              {"verdict", "matches theory"}});
  records.push_back(fit);
}

std::vector<Json> header() {
  return {
      {{"provenance", {{"command", "sca quadrature"}}}, {"settings", {{"phase", "8"}, {"instances", 64}}}}};
}

const Curve& first(const evidence::Panel& panel, Mark mark) {
  return *std::ranges::find(panel.curves, mark, &Curve::mark);
}

TEST(QuadratureFigure, HasAPanelADimensionAndAllThatWasRecorded) {
  std::vector<Json> records = header();
  add_series(records, "tensor/midpoint", 1, -2);
  add_series(records, "qmc/halton", 2, -1);
  const auto figure = quadrature_figure(records, "r.jsonl", "token");
  ASSERT_EQ(figure.panels.size(), 2U);
  EXPECT_EQ(figure.panels[0].title, "d = 1");
  EXPECT_EQ(figure.panels[1].title, "d = 2");
  const Curve& measured = first(figure.panels[1], Mark::measured);
  EXPECT_EQ(measured.label, "halton");
  ASSERT_EQ(measured.points.size(), 6U);
  EXPECT_EQ(measured.points[1].x, 4);
  EXPECT_NEAR(*measured.points[1].low, 0.125, 1e-6);
  const Curve& bound = first(figure.panels[1], Mark::bound);
  ASSERT_EQ(bound.points.size(), 6U);
  EXPECT_NEAR(bound.points[0].y, 1.5, 1e-6);
  EXPECT_EQ(figure.caption.back().find("sca quadrature"), 0U);
}

TEST(QuadratureFigure, TheorysLineHasItsSlopeWhereThePreconditionHolds) {
  std::vector<Json> records = header();
  add_series(records, "qmc/halton", 1, -1);
  const auto figure = quadrature_figure(records, "r.jsonl", "token");
  const Curve& theory = first(figure.panels[0], Mark::theory);
  ASSERT_GE(theory.points.size(), 2U);
  const auto& from = theory.points.front();
  const auto& to = theory.points.back();
  EXPECT_GE(from.x, 8);
  EXPECT_NEAR(to.x, 64, 1e-9);
  EXPECT_NEAR(std::log(to.y / from.y) / std::log(to.x / from.x), -1, 1e-3);
  EXPECT_NEAR(to.y * 64, 1, 1e-3);
}

TEST(QuadratureFigure, SixLinesAPanelNoTwoAlike) {
  std::vector<Json> records = header();
  for (const char* rule : {"a/1", "a/2", "b/1", "b/2", "c/1", "c/2", "d/1", "qmc/halton"})
    add_series(records, rule, 1, -1);
  const auto figure = quadrature_figure(records, "r.jsonl", "token");
  std::set<std::size_t> looks;
  std::set<std::string> labels;
  for (const Curve& curve : figure.panels[0].curves) {
    if (curve.mark != Mark::measured) continue;
    looks.insert(curve.look);
    labels.insert(curve.label);
  }
  EXPECT_EQ(looks.size(), 6U);
  EXPECT_TRUE(labels.contains("halton"));
  EXPECT_NE(figure.caption[1].find("6 of 8"), std::string::npos) << figure.caption[1];
}

TEST(QuadratureFigure, ARuleInTwoWindowsIsTwoLinesApart) {
  std::vector<Json> records = header();
  add_series(records, "qmc/halton", 1, -1);
  const std::size_t count = records.size();
  for (std::size_t i = 1; i < count; ++i) {
    records.push_back(records[i]);
    records.back()["window"] = "gaussian";
  }
  const auto figure = quadrature_figure(records, "r.jsonl", "token");
  std::map<std::string, std::size_t> looks;
  for (const Curve& curve : figure.panels[0].curves) {
    if (curve.mark == Mark::measured) looks[curve.label] = curve.look;
  }
  ASSERT_TRUE(looks.contains("halton, cube") && looks.contains("halton, gaussian"));
  EXPECT_NE(looks["halton, cube"], looks["halton, gaussian"]);
}

TEST(QuadratureFigure, ForeignFieldsAndEmptyTargetsAreErrors) {
  std::vector<Json> records = header();
  add_series(records, "qmc/halton", 1, -1);
  EXPECT_THROW(quadrature_figure(records, "r.jsonl", "attention-token"), evidence::InputError);
  records[3]["M"] = "many";
  try {
    quadrature_figure(records, "r.jsonl", "token");
    FAIL();
  } catch (const evidence::InputError& error) {
    EXPECT_NE(std::string(error.what()).find("r.jsonl, line 4"), std::string::npos) << error.what();
  }
}

TEST(QuadratureFigure, FitsAloneDrawNothing) {
  std::vector<Json> records = header();
  add_series(records, "qmc/halton", 1, -1);
  Json fit = records.back();
  fit["target"] = "attention-token";
  records.push_back(fit);
  EXPECT_EQ(recorded_targets(records, "r.jsonl"), std::vector<std::string>{"token"});
}

TEST(QuadratureTable, ARowARuleAColumnAPrefix) {
  std::vector<Json> records = header();
  add_series(records, "qmc/halton", 1, -1);
  add_series(records, "tensor/midpoint", 2, -1);
  const std::string table = markdown_table(records, "own", "r.jsonl");
  EXPECT_NE(table.find("| rule, window | theory | needs | d = 1 | d = 2 |"), std::string::npos) << table;
  EXPECT_NE(table.find("| `qmc/halton`, cube | `M^-1` | – | **-1.01 [-1.10, -0.90]** |  |"),
            std::string::npos)
      << table;
  EXPECT_EQ(markdown_table(records, "total", "r.jsonl"), "");
}

}  // namespace
}  // namespace sca::experiments
