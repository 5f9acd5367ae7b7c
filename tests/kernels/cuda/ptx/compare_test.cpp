#include <gtest/gtest.h>

#include "tests/kernels/cuda/ptx/rounded.hpp"

namespace sca::kernels::cuda::ptx::testing {
namespace {

/// Which of "less, equal, greater, unordered" make the comparison true: PTX's table.
struct Comparison {
  const char* name;
  bool less, equal, greater, unordered;
};
constexpr Comparison ordered[] = {{"eq", false, true, false, false}, {"ne", true, false, true, false},
                                  {"lt", true, false, false, false}, {"le", true, true, false, false},
                                  {"gt", false, false, true, false}, {"ge", false, true, true, false}};
constexpr Comparison unsigned_names[] = {{"lo", true, false, false, false},
                                         {"ls", true, true, false, false},
                                         {"hi", false, false, true, false},
                                         {"hs", false, true, true, false}};
constexpr Comparison with_nan[] = {{"equ", false, true, false, true}, {"neu", true, false, true, true},
                                   {"ltu", true, false, false, true}, {"leu", true, true, false, true},
                                   {"gtu", false, false, true, true}, {"geu", false, true, true, true},
                                   {"num", true, true, true, false},  {"nan", false, false, false, true}};

bool holds(const Comparison& comparison, mpfr_ptr a, mpfr_ptr b) {
  if (mpfr_unordered_p(a, b) != 0) return comparison.unordered;
  const int sign = mpfr_cmp(a, b);
  return sign < 0 ? comparison.less : sign > 0 ? comparison.greater : comparison.equal;
}

void check_floats(const Comparison& comparison, const std::string& type, const Format& format) {
  auto operands = float_operands(300, 1, format);
  for (std::size_t i = 0; i < operands.size(); i += 5) operands[i][1] = operands[i][0];
  const std::string n = std::to_string(format.width());
  const auto results = evaluate(
      std::string("setp.") + comparison.name + "." + type + " %p|%q, %a" + n + ", %b" + n + ";", operands);
  for (std::size_t i = 0; i < operands.size(); ++i) {
    Number a, b;
    decode(a, operands[i][0], format);
    decode(b, operands[i][1], format);
    const bool want = holds(comparison, a, b);
    ASSERT_EQ(results[i].p, want ? 1U : 0U) << comparison.name << type;
    ASSERT_EQ(results[i].q, want ? 0U : 1U);
  }
}

TEST(PtxCompare, FloatsAndNan) {
  for (const auto& [type, format] : {std::pair("f16", binary16), std::pair("bf16", bfloat16),
                                     std::pair("f32", binary32), std::pair("f64", binary64)}) {
    for (const Comparison& comparison : ordered) check_floats(comparison, type, format);
    for (const Comparison& comparison : with_nan) check_floats(comparison, type, format);
  }
}

void check_integers(const Comparison& comparison, const std::string& type) {
  const int bits = std::stoi(type.substr(1));
  auto operands = integer_operands(300, 2);
  for (std::size_t i = 0; i < operands.size(); i += 5) operands[i][1] = operands[i][0];
  const std::string n = std::to_string(bits);
  const auto results = evaluate(
      std::string("setp.") + comparison.name + "." + type + " %p, %a" + n + ", %b" + n + ";", operands);
  for (std::size_t i = 0; i < operands.size(); ++i) {
    const auto shifted = [&](std::size_t k) {
      // Moved to the top of a word, with the sign turned, signed numbers are ordered as unsigned ones.
      const std::uint64_t top = operands[i][k] << (64 - bits);
      return type[0] == 's' ? top ^ (std::uint64_t{1} << 63) : top;
    };
    const std::uint64_t a = shifted(0), b = shifted(1);
    const bool want = a < b ? comparison.less : a > b ? comparison.greater : comparison.equal;
    ASSERT_EQ(results[i].p, want ? 1U : 0U) << comparison.name << type;
  }
}

TEST(PtxCompare, Integers) {
  for (const Comparison& comparison : ordered) {
    for (const char* type : {"u16", "s16", "u32", "s32", "u64", "s64"}) check_integers(comparison, type);
  }
  for (const Comparison& comparison : unsigned_names) {
    for (const char* type : {"u16", "u32", "u64"}) check_integers(comparison, type);
  }
}

TEST(PtxCompare, CombinedWithAPredicate) {
  for (std::uint64_t equal = 0; equal < 2; ++equal) {
    for (std::uint64_t c = 0; c < 2; ++c) {
      const Operands o{equal, 1, c, 0};
      const auto of = [&](const std::string& how, const char* other) {
        const Result r = evaluate_one("setp.eq." + how + ".u32 %p|%q, %a32, %b32, " + other + ";", o);
        return std::pair(r.p, r.q);
      };
      const std::uint64_t e = equal;
      EXPECT_EQ(of("and", "%pc"), std::pair(unsigned(e & c), unsigned((1 - e) & c)));
      EXPECT_EQ(of("or", "%pc"), std::pair(unsigned(e | c), unsigned((1 - e) | c)));
      EXPECT_EQ(of("xor", "%pc"), std::pair(unsigned(e ^ c), unsigned((1 - e) ^ c)));
      EXPECT_EQ(of("and", "!%pc").first, unsigned(e & (1 - c)));
    }
  }
}

TEST(PtxCompare, SetWritesWhatTheTypeHasForTrue) {
  const auto of = [](const char* opcode, std::uint64_t a, std::uint64_t b) {
    return evaluate_one(std::string(opcode) + " %r32, %a32, %b32;", {a, b, 0, 0}).d32;
  };
  EXPECT_EQ(of("set.lt.u32.s32", ~std::uint64_t{0}, 1), 0xffffffffU);
  EXPECT_EQ(of("set.lt.u32.u32", ~std::uint64_t{0}, 1), 0U);
  EXPECT_EQ(of("set.eq.f32.u32", 1, 1), 0x3f800000U);
  EXPECT_EQ(of("set.lt.f16x2.f16x2", 0x3c003c00, 0x40003c00), 0x3c000000U);
  EXPECT_EQ(of("set.gt.u32.f16x2", 0x3c004000, 0x40003c00), 0x0000ffffU);
  const Operands o{0x3c00, 0x3c00, 0, 0};
  EXPECT_EQ(evaluate_one("set.eq.f16.f16 %r16, %a16, %b16;", o).d16, 0x3c00);
  EXPECT_EQ(evaluate_one("setp.lt.f16x2 %p|%q, %a32, %b32;", {0x40003c00, 0x3c004000, 0, 0}).p, 1U);
  EXPECT_EQ(evaluate_one("setp.lt.f16x2 %p|%q, %a32, %b32;", {0x40003c00, 0x3c004000, 0, 0}).q, 0U);
}

TEST(PtxCompare, FlushedSubnormalsAreZeros) {
  EXPECT_EQ(evaluate_one("setp.eq.f32 %p, %a32, %b32;", {1, 0, 0, 0}).p, 0U);
  EXPECT_EQ(evaluate_one("setp.eq.ftz.f32 %p, %a32, %b32;", {1, 0, 0, 0}).p, 1U);
}

TEST(PtxSelect, ByPredicateAndBySign) {
  const Operands yes{7, 9, 1, 0}, no{7, 9, 0, 0}, negative{7, 9, 0x80000000, 0};
  EXPECT_EQ(evaluate_one("selp.b64 %r64, %a64, %b64, %pc;", yes).d64, 7U);
  EXPECT_EQ(evaluate_one("selp.f32 %r32, %a32, %b32, %pc;", no).d32, 9U);
  EXPECT_EQ(evaluate_one("slct.b32.s32 %r32, %a32, %b32, %c32;", yes).d32, 7U);
  EXPECT_EQ(evaluate_one("slct.b32.s32 %r32, %a32, %b32, %c32;", negative).d32, 9U);
  EXPECT_EQ(evaluate_one("slct.b32.f32 %r32, %a32, %b32, %c32;", negative).d32, 7U);  // -0
  EXPECT_EQ(evaluate_one("slct.b32.f32 %r32, %a32, %b32, %c32;", {7, 9, 0x7fffffff, 0}).d32, 9U);
}

}  // namespace
}  // namespace sca::kernels::cuda::ptx::testing
