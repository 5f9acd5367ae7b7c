#include <gtest/gtest.h>

#include <functional>

#include "tests/kernels/cuda/ptx/rounded.hpp"

namespace sca::kernels::cuda::ptx::testing {
namespace {

using Exact = std::function<void(mpfr_ptr, mpfr_srcptr, mpfr_srcptr, mpfr_srcptr)>;

struct Case {
  const char* opcode;
  int sources;
  Exact exact;
};

const Case cases[] = {{"add", 2, [](auto r, auto a, auto b, auto) { mpfr_add(r, a, b, MPFR_RNDN); }},
                      {"sub", 2, [](auto r, auto a, auto b, auto) { mpfr_sub(r, a, b, MPFR_RNDN); }},
                      {"mul", 2, [](auto r, auto a, auto b, auto) { mpfr_mul(r, a, b, MPFR_RNDN); }},
                      {"fma.rn", 3, [](auto r, auto a, auto b, auto c) { mpfr_fma(r, a, b, c, MPFR_RNDN); }}};

std::uint64_t expected(const Case& tried, const Operands& o, const Format& format) {
  Number a, b, c, exact;
  decode(a, o[0] & 0xffff, format);
  decode(b, o[1] & 0xffff, format);
  decode(c, o[2] & 0xffff, format);
  tried.exact(exact, a, b, c);
  const std::uint64_t bits = encode(exact, format, MPFR_RNDN);
  return bits == ~std::uint64_t{0} ? 0x7fff : bits;
}

std::string sources(int count, const char* width) {
  std::string text;
  for (int i = 0; i < count; ++i) text += std::string(", %") + "abce"[i] + width;
  return text + ";";
}

void check(const Format& format, const std::string& type) {
  for (const Case& tried : cases) {
    const auto operands = float_operands(3000, 1, format);
    const std::string opcode = tried.opcode + ("." + type);
    const auto results = evaluate(opcode + " %r16" + sources(tried.sources, "16"), operands);
    for (std::size_t i = 0; i < operands.size(); ++i) {
      ASSERT_EQ(results[i].d16, expected(tried, operands[i], format))
          << opcode << std::hex << " " << operands[i][0] << " " << operands[i][1] << " " << operands[i][2];
    }
  }
}

TEST(PtxHalf, RoundsOnce) { check(binary16, "f16"); }

TEST(PtxHalf, BrainFloatsRoundOnce) { check(bfloat16, "bf16"); }

TEST(PtxHalf, PairsAreTwoOfThem) {
  for (const auto& [format, type] : {std::pair(binary16, "f16x2"), std::pair(bfloat16, "bf16x2")}) {
    auto operands = float_operands(500, 2, format);
    const auto high = float_operands(500, 3, format);
    for (std::size_t i = 0; i < operands.size(); ++i) {
      for (std::size_t k = 0; k < 4; ++k) operands[i][k] |= high[i][k] << 16;
    }
    for (const Case& tried : cases) {
      const auto results = evaluate(
          tried.opcode + (std::string(".") + type + " %r32") + sources(tried.sources, "32"), operands);
      for (std::size_t i = 0; i < operands.size(); ++i) {
        Operands upper = operands[i];
        for (std::uint64_t& bits : upper) bits >>= 16;
        EXPECT_EQ(results[i].d32, expected(tried, operands[i], format) | expected(tried, upper, format)
                                                                             << 16);
      }
    }
  }
}

TEST(PtxHalf, SaturatesAndCutsOffNegatives) {
  const auto add = [](const char* opcode, std::uint64_t a, std::uint64_t b) {
    return evaluate_one(std::string(opcode) + " %r16, %a16, %b16;", {a, b, 0, 0}).d16;
  };
  EXPECT_EQ(add("add.sat.f16", 0x3c00, 0x3c00), 0x3c00);
  EXPECT_EQ(add("add.sat.f16", 0xbc00, 0), 0);
  EXPECT_EQ(add("add.ftz.f16", 1, 1), 0);
  EXPECT_EQ(add("add.f16", 1, 1), 2);
  const Operands o{0x3c00, 0xbc00, 0, 0};
  EXPECT_EQ(evaluate_one("fma.rn.relu.f16 %r16, %a16, %b16, %c16;", o).d16, 0);
}

TEST(PtxHalf, SignsAndOrder) {
  const auto of = [](const char* opcode, std::uint64_t a, std::uint64_t b = 0) {
    const std::string text = std::string(opcode) + " %r32, %a32" + (b == 0 ? ";" : ", %b32;");
    return evaluate_one(text, {a, b, 0, 0}).d32;
  };
  EXPECT_EQ(of("neg.f16x2", 0x3c00bc00), 0xbc003c00U);
  EXPECT_EQ(of("abs.bf16x2", 0xbf80bf80), 0x3f803f80U);
  EXPECT_EQ(of("min.f16x2", 0x3c00bc00, 0x40003c00), 0x3c00bc00U);
  EXPECT_EQ(of("max.f16x2", 0x3c007fff, 0x40003c00), 0x40003c00U);
  EXPECT_EQ(of("max.NaN.f16x2", 0x3c007fff, 0x40003c00), 0x40007fffU);
  EXPECT_EQ(of("max.bf16x2", 0x80008000, 0x80000000), 0x80000000U);
}

}  // namespace
}  // namespace sca::kernels::cuda::ptx::testing
