#include <gtest/gtest.h>

#include <functional>

#include "tests/kernels/cuda/ptx/evaluate.hpp"

namespace sca::kernels::cuda::ptx::testing {
namespace {

constexpr std::size_t instances = 600;

using Bits = std::vector<bool>;  // lowest first

Bits bits_of(std::uint64_t value, int count) {
  Bits bits;
  for (int i = 0; i < count; ++i) bits.push_back((value >> i & 1) != 0);
  return bits;
}

std::uint64_t number_of(const Bits& bits) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < bits.size(); ++i) value |= std::uint64_t{bits[i]} << i;
  return value;
}

using Rule = std::function<std::uint64_t(const Operands&)>;

void check(const std::string& statements, int width, const Rule& rule, std::uint64_t seed) {
  const auto operands = integer_operands(instances, seed);
  const auto results = evaluate(statements, operands);
  for (std::size_t i = 0; i < operands.size(); ++i) {
    const std::uint64_t got = width == 16 ? results[i].d16 : width == 32 ? results[i].d32 : results[i].d64;
    ASSERT_EQ(got, rule(operands[i])) << statements << " of " << std::hex << operands[i][0] << ", "
                                      << operands[i][1] << ", " << operands[i][2] << ", " << operands[i][3];
  }
}

TEST(PtxBitwise, LogicIsBitByBit) {
  const auto each = [](const std::function<bool(bool, bool)>& f, int width) {
    return [=](const Operands& o) {
      Bits a = bits_of(o[0], width);
      const Bits b = bits_of(o[1], width);
      for (std::size_t i = 0; i < a.size(); ++i) a[i] = f(a[i], b[i]);
      return number_of(a);
    };
  };
  check("and.b32 %r32, %a32, %b32;", 32, each([](bool a, bool b) { return a && b; }, 32), 1);
  check("or.b64 %r64, %a64, %b64;", 64, each([](bool a, bool b) { return a || b; }, 64), 2);
  check("xor.b16 %r16, %a16, %b16;", 16, each([](bool a, bool b) { return a != b; }, 16), 3);
  check("not.b32 %r32, %a32;", 32, each([](bool a, bool) { return !a; }, 32), 4);
  check(
      "cnot.b32 %r32, %a32;", 32, [](const Operands& o) { return (o[0] << 32) == 0 ? 1U : 0U; }, 5);
}

TEST(PtxBitwise, PredicatesAreOneBit) {
  for (std::uint64_t a = 0; a < 2; ++a) {
    for (std::uint64_t b = 0; b < 2; ++b) {
      const Operands o{a, b, 0, 0};
      EXPECT_EQ(evaluate_one("and.pred %p, %pa, %pb;", o).p, a & b);
      EXPECT_EQ(evaluate_one("or.pred %p, %pa, %pb;", o).p, a | b);
      EXPECT_EQ(evaluate_one("xor.pred %p, %pa, %pb;", o).p, a ^ b);
      EXPECT_EQ(evaluate_one("not.pred %p, %pa;", o).p, 1 - a);
      EXPECT_EQ(evaluate_one("mov.pred %p, %pa;", o).p, a);
    }
  }
}

TEST(PtxBitwise, EveryTableOfLop3) {
  const auto operands = integer_operands(8, 6);
  for (int table = 0; table < 256; ++table) {
    const auto results =
        evaluate("lop3.b32 %r32, %a32, %b32, %c32, " + std::to_string(table) + ";", operands);
    for (std::size_t i = 0; i < operands.size(); ++i) {
      Bits want(32);
      for (std::size_t k = 0; k < 32; ++k) {
        const std::uint64_t row =
            (operands[i][0] >> k & 1) * 4 + (operands[i][1] >> k & 1) * 2 + (operands[i][2] >> k & 1);
        want[k] = (table >> row & 1) != 0;
      }
      ASSERT_EQ(results[i].d32, number_of(want)) << table;
    }
  }
}

/// The bit that comes to place i when `value` is shifted right by `by`, with `fill` from above and zeros from
/// below.
std::uint64_t shifted(std::uint64_t value, std::int64_t by, int width, bool fill) {
  const Bits bits = bits_of(value, width);
  Bits result(bits.size());
  for (int i = 0; i < width; ++i) {
    const std::int64_t from = i + by;
    result[static_cast<std::size_t>(i)] = from < 0        ? false
                                          : from >= width ? fill
                                                          : bits[static_cast<std::size_t>(from)];
  }
  return number_of(result);
}

TEST(PtxBitwise, ShiftsBeyondTheWidth) {
  for (const int width : {16, 32, 64}) {
    const std::string n = std::to_string(width);
    const auto amount = [](const Operands& o) { return static_cast<std::int64_t>(o[1] & 0xffffffff); };
    const auto sign = [=](const Operands& o) { return (o[0] >> (width - 1) & 1) != 0; };
    const std::string operands = " %r" + n + ", %a" + n + ", %b32;";
    const auto seed = static_cast<std::uint64_t>(width);
    check(
        "shl.b" + n + operands, width,
        [=](const Operands& o) { return shifted(o[0], -amount(o), width, false); }, seed);
    check(
        "shr.u" + n + operands, width,
        [=](const Operands& o) { return shifted(o[0], amount(o), width, false); }, seed);
    check(
        "shr.s" + n + operands, width,
        [=](const Operands& o) { return shifted(o[0], amount(o), width, sign(o)); }, seed);
  }
}

