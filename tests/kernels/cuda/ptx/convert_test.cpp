#include <gtest/gtest.h>

#include "tests/kernels/cuda/ptx/rounded.hpp"

namespace sca::kernels::cuda::ptx::testing {
namespace {

struct Named {
  const char* name;
  Format format;
};
constexpr Named floats[] = {{"f16", binary16}, {"bf16", bfloat16}, {"f32", binary32}, {"f64", binary64}};

struct Integer {
  const char* name;
  int bits;
  bool is_signed;
};
constexpr Integer integers[] = {{"u8", 8, false},   {"s8", 8, true},   {"u16", 16, false}, {"s16", 16, true},
                                {"u32", 32, false}, {"s32", 32, true}, {"u64", 64, false}, {"s64", 64, true}};

std::string width_name(int bits) { return std::to_string(bits < 16 ? 16 : bits); }

std::uint64_t taken(const Result& result, int bits) {
  return bits == 64 ? result.d64 : bits == 32 ? result.d32 : result.d16;
}

std::uint64_t mask(int bits) { return bits == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1; }

bool narrower(const Format& to, const Format& from) {
  return to.precision < from.precision || to.most_exponent < from.most_exponent;
}

std::string convert(const std::string& modifiers, const char* to, int to_bits, const char* from,
                    int from_bits) {
  return "cvt" + modifiers + "." + to + "." + from + " %r" + width_name(to_bits) + ", %a" +
         width_name(from_bits) + ";";
}

void check_floats(const Named& to, const Named& from, const char* rounding, mpfr_rnd_t mode) {
  const bool rounds = narrower(to.format, from.format);
  const std::string text = convert(rounds ? std::string(".") + rounding : "", to.name, to.format.width(),
                                   from.name, from.format.width());
  const auto operands = float_operands(600, 1, from.format);
  const auto results = evaluate(text, operands);
  for (std::size_t i = 0; i < operands.size(); ++i) {
    Number exact;
    decode(exact, operands[i][0], from.format);
    const std::uint64_t got = taken(results[i], to.format.width());
    if (mpfr_nan_p(static_cast<mpfr_srcptr>(exact))) {
      ASSERT_TRUE(is_nan(got, to.format)) << text;
    } else {
      ASSERT_EQ(got, encode(exact, to.format, mode)) << text << " of " << std::hex << operands[i][0];
    }
  }
}

TEST(PtxConvert, FloatsToFloats) {
  for (const Named& to : floats) {
    for (const Named& from : floats) {
      if (std::string(to.name) == from.name) continue;
      for (const auto& [rounding, mode] : roundings) check_floats(to, from, rounding, mode);
    }
  }
}

TEST(PtxConvert, IntegersToFloats) {
  for (const Named& to : floats) {
    for (const Integer& from : integers) {
      for (const auto& [rounding, mode] : roundings) {
        const std::string text =
            convert(std::string(".") + rounding, to.name, to.format.width(), from.name, from.bits);
        const auto operands = integer_operands(300, 2);
        const auto results = evaluate(text, operands);
        for (std::size_t i = 0; i < operands.size(); ++i) {
          const std::uint64_t bits = operands[i][0] & mask(from.bits);
          const bool negative = from.is_signed && (bits >> (from.bits - 1)) != 0;
          Number exact;
          mpfr_set_ui(exact, negative ? (0 - bits) & mask(from.bits) : bits, MPFR_RNDN);
          if (negative) mpfr_neg(exact, exact, MPFR_RNDN);
          ASSERT_EQ(taken(results[i], to.format.width()), encode(exact, to.format, mode))
              << text << " of " << bits;
        }
      }
    }
  }
}

std::uint64_t integer_of(mpfr_ptr value, const Integer& to, const char* rounding, bool of_double) {
  if (mpfr_nan_p(value)) return to.bits == 64 || of_double ? std::uint64_t{1} << (to.bits - 1) : 0;
  Number whole, least, most;
  const std::string mode = rounding;
  if (mode == "rni") mpfr_rint_roundeven(whole, value, MPFR_RNDN);
  if (mode == "rzi") mpfr_rint_trunc(whole, value, MPFR_RNDN);
  if (mode == "rmi") mpfr_rint_floor(whole, value, MPFR_RNDN);
  if (mode == "rpi") mpfr_rint_ceil(whole, value, MPFR_RNDN);
  mpfr_set_ui_2exp(most, 1, to.is_signed ? to.bits - 1 : to.bits, MPFR_RNDN);
  mpfr_neg(least, most, MPFR_RNDN);
  mpfr_sub_ui(most, most, 1, MPFR_RNDN);
  if (!to.is_signed) mpfr_set_zero(least, 1);
  if (mpfr_cmp(whole, most) > 0) mpfr_set(whole, most, MPFR_RNDN);
  if (mpfr_cmp(whole, least) < 0) mpfr_set(whole, least, MPFR_RNDN);
  if (mpfr_sgn(static_cast<mpfr_srcptr>(whole)) >= 0) return mpfr_get_ui(whole, MPFR_RNDN);
  return static_cast<std::uint64_t>(mpfr_get_si(whole, MPFR_RNDN)) & mask(to.bits);
}

/// Numbers about as large as integers are.
std::vector<Operands> middling(const Format& format) {
  auto operands = float_operands(300, 4, format);
  for (std::size_t i = 0; i < operands.size(); i += 2) {
    const auto exponent = static_cast<std::uint64_t>(format.most_exponent) + hash(5, i) % 66;
    const std::uint64_t sign = hash(6, i) >> 63 << (format.width() - 1);
    const int fraction = format.precision - 1;
    if (exponent > static_cast<std::uint64_t>(2 * format.most_exponent)) continue;
    operands[i][0] = sign | exponent << fraction | (hash(7, i) & mask(fraction));
  }
  return operands;
}

TEST(PtxConvert, FloatsToIntegers) {
  for (const Integer& to : integers) {
    for (const Named& from : floats) {
      for (const char* rounding : {"rni", "rzi", "rmi", "rpi"}) {
        const std::string text =
            convert(std::string(".") + rounding, to.name, to.bits, from.name, from.format.width());
        const auto operands = middling(from.format);
        const auto results = evaluate(text, operands);
        for (std::size_t i = 0; i < operands.size(); ++i) {
          Number value;
          decode(value, operands[i][0], from.format);
          const std::uint64_t want = integer_of(value, to, rounding, from.format.width() == 64);
          ASSERT_EQ(taken(results[i], to.bits) & mask(to.bits), want)
              << text << " of " << std::hex << operands[i][0];
        }
      }
    }
  }
}

TEST(PtxConvert, IntegersToIntegers) {
  for (const Integer& to : integers) {
    for (const Integer& from : integers) {
      for (const bool saturate : {false, true}) {
        const auto operands = integer_operands(200, 3);
        const std::string text = convert(saturate ? ".sat" : "", to.name, to.bits, from.name, from.bits);
        const auto results = evaluate(text, operands);
        for (std::size_t i = 0; i < operands.size(); ++i) {
          __extension__ using Wide = __int128;
          Wide value = operands[i][0] & mask(from.bits);
          if (from.is_signed && (operands[i][0] >> (from.bits - 1) & 1) != 0) value -= Wide{1} << from.bits;
          const Wide most = (Wide{1} << (to.is_signed ? to.bits - 1 : to.bits)) - 1,
                     least = to.is_signed ? -most - 1 : 0;
          if (saturate) value = value > most ? most : value < least ? least : value;
          // A register wider than the type is filled with its sign.
          std::uint64_t want = static_cast<std::uint64_t>(value) & mask(to.bits);
          if (to.bits == 8 && to.is_signed && want >= 128) want |= 0xff00;
          ASSERT_EQ(taken(results[i], to.bits), want) << text << " of " << std::hex << operands[i][0];
        }
      }
    }
  }
}

TEST(PtxConvert, ToWholeNumbersOfTheSameType) {
  const auto of = [](const char* opcode, std::uint64_t a) {
    return evaluate_one(std::string(opcode) + " %r32, %a32;", {a, 0, 0, 0}).d32;
  };
  const std::uint64_t half = 0x3f000000, three_halves = 0x3fc00000, one = 0x3f800000, two = 0x40000000;
  EXPECT_EQ(of("cvt.rni.f32.f32", half), 0U);
  EXPECT_EQ(of("cvt.rni.f32.f32", three_halves), two);
  EXPECT_EQ(of("cvt.rzi.f32.f32", three_halves), one);
  EXPECT_EQ(of("cvt.rmi.f32.f32", half | 0x80000000), one | 0x80000000);
  EXPECT_EQ(of("cvt.rpi.f32.f32", half), one);
  EXPECT_EQ(of("cvt.sat.f32.f32", two), one);
  EXPECT_EQ(of("cvt.sat.f32.f32", 0x7fffffff), 0U);
  EXPECT_EQ(of("cvt.ftz.f32.f32", 0x80000001), 0x80000000U);
}

TEST(PtxConvert, PairsAreOrderedFromTheTop) {
  for (const auto& [stored, type] : {std::pair(binary16, "f16x2"), std::pair(bfloat16, "bf16x2")}) {
    for (const auto& [rounding, as_rounded] : {roundings[0], roundings[1]}) {
      const auto format = stored;  // a lambda may not capture what is bound
      const auto mode = as_rounded;
      const auto operands = float_operands(300, 6, binary32);
      const std::string text = std::string("cvt.") + rounding + "." + type + ".f32 %r32, %a32, %b32;";
      const auto results = evaluate(text, operands);
      for (std::size_t i = 0; i < operands.size(); ++i) {
        const auto half = [&](std::size_t k) {
          Number exact;
          decode(exact, operands[i][k], binary32);
          const std::uint64_t bits = encode(exact, format, mode);
          return bits == ~std::uint64_t{0} ? 0x7fff : bits;
        };
        EXPECT_EQ(results[i].d32, half(0) << 16 | half(1)) << text;
      }
    }
  }
}

}  // namespace
}  // namespace sca::kernels::cuda::ptx::testing
