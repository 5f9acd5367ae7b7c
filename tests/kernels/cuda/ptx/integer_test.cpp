#include <gtest/gtest.h>

#include <functional>

#include "tests/kernels/cuda/ptx/evaluate.hpp"

namespace sca::kernels::cuda::ptx::testing {
namespace {

__extension__ using Wide = __int128;

constexpr std::size_t instances = 700;

/// The operand as a type of so many bits holds it.
Wide as_integer(std::uint64_t value, int bits, bool is_signed) {
  const Wide modulus = Wide{1} << bits;
  Wide result = static_cast<Wide>(value) % modulus;
  if (is_signed && result >= modulus / 2) result -= modulus;
  return result;
}

std::uint64_t taken(const Result& result, int bits) {
  return bits == 16 ? result.d16 : bits == 32 ? result.d32 : result.d64;
}

std::string spelled(const std::string& opcode, int bits, int sources) {
  const std::string n = std::to_string(bits);
  std::string text = opcode + " %r" + n;
  for (int i = 0; i < sources; ++i) text += std::string(", %") + "abce"[i] + n;
  return text + ";";
}

using Exact = std::function<Wide(Wide, Wide, Wide)>;

/// Every type of `types`: what the instruction gives is `exact` modulo 2^bits.
void check(const std::string& opcode, const std::string& types, int sources, const Exact& exact,
           const std::function<bool(Wide, Wide)>& allowed = {}) {
  for (std::size_t i = 0; i < types.size(); i += 4) {
    const std::string type = types.substr(i, 3);
    const int bits = std::stoi(type.substr(1));
    std::vector<Operands> operands;
    for (const Operands& o : integer_operands(instances, i + static_cast<std::size_t>(bits))) {
      const auto value = [&](std::size_t k) { return as_integer(o[k], bits, type[0] == 's'); };
      if (!allowed || allowed(value(0), value(1))) operands.push_back(o);
    }
    const auto results = evaluate(spelled(opcode + "." + type, bits, sources), operands);
    for (std::size_t k = 0; k < operands.size(); ++k) {
      const auto value = [&](std::size_t j) { return as_integer(operands[k][j], bits, type[0] == 's'); };
      const auto want = static_cast<std::uint64_t>(
          as_integer(static_cast<std::uint64_t>(exact(value(0), value(1), value(2))), bits, false));
      ASSERT_EQ(taken(results[k], bits), want) << opcode << "." << type << " of " << operands[k][0] << ", "
                                               << operands[k][1] << ", " << operands[k][2];
    }
  }
}

constexpr const char* all = "u16 s16 u32 s32 u64 s64";

TEST(PtxInteger, SumsWrap) {
  check("add", all, 2, [](Wide a, Wide b, Wide) { return a + b; });
  check("sub", all, 2, [](Wide a, Wide b, Wide) { return a - b; });
}

TEST(PtxInteger, ProductsKeepTheHalfThatIsAskedFor) {
  check("mul.lo", all, 2, [](Wide a, Wide b, Wide) {
    return static_cast<Wide>(static_cast<std::uint64_t>(a) * static_cast<std::uint64_t>(b));
  });
  check("mad.lo", "u16 s16 u32 s32", 3, [](Wide a, Wide b, Wide c) { return a * b + c; });
  check("mul.hi", "u16 s16", 2, [](Wide a, Wide b, Wide) { return (a * b) >> 16; });
  check("mul.hi", "u32 s32", 2, [](Wide a, Wide b, Wide) { return (a * b) >> 32; });
  check("mad.hi", "u32 s32", 3, [](Wide a, Wide b, Wide c) { return ((a * b) >> 32) + c; });
}

/// By long multiplication, digit by digit.
std::uint64_t high_of_product(std::uint64_t a, std::uint64_t b) {
  std::uint64_t low[4] = {}, carry = 0;
  const std::uint64_t x[] = {a & 0xffffffff, a >> 32}, y[] = {b & 0xffffffff, b >> 32};
  for (int i = 0; i < 2; ++i) {
    carry = 0;
    for (int j = 0; j < 2; ++j) {
      const std::uint64_t sum = low[i + j] + (x[i] * y[j]) % (std::uint64_t{1} << 32) + carry;
      carry = (sum >> 32) + ((x[i] * y[j]) >> 32);
      low[i + j] = sum & 0xffffffff;
    }
    low[i + 2] += carry;
  }
  return low[2] + (low[3] << 32);
}

TEST(PtxInteger, HighHalvesOf64Bits) {
  const auto operands = integer_operands(instances, 3);
  const auto plain = evaluate("mul.hi.u64 %r64, %a64, %b64;", operands);
  const auto with_sign = evaluate("mul.hi.s64 %r64, %a64, %b64;", operands);
  for (std::size_t i = 0; i < operands.size(); ++i) {
    const std::uint64_t a = operands[i][0], b = operands[i][1], want = high_of_product(a, b);
    EXPECT_EQ(plain[i].d64, want);
    EXPECT_EQ(with_sign[i].d64, want - (a >> 63 ? b : 0) - (b >> 63 ? a : 0));
  }
}

TEST(PtxInteger, WideProductsAreExact) {
  const auto operands = integer_operands(instances, 4);
  const auto s32 = evaluate("mul.wide.s32 %r64, %a32, %b32;", operands);
  const auto u32 = evaluate("mad.wide.u32 %r64, %a32, %b32, %c64;", operands);
  const auto s16 = evaluate("mul.wide.s16 %r32, %a16, %b16;", operands);
  const auto u16 = evaluate("mad.wide.u16 %r32, %a16, %b16, %c32;", operands);
  for (std::size_t i = 0; i < operands.size(); ++i) {
    const auto value = [&](std::size_t k, int bits, bool sign) {
      return as_integer(operands[i][k], bits, sign);
    };
    EXPECT_EQ(s32[i].d64, static_cast<std::uint64_t>(value(0, 32, true) * value(1, 32, true)));
    EXPECT_EQ(u32[i].d64,
              static_cast<std::uint64_t>(value(0, 32, false) * value(1, 32, false)) + operands[i][2]);
    EXPECT_EQ(s16[i].d32, static_cast<std::uint32_t>(value(0, 16, true) * value(1, 16, true)));
    EXPECT_EQ(u16[i].d32,
              static_cast<std::uint32_t>(value(0, 16, false) * value(1, 16, false) + value(2, 32, false)));
  }
}

TEST(PtxInteger, QuotientsTruncate) {
  const auto nonzero = [](Wide, Wide b) { return b != 0; };
  check(
      "div", all, 2, [](Wide a, Wide b, Wide) { return a / b; }, nonzero);
  check(
      "rem", all, 2, [](Wide a, Wide b, Wide) { return a % b; }, nonzero);
}

TEST(PtxInteger, DivisionByZeroIsAFault) {
  EXPECT_THROW(evaluate_one("div.s32 %r32, %a32, 0;", {1, 0, 0, 0}), Fault);
  EXPECT_THROW(evaluate_one("rem.u64 %r64, %a64, %b64;", {1, 0, 0, 0}), Fault);
}

TEST(PtxInteger, OrderDependsOnTheSign) {
  check("min", all, 2, [](Wide a, Wide b, Wide) { return a < b ? a : b; });
  check("max", all, 2, [](Wide a, Wide b, Wide) { return a < b ? b : a; });
  check("abs", "s16 s32 s64", 1, [](Wide a, Wide, Wide) { return a < 0 ? -a : a; });
  check("neg", "s16 s32 s64", 1, [](Wide a, Wide, Wide) { return -a; });
}

TEST(PtxInteger, SaturationStopsAtTheEnds) {
  const auto clamped = [](Wide exact) {
    const Wide most = (Wide{1} << 31) - 1;
    return exact > most ? most : exact < -most - 1 ? -most - 1 : exact;
  };
  check("add.sat", "s32", 2, [&](Wide a, Wide b, Wide) { return clamped(a + b); });
  check("sub.sat", "s32", 2, [&](Wide a, Wide b, Wide) { return clamped(a - b); });
}

__extension__ using Unsigned = unsigned __int128;

TEST(PtxInteger, CarriesRunThroughLongNumbers) {
  const auto operands = integer_operands(instances, 5);
  // Four 32-bit words as one number: two 64-bit ones.
  const std::string split =
      "{ .reg .b32 l<8>; mov.b64 {l0, l1}, %a64; mov.b64 {l2, l3}, %b64; mov.b64 {l4, l5}, %c64;"
      " mov.b64 {l6, l7}, %e64; ";
  const auto sums =
      evaluate(split +
                   "add.cc.u32 l0, l0, l4; addc.cc.u32 l1, l1, l5; addc.cc.u32 l2, l2, l6;"
                   " addc.u32 l3, l3, l7; mov.b64 %r64, {l2, l3}; mov.b32 %r32, l0; mov.b32 %s32, l1; }",
               operands);
  const auto differences =
      evaluate(split +
                   "sub.cc.u32 l0, l0, l4; subc.cc.u32 l1, l1, l5; subc.cc.u32 l2, l2, l6;"
                   " subc.u32 l3, l3, l7; mov.b64 %r64, {l2, l3}; mov.b32 %r32, l0; mov.b32 %s32, l1; }",
               operands);
  for (std::size_t i = 0; i < operands.size(); ++i) {
    const auto number = [&](std::size_t k) { return Unsigned{operands[i][k + 1]} << 64 | operands[i][k]; };
    const auto joined = [](const Result& r) {
      return Unsigned{r.d64} << 64 | std::uint64_t{r.e32} << 32 | std::uint64_t{r.d32};
    };
    EXPECT_TRUE(joined(sums[i]) == number(0) + number(2)) << i;
    EXPECT_TRUE(joined(differences[i]) == number(0) - number(2)) << i;
  }
}

TEST(PtxInteger, LongProducts) {
  const auto operands = integer_operands(instances, 6);
  // (2^32 a1 + a0) b + (2^32 c1 + c0), of which the low 96 bits are kept: as libdevice does.
  const auto results = evaluate(
      "{ .reg .b32 a<2>, l<3>; mov.b64 {a0, a1}, %a64; mov.b64 {l0, l1}, %c64; mov.b32 l2, 0;"
      " mad.lo.cc.u32 l0, a0, %b32, l0; madc.lo.cc.u32 l1, a1, %b32, l1; madc.hi.u32 l2, a1, %b32, l2;"
      " mad.hi.cc.u32 l1, a0, %b32, l1; addc.u32 l2, l2, 0; mov.b64 %r64, {l0, l1}; mov.b32 %r32, l2; }",
      operands);
  for (std::size_t i = 0; i < operands.size(); ++i) {
    const Unsigned want =
        Unsigned{operands[i][0]} * static_cast<std::uint32_t>(operands[i][1]) + operands[i][2];
    EXPECT_EQ(results[i].d64, static_cast<std::uint64_t>(want)) << i;
    EXPECT_EQ(results[i].d32, static_cast<std::uint32_t>(want >> 64)) << i;
  }
}

}  // namespace
}  // namespace sca::kernels::cuda::ptx::testing