TEST(PtxBitwise, FunnelShiftsWrapOrClamp) {
  const auto funnel = [](const Operands& o, bool left, bool clamp) {
    std::uint64_t by = o[2] & 0xffffffff;
    by = clamp ? (by > 32 ? 32 : by) : by % 32;
    Bits both = bits_of(o[0], 32);
    const Bits high = bits_of(o[1], 32);
    both.insert(both.end(), high.begin(), high.end());
    Bits result(32);
    for (std::uint64_t i = 0; i < 32; ++i) result[i] = both[left ? i + 32 - by : i + by];
    return number_of(result);
  };
  for (const bool left : {false, true}) {
    for (const bool clamp : {false, true}) {
      const std::string name = std::string("shf.") + (left ? "l." : "r.") + (clamp ? "clamp" : "wrap");
      check(
          name + ".b32 %r32, %a32, %b32, %c32;", 32,
          [=](const Operands& o) { return funnel(o, left, clamp); }, 9);
    }
  }
}

/// As the manual of PTX states it, bit by bit.
std::uint64_t extracted(const Operands& o, int width, bool with_sign) {
  const Bits a = bits_of(o[0], width);
  const std::uint64_t place = o[1] % 256, length = o[2] % 256, last = static_cast<std::uint64_t>(width) - 1;
  const bool fill = with_sign && length != 0 && a[std::min(place + length - 1, last)];
  Bits result(a.size());
  for (std::uint64_t i = 0; i <= last; ++i) result[i] = i < length && place + i <= last ? a[place + i] : fill;
  return number_of(result);
}

std::uint64_t inserted(const Operands& o, int width) {
  const Bits a = bits_of(o[0], width);
  Bits result = bits_of(o[1], width);
  const std::uint64_t place = o[2] % 256, length = o[3] % 256;
  for (std::uint64_t i = 0; i < length && place + i < result.size(); ++i) result[place + i] = a[i];
  return number_of(result);
}

TEST(PtxBitwise, Fields) {
  for (const int width : {32, 64}) {
    const std::string n = std::to_string(width);
    const std::string three = " %r" + n + ", %a" + n + ", %b32, %c32;";
    check(
        "bfe.u" + n + three, width, [=](const Operands& o) { return extracted(o, width, false); }, 10);
    check(
        "bfe.s" + n + three, width, [=](const Operands& o) { return extracted(o, width, true); }, 11);
    check(
        "{ .reg .b32 x, y; rem.u32 x, %b32, 64; rem.u32 y, %c32, 40; bfe.s" + n + " %r" + n + ", %a" + n +
            ", x, y; }",
        width,
        [=](const Operands& o) {
          return extracted({o[0], (o[1] & 0xffffffff) % 64, (o[2] & 0xffffffff) % 40, 0}, width, true);
        },
        12);
    check(
        "{ .reg .b32 x, y; rem.u32 x, %c32, 64; rem.u32 y, %e32, 40; bfi.b" + n + " %r" + n + ", %a" + n +
            ", %b" + n + ", x, y; }",
        width,
        [=](const Operands& o) {
          return inserted({o[0], o[1], (o[2] & 0xffffffff) % 64, (o[3] & 0xffffffff) % 40}, width);
        },
        13);
    check(
        "bfi.b" + n + " %r" + n + ", %a" + n + ", %b" + n + ", %c32, %e32;", width,
        [=](const Operands& o) { return inserted(o, width); }, 14);
  }
}

TEST(PtxBitwise, PermutedBytes) {
  check(
      "prmt.b32 %r32, %a32, %b32, %c32;", 32,
      [](const Operands& o) {
        std::uint64_t result = 0;
        for (int i = 0; i < 4; ++i) {
          const std::uint64_t digit = o[2] >> (4 * i) & 15, word = digit % 8 < 4 ? o[0] : o[1];
          std::uint64_t byte = word >> (8 * (digit % 4)) & 255;
          if (digit >= 8) byte = byte >= 128 ? 255 : 0;
          result += byte << (8 * i);
        }
        return result;
      },
      15);
}

TEST(PtxBitwise, CountedBits) {
  for (const int width : {32, 64}) {
    const std::string n = std::to_string(width), operands = " %r32, %a" + n + ";";
    const auto count = [=](const Operands& o) {
      std::uint64_t ones = 0;
      for (const bool bit : bits_of(o[0], width)) ones += bit ? 1 : 0;
      return ones;
    };
    const auto zeros = [=](const Operands& o) {
      std::uint64_t leading = 0;
      const Bits bits = bits_of(o[0], width);
      for (auto bit = bits.rbegin(); bit != bits.rend() && !*bit; ++bit) ++leading;
      return leading;
    };
    const auto reversed = [=](const Operands& o) {
      const Bits bits = bits_of(o[0], width);
      return number_of(Bits(bits.rbegin(), bits.rend()));
    };
    check("popc.b" + n + operands, 32, count, 16);
    check("clz.b" + n + operands, 32, zeros, 17);
    check("brev.b" + n + " %r" + n + ", %a" + n + ";", width, reversed, 18);
    check(
        "bfind.u" + n + operands, 32,
        [=](const Operands& o) { return (static_cast<std::uint64_t>(width) - 1 - zeros(o)) & 0xffffffff; },
        19);
  }
}

}  // namespace
}  // namespace sca::kernels::cuda::ptx::testing
