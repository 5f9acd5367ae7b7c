// What kernels are given: formats, guarded memory, problems.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "evidence/cases/regimes.hpp"
#include "evidence/hash.hpp"
#include "evidence/kernels/oracle.hpp"
#include "evidence/kernels/run.hpp"
#include "kernels/cpu/core/storage.hpp"
#include "reference/multiprecision.hpp"

namespace sca::evidence::kernels {
namespace {

CoreCase a_case(const std::string& regime) {
  return parse_core_case("core released B=2 L=5 K=4 Kq=2 M=2 H=3 anchors=1 maxlen=9 regime=" + regime +
                         " seed=3");
}

// The kernels' conversions and the judge's have nothing in common but the formats.
template <class Stored>
void expect_every_pattern_reads_alike() {
  const NumberFormat& format = format_of(sca::kernels::dtype_of<Stored>);
  for (unsigned bits = 0; bits < 0x10000; ++bits) {
    const Stored stored{static_cast<std::uint16_t>(bits)};
    const double kernels = sca::kernels::load(stored);
    std::byte bytes[2];
    std::memcpy(bytes, &stored, 2);
    const double ours = format.read(bytes);
    ASSERT_TRUE(kernels == ours || (std::isnan(kernels) && std::isnan(ours))) << bits;
    if (std::isnan(ours)) continue;
    std::byte again[2];
    format.write(again, ours);
    EXPECT_EQ(std::memcmp(bytes, again, 2), 0) << bits;
  }
}

TEST(NumberFormat, EveryNumberOf16BitsReadsAsTheKernelsDo) {
  expect_every_pattern_reads_alike<sca::kernels::BFloat16>();
  expect_every_pattern_reads_alike<sca::kernels::Float16>();
}

template <class Stored>
void expect_rounding_alike(double scale) {
  const NumberFormat& format = format_of(sca::kernels::dtype_of<Stored>);
  for (std::uint64_t i = 0; i < 20000; ++i) {
    // Every third number lies in the middle of two of the format: ties.
    const double between =
        i % 3 == 0 ? format.nearest(signed_unit(1, 2, i)) * (1 + format.arithmetic.u()) : 0;
    const auto x = static_cast<float>(scale * (between == 0 ? signed_unit(1, 3, i) : between));
    const double kernels = sca::kernels::load(sca::kernels::store<Stored>(x));
    const double ours = format.nearest(x);
    EXPECT_TRUE(kernels == ours || (std::isinf(kernels) && std::abs(ours) == format.arithmetic.largest)) << x;
  }
}

TEST(NumberFormat, RoundingIsTheKernelsRounding) {
  for (const double scale : {1.0, 0x1p-13, 0x1p-24, 70000.0})
    expect_rounding_alike<sca::kernels::Float16>(scale);
  for (const double scale : {1.0, 0x1p-126, 0x1p-133, 0x1p127})
    expect_rounding_alike<sca::kernels::BFloat16>(scale);
}

TEST(Memory, WhatIsNotWrittenIsNotANumber) {
  const Memory memory(64, Fence::band);
  for (const sca_dtype dtype : {SCA_F64, SCA_F32, SCA_BF16, SCA_F16})
    EXPECT_TRUE(std::isnan(format_of(dtype).read(memory.data())));
}

TEST(Memory, AWriteOutsideIsSeen) {
  for (const std::ptrdiff_t at : {-256, -1, 24, 279}) {
    const Memory memory(24, Fence::band, 4);
    EXPECT_TRUE(memory.is_intact());
    memory.data()[at] = std::byte{0};
    EXPECT_FALSE(memory.is_intact()) << at;
  }
}

TEST(Memory, AReadBehindAPageFenceIsSeen) {
  for (const std::size_t bytes : {0U, 24U, 4096U, 1U << 22U}) {
    const Memory memory(bytes, Fence::page);
    EXPECT_TRUE(memory.is_intact()) << bytes;
    static_cast<void>(*const_cast<volatile std::byte*>(memory.data() + bytes));
    EXPECT_FALSE(memory.is_intact()) << bytes;
  }
}

TEST(Buffer, GapsAreWatched) {
  const Layout layout{.gap = 3};
  const Buffer buffer = Buffer::tokens({2, 4, 5}, format_of(SCA_F32), layout);
  EXPECT_EQ(buffer.token_stride(), 8);
  EXPECT_EQ(buffer.sequence_stride(), 4 * 8 + 21);
  EXPECT_TRUE(buffer.is_intact());
  for (const std::size_t element : {5U, 29U, 32U, 52U}) {
    std::byte* at = buffer.data() + element * 4;
    *at = std::byte{0};
    EXPECT_FALSE(buffer.is_intact()) << element;
    *at = std::byte{0xff};
  }
}

TEST(Buffer, AnInputThatIsWrittenToIsSeen) {
  Buffer buffer = Buffer::plain({2}, format_of(SCA_F64), {});
  buffer.fill({1, 2});
  EXPECT_TRUE(buffer.is_unchanged());
  EXPECT_EQ(buffer.read().data, (std::vector<double>{1, 2}));
  format_of(SCA_F64).write(buffer.data(), 3);
  EXPECT_FALSE(buffer.is_unchanged());
}

TEST(Problem, NumbersAreOfTheirFormats) {
  for (const Regime& regime : regimes()) {
    for (const sca_dtype dtype : {SCA_F64, SCA_F32, SCA_BF16, SCA_F16}) {
      const Problem problem = make_problem(a_case(std::string(regime.name)), dtype);
      for (const auto* tensor : {&problem.key, &problem.score, &problem.query, &problem.output_gradient}) {
        for (const double x : tensor->data) EXPECT_EQ(x, format_of(dtype).nearest(x)) << regime.name;
      }
      for (const auto* tensor : {&problem.theta, &problem.omega, &problem.rate}) {
        for (const double x : tensor->data) EXPECT_EQ(x, format_of_reals(dtype).nearest(x)) << regime.name;
      }
    }
  }
}

TEST(Problem, DoublesUseAllTheirBitsAndStillCancel) {
  const Problem problem = make_problem(a_case("cancelling"), SCA_F64);
  std::size_t longer = 0;
  for (const double x : problem.key.data) longer += x != static_cast<double>(static_cast<float>(x)) ? 1 : 0;
  EXPECT_GT(2 * longer, problem.key.data.size());
  for (std::size_t i = 0; i < 12; ++i) EXPECT_EQ(problem.key.data[i], -problem.key.data[12 + i]);
}

TEST(Oracle, TheSameQuestionIsAnsweredOnce) {
  const reference::DigitsScope digits(34);
  Oracle oracle;
  const Problem& problem = oracle.problem(a_case("uniform"), SCA_F32);
  EXPECT_EQ(&problem, &oracle.problem(a_case("uniform"), SCA_F32));
  EXPECT_NE(&problem, &oracle.problem(a_case("uniform"), SCA_F64));
  const ExpectedForward& expected = oracle.forward(problem, reference::binary32);
  EXPECT_EQ(&expected, &oracle.forward(problem, reference::binary32));
  reference::FloatingPoint coarser = reference::binary32;
  coarser.exp_error = 3;
  EXPECT_NE(&expected, &oracle.forward(problem, coarser));
}

TEST(Expected, ComparisonsThatRoundingMayTurnAreCounted) {
  const reference::DigitsScope digits(34);
  EXPECT_EQ(expected_forward(make_problem(a_case("uniform"), SCA_F32), reference::binary32).kinks, 0U);
  EXPECT_GT(expected_forward(make_problem(a_case("edges"), SCA_F32), reference::binary32).kinks, 0U);
}

}  // namespace
}  // namespace sca::evidence::kernels
