// What nvcc emits for CUDA's own functions, on a small sample (`sca cuda-report` takes more), and functions
// that are wrong.
#include "evidence/cuda/library.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "embedded_library_ptx.hpp"
#include "evidence/cuda/library_errors.hpp"
#include "evidence/cuda/library_run.hpp"
#include "evidence/cuda/library_sample.hpp"
#include "evidence/cuda/tables.hpp"
#include "evidence/input/error.hpp"

namespace sca::evidence::cuda {
namespace {

using Json = nlohmann::ordered_json;

#ifdef SCA_SANITIZED
constexpr std::size_t some_points = 1U << 11U;
#else
constexpr std::size_t some_points = 1U << 14U;
#endif

std::vector<PtxText> built_in_library() {
  std::vector<PtxText> all;
  for (const std::string_view name : embedded_library_ptx_names()) {
    const int architecture = std::stoi(std::string(name.substr(name.rfind("sm_") + 3)));
    all.push_back({std::string(name), architecture, embedded_library_ptx_text(name)});
  }
  std::ranges::sort(all, {}, &PtxText::architecture);
  return all;
}

LibraryFunction called(const std::string& name) {
  const auto all = library_functions();
  return *std::ranges::find(all, name, &LibraryFunction::name);
}

std::vector<std::string> findings(const std::vector<Json>& records) {
  std::vector<std::string> all;
  for (const Json& record : records)
    if (const auto one = library_finding(record, "x")) all.push_back(*one);
  return all;
}

double number(const Json& record, const char* field) { return std::stod(record[field].get<std::string>()); }

TEST(CudaLibrary, ErrsByNoMoreThanIsPublished) {
  if (built_in_library().empty()) GTEST_SKIP() << "built without nvcc";
  const auto records = library_records(built_in_library(), library_functions(), some_points);
  ASSERT_GE(records.size(), 23U);
  for (const std::string& one : findings(records)) ADD_FAILURE() << one;
  for (const Json& record : records) {
    if (record["range"] == "special") continue;
    EXPECT_GE(number(record, "ulps"), 0.5) << record << ": was anything measured?";
    EXPECT_GE(record["arguments"], some_points * 9 / 10) << record;
  }
}

TEST(CudaLibrary, HasTheSpecialValuesOfC) {
  if (built_in_library().empty()) GTEST_SKIP() << "built without nvcc";
  for (const PtxText& ptx : built_in_library()) {
    LibraryMachine machine(ptx);
    for (const char* name : {"sinf", "cosf", "expf", "log1pf"}) {
      const LibraryFunction function = called(name);
      const std::vector<float>& x = function.ranges.back().named;
      const auto exact = exact_values(function, x);
      const auto y = machine.run(function.kernel, x, 0);
      EXPECT_EQ(library_errors(function, x, exact, y).steps.error, 0) << name;
      for (std::size_t i = 0; i < x.size(); ++i) {
        if (exact[i] != 0) continue;
        EXPECT_EQ(std::signbit(y[i]), mpfr_signbit(exact[i].backend().data()) != 0) << name << " " << x[i];
      }
    }
  }
}

// --- wrong functions

TEST(CudaLibrary, FastFormsErrByMoreThanTheOthersPublish) {
  if (built_in_library().empty()) GTEST_SKIP() << "built without nvcc";
  LibraryFunction power = called("expf");
  power.kernel = called("__expf").kernel;
  const auto found = findings(library_records(built_in_library(), {power}, 1U << 9U));
  ASSERT_EQ(found.size(), 2U) << "normal and subnormal results";
  EXPECT_NE(found[0].find("expf for sm_80 sm_90 sm_100, normal results: 5"), std::string::npos) << found[0];
  EXPECT_NE(found[0].find("more than the 2 published"), std::string::npos) << found[0];
  for (const char* name : {"__sinf", "__cosf"}) {
    const auto records = library_records(built_in_library(), {called(name)}, 1U << 12U);
    ASSERT_EQ(records.size(), 1U) << "the machine knows nothing of its bits";
    EXPECT_EQ(records[0]["approximations"], "allowed");
    EXPECT_GE(number(records[0], "steps"), 1000) << "an absolute error where the sine is small";
    EXPECT_GE(number(records[0], "units"), 11) << "2^-20.5 are 11.3 units";
    EXPECT_LE(number(records[0], "units"), 12.5);
  }
}

// The last part of pi/2 that the fast path subtracts; a byte of 2/pi, by which the slow one multiplies.
TEST(CudaLibrary, AWrongReductionIsFoundWhereItIsUsed) {
  if (built_in_library().empty()) GTEST_SKIP() << "built without nvcc";
  const auto found_with = [](const std::string& part, const std::string& instead) {
    std::string text(built_in_library().front().text);
    if (text.find(part) == std::string::npos) return std::vector<std::string>{"this nvcc has no " + part};
    for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos;)
      text.replace(at, part.size(), instead);
    return findings(library_records({{"broken", 80, text}}, {called("sinf")}, 1U << 12U));
  };
  const auto fast = found_with("0fA7C234C5", "0f00000000");
  ASSERT_EQ(fast.size(), 1U);
  EXPECT_TRUE(fast[0].starts_with("sinf for sm_80, ±3 to ±105615: ")) << fast[0];
  const auto slow = found_with("39, 252, 41,", "39, 253, 41,");
  ASSERT_EQ(slow.size(), 1U);
  EXPECT_TRUE(slow[0].starts_with("sinf for sm_80, ±105615 and beyond: ")) << slow[0];
}

// y[i] = the float three places after x[i].
constexpr const char* three_off = R"(.version 8.0
.target sm_80
.address_size 64
.visible .entry library_wrong(
	.param .align 8 .b8 library_wrong_param_0[24]
)
{
	.reg .pred 	%p<2>;
	.reg .b32 	%r<8>;
	.reg .b64 	%rd<8>;
	ld.param.u64 	%rd1, [library_wrong_param_0];
	ld.param.u64 	%rd2, [library_wrong_param_0+8];
	ld.param.u32 	%r1, [library_wrong_param_0+16];
	mov.u32 	%r2, %ctaid.x;
	mov.u32 	%r3, %ntid.x;
	mov.u32 	%r4, %tid.x;
	mad.lo.s32 	%r5, %r2, %r3, %r4;
	setp.ge.s32 	%p1, %r5, %r1;
	@%p1 bra 	$end;
	mul.wide.s32 	%rd3, %r5, 4;
	add.s64 	%rd4, %rd1, %rd3;
	add.s64 	%rd5, %rd2, %rd3;
	ld.global.u32 	%r6, [%rd4];
	add.s32 	%r7, %r6, 3;
	st.global.u32 	[%rd5], %r7;
$end:
	ret;
}
)";

