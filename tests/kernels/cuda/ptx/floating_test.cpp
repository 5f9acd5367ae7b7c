#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <functional>

#include "tests/kernels/cuda/ptx/rounded.hpp"

namespace sca::kernels::cuda::ptx::testing {
namespace {

using Exact = std::function<void(mpfr_ptr, mpfr_srcptr, mpfr_srcptr, mpfr_srcptr, mpfr_rnd_t)>;

constexpr std::size_t instances = 400;

std::uint64_t taken(const Result& result, const Format& format) {
  return format.width() == 64 ? result.d64 : format.width() == 32 ? result.d32 : result.d16;
}

std::string spelled(const std::string& opcode, const Format& format, int sources) {
  const std::string n = std::to_string(format.width());
  std::string text = opcode + ".f" + n + " %r" + n;
  for (int i = 0; i < sources; ++i) text += std::string(", %") + "abce"[i] + n;
  return text + ";";
}

/// A subnormal as a zero of its sign.
std::uint64_t flushed(std::uint64_t bits) { return (bits & 0x7f800000) == 0 ? bits & 0x80000000 : bits; }

struct Case {
  std::string opcode, modifiers;  // "add", ".ftz"
  int sources;
  Exact exact;
};

void check(const Case& tried, const Format& format, const char* name, mpfr_rnd_t rounding) {
  const bool flush = tried.modifiers == ".ftz", saturate = tried.modifiers == ".sat";
  const auto operands = float_operands(instances, static_cast<std::uint64_t>(rounding) + 1, format);
  const std::string text = spelled(tried.opcode + "." + name + tried.modifiers, format, tried.sources);
  const auto results = evaluate(text, operands);
  for (std::size_t i = 0; i < operands.size(); ++i) {
    Number sources[3], exact;
    for (std::size_t k = 0; k < 3; ++k)
      decode(sources[k], flush ? flushed(operands[i][k]) : operands[i][k], format);
    mpfr_set_zero(exact, 1);
    tried.exact(exact, sources[0], sources[1], sources[2], rounding);
    std::uint64_t want = encode(exact, format, rounding);
    if (flush) want = want == ~std::uint64_t{0} ? want : flushed(want);
    if (saturate) {
      const bool negative = (want >> 31 & 1) != 0;
      want = mpfr_nan_p(exact) || negative ? 0 : want > 0x3f800000 ? 0x3f800000 : want;
    }
    const std::uint64_t got = taken(results[i], format);
    if (want == ~std::uint64_t{0}) {
      ASSERT_TRUE(is_nan(got, format)) << text << " " << std::hex << operands[i][0] << " " << operands[i][1];
      if (format.width() == 32) {
        ASSERT_EQ(got, 0x7fffffffU);
      }
    } else {
      ASSERT_EQ(got, want) << text << " of " << std::hex << operands[i][0] << ", " << operands[i][1] << ", "
                           << operands[i][2];
    }
  }
}

const Case cases[] = {{"add", "", 2, [](auto r, auto a, auto b, auto, auto m) { mpfr_add(r, a, b, m); }},
                      {"sub", "", 2, [](auto r, auto a, auto b, auto, auto m) { mpfr_sub(r, a, b, m); }},
                      {"mul", "", 2, [](auto r, auto a, auto b, auto, auto m) { mpfr_mul(r, a, b, m); }},
                      {"fma", "", 3, [](auto r, auto a, auto b, auto c, auto m) { mpfr_fma(r, a, b, c, m); }},
                      {"div", "", 2, [](auto r, auto a, auto b, auto, auto m) { mpfr_div(r, a, b, m); }},
                      {"sqrt", "", 1, [](auto r, auto a, auto, auto, auto m) { mpfr_sqrt(r, a, m); }},
                      {"rcp", "", 1, [](auto r, auto a, auto, auto, auto m) { mpfr_ui_div(r, 1, a, m); }}};

class PtxArithmetic : public ::testing::TestWithParam<int> {};

TEST_P(PtxArithmetic, RoundsOnceInEveryDirection) {
  const Case& tried = cases[GetParam()];
  for (const auto& [name, rounding] : roundings) {
    check(tried, binary32, name, rounding);
    check(tried, binary64, name, rounding);
  }
}

TEST_P(PtxArithmetic, FlushesAndSaturatesSingles) {
  Case tried = cases[GetParam()];
  tried.modifiers = ".ftz";
  check(tried, binary32, "rn", MPFR_RNDN);
  if (tried.opcode == "div" || tried.opcode == "sqrt" || tried.opcode == "rcp") return;
  tried.modifiers = ".sat";
  check(tried, binary32, "rn", MPFR_RNDN);
}

INSTANTIATE_TEST_SUITE_P(All, PtxArithmetic, ::testing::Range(0, 7),
                         [](const auto& which) { return cases[which.param].opcode; });

TEST(PtxFloating, SignsAreBits) {
  for (const Operands& o : float_operands(200, 7, binary32)) {
    if (is_nan(o[0], binary32) || is_nan(o[1], binary32)) continue;
    const auto a = static_cast<std::uint32_t>(o[0]), b = static_cast<std::uint32_t>(o[1]);
    EXPECT_EQ(evaluate_one("neg.f32 %r32, %a32;", o).d32, a ^ 0x80000000);
    EXPECT_EQ(evaluate_one("abs.f32 %r32, %a32;", o).d32, a & 0x7fffffff);
    EXPECT_EQ(evaluate_one("copysign.f32 %r32, %a32, %b32;", o).d32, (a & 0x80000000) | (b & 0x7fffffff));
  }
}

constexpr std::uint64_t nan_bits = 0x7fffffff, minus_zero = 0x80000000, one = 0x3f800000, two = 0x40000000;

TEST(PtxFloating, MinAndMaxOfZerosAndNan) {
  const auto least = [](std::uint64_t a, std::uint64_t b, const char* opcode = "min.f32") {
    return evaluate_one(std::string(opcode) + " %r32, %a32, %b32;", {a, b, 0, 0}).d32;
  };
  EXPECT_EQ(least(one, two), one);
  EXPECT_EQ(least(two, one), one);
  EXPECT_EQ(least(0, minus_zero), minus_zero);
  EXPECT_EQ(least(minus_zero, 0), minus_zero);
  EXPECT_EQ(least(0, minus_zero, "max.f32"), 0U);
  EXPECT_EQ(least(minus_zero, 0, "max.f32"), 0U);
  EXPECT_EQ(least(nan_bits, one), one);
  EXPECT_EQ(least(one, nan_bits, "max.f32"), one);
  EXPECT_EQ(least(nan_bits, nan_bits), nan_bits);
  EXPECT_EQ(least(one, nan_bits, "min.NaN.f32"), nan_bits);
  EXPECT_EQ(least(1, 2, "max.ftz.f32"), 0U);
}

TEST(PtxFloating, ClassesOfNumbers) {
  const std::uint64_t infinite = 0x7f800000;
  const auto is = [](const char* what, std::uint64_t a) {
    return evaluate_one(std::string("testp.") + what + ".f32 %p, %a32;", {a, 0, 0, 0}).p;
  };
  const std::uint64_t values[] = {one, infinite, nan_bits, 1, 0};
  const char* names[] = {"finite", "infinite", "number", "notanumber", "normal", "subnormal"};
  const unsigned want[6][5] = {{1, 0, 0, 1, 1}, {0, 1, 0, 0, 0}, {1, 1, 0, 1, 1},
                               {0, 0, 1, 0, 0}, {1, 0, 0, 0, 0}, {0, 0, 0, 1, 0}};
  for (int i = 0; i < 6; ++i) {
    for (int k = 0; k < 5; ++k)
      EXPECT_EQ(is(names[i], values[k]), want[i][k]) << names[i] << " " << values[k];
  }
}

// --- approximations
// ---------------------------------------------------------------------------------------------

struct Unit {
  const char* opcode;
  int (*exact)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t);
  double low, high, relative, absolute, ulps = 0;  // as PTX documents
};

int reciprocal(mpfr_ptr r, mpfr_srcptr a, mpfr_rnd_t m) { return mpfr_ui_div(r, 1, a, m); }

const Unit units[] = {{"sin.approx.f32", mpfr_sin, -3.14, 3.14, 0, std::exp2(-20.5)},
                      {"cos.approx.f32", mpfr_cos, -3.14, 3.14, 0, std::exp2(-20.5)},
                      {"ex2.approx.ftz.f32", mpfr_exp2, -100, 100, 0, 0, 2},
                      {"ex2.approx.f32", mpfr_exp2, -148, -120, 0, 0, 2},
                      {"lg2.approx.f32", mpfr_log2, 0.01, 100, 0, std::exp2(-22)},
                      {"rcp.approx.f32", reciprocal, 0.01, 100, std::exp2(-23), 0},
                      {"rsqrt.approx.f32", mpfr_rec_sqrt, 0.01, 100, std::exp2(-22.9), 0},
                      {"sqrt.approx.f32", mpfr_sqrt, 0.01, 100, std::exp2(-23), 0},
                      {"tanh.approx.f32", mpfr_tanh, -5, 5, std::exp2(-11), 0}};

/// The largest error in units of what PTX allows, beyond half a unit in the last place.
double worst_error(const Unit& unit, double approximate_error) {
  Options options;
  options.approximate_error = approximate_error;
  std::vector<Operands> operands;
  for (std::uint64_t i = 0; i < 2000; ++i) {
    const double x = unit.low + (unit.high - unit.low) * static_cast<double>(hash(1, i) >> 11) * 0x1p-53;
    operands.push_back({std::bit_cast<std::uint32_t>(static_cast<float>(x)), 0, 0, 0});
  }
  const auto results = evaluate(std::string(unit.opcode) + " %r32, %a32;", operands, options);
  double worst = 0;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    Number a, exact, got;
    decode(a, operands[i][0], binary32);
    unit.exact(exact, a, MPFR_RNDN);
    decode(got, results[i].d32, binary32);
    mpfr_sub(got, got, exact, MPFR_RNDN);
    const double value = std::fabs(mpfr_get_d(exact, MPFR_RNDN)),
                 error = std::fabs(mpfr_get_d(got, MPFR_RNDN));
    const double ulp = std::exp2(std::max(std::ilogb(value), -126) - 23);
    worst = std::max(worst, (error - ulp / 2) / (unit.relative * value + unit.absolute + unit.ulps * ulp));
  }
  return worst;
}

