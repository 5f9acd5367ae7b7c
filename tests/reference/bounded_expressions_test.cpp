// The bounds of straight-line programs.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdio>
#include <optional>
#include <vector>

#include "tests/reference/expression.hpp"
#include "tests/reference/outside_bound.hpp"

namespace sca::test {
namespace {

using reference::Bounded;
using reference::DigitsScope;
using reference::FloatingPoint;
using reference::FloatingPointScope;

Program program_of(std::uint64_t seed, std::size_t steps) {
  Program program;
  for (std::uint64_t i = 0; i < 6; ++i) {
    const std::uint64_t bits = hash(seed, i);
    // Eight bits: of every format. Mostly of size 1: what overflows at once says nothing.
    const double x = (1 + static_cast<double>(bits % 128) / 128) * ((bits >> 8) % 2 == 0 ? 1 : -1);
    program.inputs.push_back(std::ldexp(x, (bits >> 9) % 8 == 0 ? static_cast<int>((bits >> 12) % 40) - 30
                                                                : static_cast<int>((bits >> 12) % 5) - 3));
  }
  for (std::size_t i = 0; i < steps; ++i) program.steps.push_back(hash(seed, 100 + i));
  return program;
}

/// The first register that is outside its bound, and the clearances of all that say anything.
template <class Real>
std::optional<std::size_t> outside(const Program& program, const FloatingPoint& format,
                                   std::vector<double>& clearances) {
  const DigitsScope digits(60);
  const PrecisionScope bits(truth_bits);
  const FloatingPointScope scope(format);
  const auto bounds = run<Bounded>(program, [](double x) { return Bounded::exact(x); });
  const auto truth = run<Interval>(program, [](double x) { return Interval(x); });
  const auto computed = run<Real>(program, [](double x) { return static_cast<Real>(x); });
  for (std::size_t i = program.inputs.size(); i < bounds.size(); ++i) {
    const auto got = static_cast<double>(computed[i]);
    if (violated(bounds[i], truth[i], got) || misses(bounds[i], truth[i])) return i;
    if (!bounds[i].vacuous() && !bounds[i].error().is_zero()) clearances.push_back(clearance(bounds[i], got));
  }
  return std::nullopt;
}

RC_GTEST_PROP(Bounded, NoExpressionLeavesItsBound, ()) {
  Program program = program_of(*rc::gen::arbitrary<std::uint64_t>(), 0);
  program.steps =
      *rc::gen::container<std::vector<std::uint64_t>>(rc::gen::inRange<std::uint64_t>(0, 1u << 20));
  std::vector<double> ignored;
  RC_ASSERT(!outside<Toy>(program, toy_format, ignored));
  RC_ASSERT(!outside<float>(program, reference::binary32, ignored));
  RC_ASSERT(!outside<double>(program, reference::binary64, ignored));
}

template <class Real>
void report_clearances(const char* name, const FloatingPoint& format) {
  std::vector<double> clearances;
  for (std::uint64_t seed = 0; seed < 1500; ++seed) {
    const Program program = program_of(seed, 24);
    const auto bad = outside<Real>(program, format, clearances);
    EXPECT_FALSE(bad) << name << " seed " << seed << " register " << bad.value_or(0);
  }
  std::sort(clearances.begin(), clearances.end());
  const auto quantile = [&](double q) {
    return clearances[static_cast<std::size_t>(q * static_cast<double>(clearances.size() - 1))];
  };
  std::printf("%-8s %zu bounds: clearance median %.2g, 90%% %.2g, 99%% %.2g, worst %.3f\n", name,
              clearances.size(), quantile(0.5), quantile(0.9), quantile(0.99), clearances.back());
  EXPECT_GT(clearances.size(), 10000u);
  EXPECT_LE(clearances.back(), 1) << name;
  EXPECT_GT(quantile(0.9), 0.01) << "the bounds are absurdly loose";
}

TEST(Bounded, ClearancesAreNotAbsurdlySmall) {
  report_clearances<Toy>("toy", toy_format);
  report_clearances<float>("binary32", reference::binary32);
  report_clearances<double>("binary64", reference::binary64);
}

}  // namespace
}  // namespace sca::test
