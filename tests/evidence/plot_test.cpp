#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <regex>

#include "evidence/plot/axis.hpp"
#include "evidence/plot/clip.hpp"
#include "evidence/plot/figure.hpp"
#include "evidence/plot/labels.hpp"
#include "evidence/plot/style.hpp"

namespace sca::evidence {
namespace {

std::vector<double> heights() {
  const auto raw = *rc::gen::nonEmpty<std::vector<int>>();
  std::vector<double> result;
  for (const int one : raw) result.push_back(one % 1000 / 1000.0);
  return result;
}

RC_GTEST_PROP(Labels, StandApartInOrderWithinThePanel, ()) {
  const std::vector<double> wanted = heights();
  const std::vector<double> placed = pushed_apart(wanted, 0.07, 0, 1);
  const double gap = std::min(0.07, 1.0 / static_cast<double>(std::max<std::size_t>(1, wanted.size() - 1)));
  std::vector<double> sorted = placed;
  std::ranges::sort(sorted);
  constexpr double rounding = 1e-12;
  RC_ASSERT(sorted.front() >= -rounding && sorted.back() <= 1 + rounding);
  for (std::size_t i = 1; i < sorted.size(); ++i) RC_ASSERT(sorted[i] - sorted[i - 1] >= gap - rounding);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    for (std::size_t j = 0; j < wanted.size(); ++j)
      RC_ASSERT(wanted[i] >= wanted[j] || placed[i] < placed[j]);
  }
}

TEST(Labels, StayWhereThereIsRoom) {
  const std::vector<double> wanted{0.9, 0.1, 0.5};
  const auto placed = pushed_apart(wanted, 0.1, 0, 1);
  for (std::size_t i = 0; i < wanted.size(); ++i) EXPECT_NEAR(placed[i], wanted[i], 1e-12);
  EXPECT_TRUE(pushed_apart({}, 0.1, 0, 1).empty());
}

TEST(Labels, TwoThatTouchMoveAlike) {
  const auto placed = pushed_apart({0.5, 0.5}, 0.1, 0, 1);
  EXPECT_NEAR(placed[0] + placed[1], 1.0, 1e-12);
}

std::vector<Place> some_line() {
  const auto raw =
      *rc::gen::container<std::vector<std::pair<int, int>>>(rc::gen::arbitrary<std::pair<int, int>>());
  std::vector<Place> line;
  for (const auto& [x, y] : raw) line.push_back({x % 300 / 100.0, y % 300 / 100.0});
  return line;
}

bool is_inside(const Place& p) {
  constexpr double rounding = 1e-9;
  return p.x >= -rounding && p.x <= 1 + rounding && p.y >= -rounding && p.y <= 1 + rounding;
}

RC_GTEST_PROP(Clip, NothingIsOutsideAndWhatIsInsideStays, ()) {
  const std::vector<Place> line = some_line();
  std::vector<Place> kept;
  for (const auto& part : clipped_line(line)) kept.insert(kept.end(), part.begin(), part.end());
  for (const Place& p : kept) RC_ASSERT(is_inside(p));
  for (const Place& p : clipped_polygon(line)) RC_ASSERT(is_inside(p));
  for (const Place& p : line) {
    const auto is_p = [&](const Place& q) { return std::abs(p.x - q.x) + std::abs(p.y - q.y) < 1e-9; };
    if (p.x >= 0 && p.x <= 1 && p.y >= 0 && p.y <= 1) RC_ASSERT(std::ranges::any_of(kept, is_p));
  }
}

TEST(Clip, ALineThatDropsToZeroLeavesStraightDown) {
  const Range y{Scale::log10, 1e-8, 1};
  const auto parts = clipped_line({{0.25, y.place(1)}, {0.5, y.place(0)}});
  ASSERT_EQ(parts.size(), 1U);
  EXPECT_NEAR(parts[0].back().x, 0.25, 0.01);
  EXPECT_NEAR(parts[0].back().y, 0, 1e-12);
}

Panel panel(const std::string& title, double level) {
  return {.title = title,
          .x = {.label = "M"},
          .y = {.label = "error"},
          .curves = {{Mark::measured,
                      0,
                      "first",
                      {{2, level, level / 2, level}, {200, level / 10, level / 20, level / 5}}},
                     {Mark::measured, 1, "second", {{2, level}, {200, level / 10}}},
                     {Mark::theory, 0, "", {{2, level}, {200, level / 10}}},
                     {Mark::bound, 0, "", {{2, 1e30, level}, {200, 1e29, level / 10}}}}};
}

TEST(Axes, OfOneLabelShareARangeAndBoundsDoNotStretchIt) {
  const std::vector<Panel> panels{panel("a", 1), panel("b", 1e-3)};
  const Range y = y_range(panels, "error");
  EXPECT_LT(y.from, 1e-3 / 20);
  EXPECT_GT(y.from, 1e-3 / 40);
  EXPECT_GT(y.to, 1);
  EXPECT_LT(y.to, 2);
}

TEST(Axes, AGivenEndHoldsAndWhatIsBeyondItCountsForNothing) {
  std::vector<Panel> panels{panel("a", 1)};
  panels[0].curves[0].points.push_back({1e200, 1e-100});
  panels[0].x.to = 300;
  EXPECT_EQ(x_range(panels, "M").to, 300);
  EXPECT_LT(x_range(panels, "M").from, 2);
  EXPECT_GT(x_range(panels, "M").from, 1);
  EXPECT_GT(y_range(panels, "error").from, 1e-3);
}

TEST(Axes, NumbersStandInsideAndAreFew) {
  for (const Range& range :
       {Range{Scale::log10, 1e-9, 1e200}, Range{Scale::log10, 3, 4}, Range{Scale::log2, 128, 65536},
        Range{Scale::linear, -0.3, 17}, Range{Scale::linear, 0, 1e-5}}) {
    std::size_t numbers = 0;
    for (const Tick& tick : ticks(range)) {
      const double at = range.place(tick.value);
      EXPECT_NE(tick.text, "-0");
      if (!tick.text.empty() && at >= 0 && at <= 1) ++numbers;
    }
    EXPECT_GE(numbers, range.to / range.from < 2 && range.from > 0 ? 0U : 2U) << range.from;
    EXPECT_LE(numbers, 7U) << range.from;
  }
}

TEST(Axes, WhatHasNamesShowsThem) {
  std::vector<Panel> panels{panel("a", 1), panel("b", 1)};
  panels[0].x.names = {{1, "one"}, {4, "four"}};
  const std::vector<Tick> all = ticks(x_range(panels, "M"));
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[1].text, "four");
  EXPECT_EQ(all[1].value, 4);
}

