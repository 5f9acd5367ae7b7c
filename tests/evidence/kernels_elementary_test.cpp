// What the fast kernels declare of their elementary functions, on a sample; `sca check --elementary` takes
// every float.
#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cmath>
#include <limits>

#include "evidence/kernels/elementary.hpp"
#include "evidence/kernels/elementary_arguments.hpp"
#include "evidence/kernels/elementary_runs.hpp"

namespace sca::evidence::kernels {
namespace {

using sca::kernels::simd::elementary_functions;
using sca::kernels::simd::ElementaryFunctions;

constexpr unsigned jobs = 2;

template <class Real>
void expect_as_declared(std::size_t extent) {
  const auto targets = elementary_functions<Real>();
  ASSERT_FALSE(targets.empty());
  const std::vector<ElementaryError> errors = measure(targets, extent, jobs);
  EXPECT_EQ(errors.size(), 4 * targets.size());
  for (const ElementaryError& one : errors) {
    EXPECT_LE(one.worst.units, one.declared)
        << one.function << " of " << one.target << " at " << one.worst.argument;
    EXPECT_GE(one.worst.units, 0.5) << one.function << " of " << one.target << ": was anything measured?";
  }
}

TEST(ElementaryFunctions, EveryThousandthRunOfFloatsIsWithinTheDeclaredError) {
  expect_as_declared<float>(1021);
}
TEST(ElementaryFunctions, SampledDoublesAreWithinTheDeclaredError) { expect_as_declared<double>(20000); }

/// Every value of a run beside MPFR's.
template <class Function>
void expect_near(float first) {
  Run offsets;
  std::vector<double> x;
  for (std::uint32_t i = 0; i < run_length; ++i) {
    x.push_back(std::bit_cast<float>(std::bit_cast<std::uint32_t>(first) + i));
    offsets[i] = x[i] - x[0];
  }
  std::array<Run, Function::results> near;
  Function(offsets).at(x[0], near);
  for (std::size_t r = 0; r < Function::results; ++r) {
    for (std::size_t i = 0; i < run_length; ++i) {
      const Exact exact = Function::exactly(Exact(x[i]))[r];
      const Exact unit = Function::is_absolute ? Exact(1) : Exact(abs(exact));
      ASSERT_LE(Exact(abs(near[r][i] - exact)), run_error * unit) << r << " at " << x[i];
    }
  }
}

TEST(ElementaryFunctions, RunsAreAsNearToMpfrAsTheySay) {
  for (const float first :
       {0.0F, 0x1p-149F, 0x1p-127F, 0x1p-126F, 1e-9F, 0.3F, 1.0F, 0x1.921fb4p+0F, 2.9F, 7e4F, 3e38F}) {
    expect_near<Trig>(first);
    expect_near<Trig>(-first);
    expect_near<Logarithm>(first);
    if (first > 80) continue;
    expect_near<Exponential>(first);
    expect_near<Exponential>(-first);
  }
  expect_near<Exponential>(80);
  expect_near<Exponential>(-109);
}

TEST(ElementaryFunctions, BinadesAreAllFloatsOfARange) {
  const auto count = [](float first, float last) {
    std::uint64_t sum = 0;
    for (const Binade& one : binades(first, last)) sum += one.count;
    return sum;
  };
  EXPECT_EQ(count(0, 0x1p-149F), 2) << "zero and the smallest";
  EXPECT_EQ(count(-0x1p-149F, 0x1p-149F), 4) << "both zeros";
  EXPECT_EQ(count(0, std::numeric_limits<float>::max()),
            std::bit_cast<std::uint32_t>(std::numeric_limits<float>::infinity()));
  const std::vector<Binade> up_to_three = binades(0, 3);
  EXPECT_EQ(up_to_three.back().at(up_to_three.back().count - 1), 3);
}

// A function that is off by 1e-5, as a careless approximation would be.
void careless(std::span<const float> x, std::span<float> sine, std::span<float> cosine) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    sine[i] = std::sin(x[i]) + 1e-5F;
    cosine[i] = std::cos(x[i]);
  }
}
// One float of them all is wrong.
void forgets_one(std::span<const float> x, std::span<float> result) {
  for (std::size_t i = 0; i < x.size(); ++i) result[i] = x[i] == 1 ? 0 : std::log1p(x[i]);
}
void swallows_nan(std::span<const float> x, std::span<float> result) {
  for (std::size_t i = 0; i < x.size(); ++i) result[i] = x[i] >= 64 ? std::nanf("") : std::exp(x[i]);
}

TEST(ElementaryFunctions, ACarelessOneIsSeenToBeWhateverTheNumberOfThreads) {
  ElementaryFunctions<float> functions = elementary_functions<float>().front();
  functions.sin_cos = careless;
  functions.exp = swallows_nan;
  functions.log1p = forgets_one;
  for (const unsigned threads : {1U, 3U}) {
    const auto errors = measure(std::span(&functions, 1), 1 << 13, threads);
    constexpr double planted = 1e-5 / 0x1p-24;
    EXPECT_GE(errors[0].worst.units, planted - 2) << "less the function's rounding and the sum's";
    EXPECT_LE(errors[0].worst.units, planted + 2);
    EXPECT_LE(errors[1].clearance(), 1) << "the other sine is as it was";
    EXPECT_EQ(errors[2].worst.units, std::numeric_limits<double>::infinity());
    EXPECT_EQ(errors[2].worst.argument, 64) << "the first of them";
    EXPECT_EQ(errors[3].worst.argument, 1);
  }
}

template <class Real>
void expect_special_values() {
  constexpr Real inf = std::numeric_limits<Real>::infinity();
  constexpr Real nan = std::numeric_limits<Real>::quiet_NaN();
  for (const ElementaryFunctions<Real>& functions : elementary_functions<Real>()) {
    const std::array<Real, 5> x{nan, inf, -inf, 0, Real(1e30)};
    std::array<Real, 5> y{};
    std::array<Real, 5> z{};
    functions.exp(x, y);
    EXPECT_TRUE(std::isnan(y[0]));
    EXPECT_EQ(y[1], inf);
    EXPECT_EQ(y[2], 0);
    EXPECT_EQ(y[3], 1);
    functions.log1p(x, y);
    EXPECT_TRUE(std::isnan(y[0]));
    EXPECT_EQ(y[1], inf);
    EXPECT_EQ(y[3], 0);
    functions.sin_cos_of_any(x, y, z);
    for (const std::size_t i : {0U, 1U, 2U}) EXPECT_TRUE(std::isnan(y[i]) && std::isnan(z[i]));
    EXPECT_EQ(y[3], 0);
    EXPECT_EQ(z[3], 1);
    functions.sin_cos(std::span(x).first(1), std::span(y).first(1), std::span(z).first(1));
    EXPECT_TRUE(std::isnan(y[0]) && std::isnan(z[0]));
  }
}

TEST(ElementaryFunctions, SpecialValuesAreThoseOfIeee754) {
  expect_special_values<float>();
  expect_special_values<double>();
}

}  // namespace
}  // namespace sca::evidence::kernels