LibraryFunction identity(double most_steps) {
  const auto exact = [](mpfr_ptr y, mpfr_srcptr x, mpfr_rnd_t rounding) { return mpfr_set(y, x, rounding); };
  return {"identity", "library_wrong", exact,
          false,      false,           false,
          "2",        most_steps,      {{"up to 2", {{1, 1.5F}}, {}}}};
}

TEST(CudaLibrary, WhatIsThreeFloatsOffIsSaidToBe) {
  const std::vector<PtxText> ptx{{"three", 80, three_off}, {"same", 90, three_off}};
  const auto records = library_records(ptx, {identity(2)}, 1000);
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0]["approximations"], "none");
  EXPECT_EQ(records[0]["ptx"], "sm_80 sm_90");
  EXPECT_EQ(records[0]["arguments"], 1000);
  EXPECT_EQ(records[0]["ulps"], "3");
  EXPECT_EQ(records[0]["steps"], "3");
  EXPECT_EQ(records[0]["argument"], "1");
  EXPECT_EQ(records[0]["units"], "6");
  EXPECT_EQ(findings(records),
            std::vector<std::string>{"identity for sm_80 sm_90, up to 2: 3 floats from the correctly rounded "
                                     "result at 1, more than the 2 published"});
  EXPECT_TRUE(findings(library_records(ptx, {identity(3)}, 1000)).empty());
}

TEST(CudaLibrary, ArchitecturesOfOtherBitsHaveTheirOwnRecords) {
  std::string right = three_off;
  right.replace(right.find(", 3;"), 4, ", 0;");
  const std::vector<PtxText> ptx{{"three", 80, three_off}, {"right", 90, right}};
  const auto records = library_records(ptx, {identity(2)}, 1000);
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0]["ptx"], "sm_80");
  EXPECT_EQ(records[1]["ptx"], "sm_90");
  EXPECT_EQ(records[1]["ulps"], "0");
  EXPECT_EQ(records[1]["argument"], "-");
  EXPECT_EQ(findings(records).size(), 1U);
}

