// What the fast kernels declare of their elementary functions, on a sample; over every float it takes
// minutes.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "evidence/kernels/elementary.hpp"
#include "kernels/registry.hpp"

namespace sca::evidence::kernels {
namespace {

using sca::kernels::simd::elementary_functions;
using sca::kernels::simd::ElementaryFunctions;

const sca_arithmetic& declared(const std::string& name) {
  for (const sca_core_kernel* kernel : sca::kernels::core_kernels())
    if (kernel->name == name) return *kernel->arithmetic;
  throw std::out_of_range(name);
}

template <class Real>
void expect_as_declared(const std::string& precision, std::size_t extent) {
  ASSERT_FALSE(elementary_functions<Real>().empty());
  for (const ElementaryFunctions<Real>& functions : elementary_functions<Real>()) {
    const std::string name = precision + "/" + std::string(functions.target);
    const ElementaryErrors errors = measure(functions, extent);
    const sca_arithmetic& arithmetic = declared(name);
    const auto expect = [&](const WorstError& worst, double most, const char* what) {
      EXPECT_LE(worst.units, most) << name << ", " << what << " at " << worst.argument;
      EXPECT_GE(worst.units, 0.5) << name << ", " << what << ": was anything measured?";
    };
    expect(errors.trig, arithmetic.trig_error, "sin and cos");
    expect(errors.trig_of_any, arithmetic.trig_error, "sin and cos of any");
    expect(errors.exp, arithmetic.exp_error, "exp");
    expect(errors.log1p, arithmetic.log_error, "log1p");
  }
}

TEST(ElementaryFunctions, EveryThousandthFloatIsWithinTheDeclaredError) {
  expect_as_declared<float>("f32", 1009);
}
TEST(ElementaryFunctions, SampledDoublesAreWithinTheDeclaredError) {
  expect_as_declared<double>("f64", 20000);
}

// A function that is off by 1e-5, as a careless approximation would be.
void careless(std::span<const float> x, std::span<float> sine, std::span<float> cosine) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    sine[i] = std::sin(x[i]) + 1e-5F;
    cosine[i] = std::cos(x[i]);
  }
}
void swallows_nan(std::span<const float> x, std::span<float> result) {
  for (std::size_t i = 0; i < x.size(); ++i) result[i] = x[i] > 80 ? std::nanf("") : std::exp(x[i]);
}

TEST(ElementaryFunctions, ACarelessOneIsSeenToBe) {
  ElementaryFunctions<float> functions = elementary_functions<float>().front();
  functions.sin_cos = careless;
  functions.exp = swallows_nan;
  const ElementaryErrors errors = measure(functions, 100003);
  constexpr double planted = 1e-5 / 0x1p-24;
  EXPECT_GE(errors.trig.units, planted - 2) << "less the function's rounding and the sum's";
  EXPECT_LE(errors.trig.units, planted + 2);
  EXPECT_EQ(errors.exp.units, std::numeric_limits<double>::infinity());
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