TEST(PtxApproximate, IsRoundedUnlessAskedToErr) {
  for (const Unit& unit : units) EXPECT_LE(worst_error(unit, 0), 1e-6) << unit.opcode;
}

TEST(PtxApproximate, ErrsUpToWhatIsDocumented) {
  for (const Unit& unit : units) {
    const double worst = worst_error(unit, 1);
    EXPECT_LE(worst, 1.001) << unit.opcode;
    EXPECT_GE(worst, 0.5) << unit.opcode;
  }
}

TEST(PtxApproximate, SpecialValues) {
  const auto of = [](const char* opcode, std::uint64_t a, std::uint64_t b = 0) {
    const bool two_sources = std::string(opcode).starts_with("div");
    return evaluate_one(std::string(opcode) + (two_sources ? " %r32, %a32, %b32;" : " %r32, %a32;"),
                        {a, b, 0, 0})
        .d32;
  };
  const std::uint64_t infinite = 0x7f800000;
  EXPECT_EQ(of("ex2.approx.ftz.f32", 0xff800000), 0U);
  EXPECT_EQ(of("ex2.approx.f32", infinite), infinite);
  EXPECT_EQ(of("lg2.approx.f32", 0), 0xff800000U);
  EXPECT_EQ(of("lg2.approx.ftz.f32", 1), 0xff800000U);
  EXPECT_EQ(of("rcp.approx.ftz.f32", 1), infinite);
  EXPECT_EQ(of("rcp.approx.ftz.f32", minus_zero), 0xff800000U);
  EXPECT_EQ(of("rsqrt.approx.f32", 0xbf800000), nan_bits);
  EXPECT_EQ(of("sin.approx.f32", infinite), nan_bits);
  EXPECT_EQ(of("div.approx.f32", one, 0x7f000000), 0U);         // by 2^127, whose reciprocal is subnormal
  EXPECT_EQ(of("div.full.f32", one, 0x7e800000), 0x00800000U);  // by 2^126
}

TEST(PtxApproximate, SeedsOfDoublesHaveUpperHalves) {
  for (const double x : {1.0, 3.0, 0.1, 1e200, 1e-200, -7.0}) {
    const Operands o{std::bit_cast<std::uint64_t>(x), 0, 0, 0};
    const auto reciprocal_bits = evaluate_one("rcp.approx.ftz.f64 %r64, %a64;", o).d64;
    EXPECT_EQ(reciprocal_bits & 0xffffffff, 0U);
    EXPECT_NEAR(std::bit_cast<double>(reciprocal_bits) * x, 1, 0x1p-19);
    if (x < 0) continue;
    const auto root = std::bit_cast<double>(evaluate_one("rsqrt.approx.ftz.f64 %r64, %a64;", o).d64);
    EXPECT_NEAR(root * root * x, 1, 0x1p-18);
  }
}

}  // namespace
}  // namespace sca::kernels::cuda::ptx::testing