std::size_t count(const std::string& text, const std::string& what) {
  std::size_t found = 0;
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; ++at) ++found;
  return found;
}

TEST(Drawing, ShowsEverySeriesTheoryShadeAndLabel) {
  const Drawing all = drawing({.title = "It's",
                               .columns = 2,
                               .panels = {panel("a", 1), panel("b", 1e-3)},
                               .caption = {"where from"}});
  EXPECT_EQ(count(all.script, "with lines linewidth 2 "), 4U);
  EXPECT_EQ(count(all.script, "with points"), 4U);
  EXPECT_EQ(count(all.script, "with filledcurves"), 4U);  // a band and a bound in each panel
  EXPECT_EQ(count(all.script, "with lines linewidth 0.8 linecolor"), 2U);
  EXPECT_EQ(count(all.script, "set label 'first'"), 2U);
  EXPECT_EQ(count(all.script, "'It''s'"), 1U);
  EXPECT_EQ(count(all.script, "'where from'"), 1U);
}

TEST(Drawing, LinesWithoutPointsAndPointsWithoutLines) {
  Panel one = panel("a", 1);
  one.curves[0].mark = Mark::line;
  one.curves[1].mark = Mark::runs;
  const Drawing all = drawing({.title = "", .columns = 1, .panels = {one}, .caption = {}});
  EXPECT_EQ(count(all.script, "with lines linewidth 2 "), 1U);
  EXPECT_EQ(count(all.script, "with points"), 1U);
}

TEST(Drawing, TilesAreShadedFromWhiteAndLeaveTheNextPanelAlone) {
  const Axis rows{.label = "row", .scale = Scale::linear, .from = -0.5, .to = 1.5, .names = {{0, "zero"}}};
  Panel table{.title = "table", .x = rows, .y = rows, .curves = {}};
  table.tiles = {{0, 0, 0, "none"}, {1, 0, 0.5, "half"}, {1, 1, 1, "full"}};
  const Drawing all = drawing({.title = "", .columns = 2, .panels = {table, panel("a", 1)}, .caption = {}});
  EXPECT_EQ(count(all.script, "set object rectangle"), 3U);
  EXPECT_NE(all.script.find("from graph 0.50000,0.50000 to graph 1.00000,1.00000 fillcolor rgb '#0072B2'"),
            std::string::npos)
      << all.script;
  EXPECT_EQ(count(all.script, "fillcolor rgb '#FFFFFF'"), 1U);
  EXPECT_EQ(count(all.script, "set label 'half' at graph 0.75000,0.25000 center"), 1U);
  EXPECT_LT(all.script.find("unset object"), all.script.find("set label 'first'"));
}

TEST(Drawing, LabelsOfCurvesThatEndTogetherDoNotTouch) {
  const Drawing all = drawing({.title = "", .columns = 1, .panels = {panel("a", 1)}, .caption = {}});
  const std::regex placed("set label '(first|second)' at graph [0-9.]+,([0-9.]+)");
  std::vector<double> at;
  for (std::sregex_iterator i(all.script.begin(), all.script.end(), placed), end; i != end; ++i)
    at.push_back(std::stod((*i)[2]));
  ASSERT_EQ(at.size(), 2U);
  EXPECT_GE(std::abs(at[0] - at[1]) * style::most_height, style::small_line - 0.01);
}

TEST(Drawing, LooksDifferInColourDashAndPoint) {
  for (std::size_t i = 0; i < style::looks; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      EXPECT_STRNE(style::look(i).colour, style::look(j).colour);
      EXPECT_STRNE(style::look(i).dash, style::look(j).dash);
      EXPECT_NE(style::look(i).point, style::look(j).point);
    }
  }
}

TEST(Gnuplot, AStringCannotBecomeACommand) {
  EXPECT_EQ(gnuplot_string("it's"), "'it''s'");
  EXPECT_EQ(gnuplot_string("a'\nsystem('rm')").find('\n'), std::string::npos);
}

}  // namespace
}  // namespace sca::evidence