TEST(CudaLibrary, OneWrongResultIsFoundAmongRightOnes) {
  const LibraryFunction logarithm = called("log1pf");
  const std::vector<float> x = sample(logarithm, logarithm.ranges[0], 2000);
  const auto exact = exact_values(logarithm, x);
  std::vector<float> y;
  for (const auto& one : exact) y.push_back(mpfr_get_flt(one.backend().data(), MPFR_RNDN));
  EXPECT_LE(library_errors(logarithm, x, exact, y).ulps.error, 0.5);
  EXPECT_EQ(library_errors(logarithm, x, exact, y).steps.error, 0);
  for (int i = 0; i < 3; ++i) y[777] = std::nextafter(y[777], 0.0F);
  EXPECT_EQ(library_errors(logarithm, x, exact, y).steps.error, 3);
  EXPECT_EQ(library_errors(logarithm, x, exact, y).steps.argument, x[777]);
  y[1234] = std::nanf("");
  EXPECT_EQ(library_errors(logarithm, x, exact, y).ulps.error, std::numeric_limits<double>::infinity());
}

// --- the sample

TEST(CudaLibrarySample, IsOfTheRangeAndHasItsEnds) {
  for (const LibraryFunction& function : library_functions()) {
    for (const ArgumentRange& range : function.ranges) {
      const auto x = sample(function, range, 1000);
      for (const FloatInterval& one : range.intervals) {
        EXPECT_NE(std::ranges::find(x, one.from), x.end()) << function.name << " " << range.name;
        EXPECT_NE(std::ranges::find(x, one.to), x.end()) << function.name << " " << range.name;
      }
      if (range.intervals.empty()) continue;
      EXPECT_EQ(x, sample(function, range, 1000));
      for (const float value : x)
        EXPECT_TRUE(std::ranges::any_of(range.intervals,
                                        [value](const FloatInterval& one) {
                                          return std::min(one.from, one.to) <= value &&
                                                 value <= std::max(one.from, one.to);
                                        }))
            << function.name << " " << range.name << " " << value;
    }
  }
}

TEST(CudaLibrarySample, HasTheFloatNearestToAMultipleOfAQuarterTurn) {
  const LibraryFunction cosine = called("cosf");
  const auto x = sample(cosine, cosine.ranges[2], 100);
  constexpr float hard = 16367173.0F * 0x1p72F;
  ASSERT_NE(std::ranges::find(x, hard), x.end());
  EXPECT_LE(abs(exact_values(cosine, {hard})[0]), 2e-9);
  // Where floats are dense, some lie as near as their spacing lets them.
  std::size_t near = 0;
  for (const auto& value : exact_values(cosine, sample(cosine, cosine.ranges[1], 1200)))
    near += abs(value) <= 1e-3 ? 1 : 0;
  EXPECT_GE(near, 100U);
}

TEST(CudaLibrarySample, PowersAreToldApartWhereTheirResultsAre) {
  const LibraryFunction power = called("expf");
  const auto exact = [&](float x) { return exact_values(power, {x})[0]; };
  const float normal = power.ranges[0].intervals[1].to, finite = power.ranges[0].intervals[0].to;
  const FloatInterval subnormal = power.ranges[1].intervals[0];
  EXPECT_GE(exact(normal), 0x1p-126);
  EXPECT_LT(exact(subnormal.from), 0x1p-126);
  EXPECT_EQ(subnormal.from, std::nextafter(normal, -100.0F));
  EXPECT_GE(exact(subnormal.to), 0x1p-150);
  EXPECT_LT(exact(std::nextafter(subnormal.to, -200.0F)), 0x1p-150);
  EXPECT_LT(exact(finite), 0x1p128);
  EXPECT_GE(exact(std::nextafter(finite, 100.0F)), 0x1p128);
}

TEST(CudaLibrary, FillsItsTable) {
  const std::vector<PtxText> ptx{{"three", 80, three_off}};
  EXPECT_EQ(
      markdown_table(library_records(ptx, {identity(2)}, 1000), "library", "x.md"),
      "| function | arguments | tried | .approx | ulps | at | floats off | published | error/u | PTX |\n"
      "|---|---|--:|---|--:|---|--:|---|--:|---|\n"
      "| `identity` | up to 2 | 1000 | none | 3 | 0x1p+0 | 3 | 2 | 6 | sm_80 |\n");
  EXPECT_THROW(library_finding(Json{{"cuda", "library"}, {"most_steps", "2"}}, "x"), InputError);
}

}  // namespace
}  // namespace sca::evidence::cuda
