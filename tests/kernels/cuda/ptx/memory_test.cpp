#include <gtest/gtest.h>

#include "tests/kernels/cuda/ptx/planted.hpp"

namespace sca::kernels::cuda::ptx::testing {
namespace {

const std::vector<std::uint32_t> words{0x80818283, 0x11223344, 0xdeadbeef, 4, 5, 6, 7, 8};

std::vector<std::uint32_t> out_of(const std::string& body, const std::string& declarations = "",
                                  std::size_t shared_bytes = 0) {
  return run({kernel(body + " ret;", declarations), 1, 1, shared_bytes, {words}, 16});
}

TEST(PtxMemory, NarrowLoadsAreExtended) {
  const auto out = out_of(
      "ld.global.s8 %r0, [%p1]; ld.global.u8 %r1, [%p1]; ld.global.s16 %r2, [%p1+2]; ld.global.u16 %r3, "
      "[%p1+2];"
      " st.global.v4.u32 [%p0], {%r0, %r1, %r2, %r3}; ld.global.s32 %d0, [%p1]; st.global.u64 [%p0+16], "
      "%d0;");
  EXPECT_EQ(out[0], 0xffffff83U);
  EXPECT_EQ(out[1], 0x83U);
  EXPECT_EQ(out[2], 0xffff8081U);
  EXPECT_EQ(out[3], 0x8081U);
  EXPECT_EQ(out[5], 0xffffffffU);
}

TEST(PtxMemory, VectorsAndHintsForCaches) {
  const auto out = out_of(
      "ld.global.nc.L1::no_allocate.L2::128B.v4.u32 {%r0, %r1, %r2, %r3}, [%p1];"
      " ld.global.cs.v2.b64 {%d0, %d1}, [%p1+16]; ld.weak.global.cg.u32 %r4, [%p1+12];"
      " st.global.cs.v4.b32 [%p0], {%r3, %r2, %r1, %r0}; st.global.wt.v2.u64 [%p0+16], {%d1, %d0};"
      " ld.global.v4.u32 {_, %r5, _, _}, [%p1]; st.global.u32 [%p0+32], %r5; ld.v2.u16 {%h0, %h1}, [%p1];"
      " st.v2.u16 [%p0+36], {%h1, %h0};");
  EXPECT_EQ(std::vector<std::uint32_t>(out.begin(), out.begin() + 4),
            (std::vector<std::uint32_t>{4, 0xdeadbeef, 0x11223344, 0x80818283}));
  EXPECT_EQ(std::vector<std::uint32_t>(out.begin() + 4, out.begin() + 8),
            (std::vector<std::uint32_t>{7, 8, 5, 6}));
  EXPECT_EQ(out[8], 0x11223344U);
  EXPECT_EQ(out[9], 0x82838081U);
}

TEST(PtxMemory, StrongAccessesDoNotRace) {
  const auto out = run_in_every_order({kernel("mov.u32 %r0, 7; st.relaxed.gpu.global.u32 [%p0], %r0; "
                                              "ld.acquire.gpu.global.u32 %r1, [%p0]; ret;"),
                                       64,
                                       2,
                                       0,
                                       {},
                                       1});
  EXPECT_EQ(out[0], 7U);
}

TEST(PtxMemory, VariablesOfTheModule) {
  const auto out = out_of(
      "ld.const.u16 %h0, [table+2]; cvt.u32.u16 %r0, %h0; mov.u64 %d0, table; cvta.const.u64 %d1, %d0;"
      " ld.u16 %h1, [%d1+4]; cvt.u32.u16 %r1, %h1; ld.global.f32 %r2, [one]; ld.global.u32 %r3, [zeros+4];"
      " st.global.v4.u32 [%p0], {%r0, %r1, %r2, %r3};",
      ".const .align 2 .u16 table[3] = {7, 0x8, 011};\n.global .align 4 .f32 one = 0f3F800000;\n"
      ".visible .global .align 4 .b8 zeros[8];\n");
  EXPECT_EQ(std::vector<std::uint32_t>(out.begin(), out.begin() + 4),
            (std::vector<std::uint32_t>{8, 9, 0x3f800000, 0}));
}

TEST(PtxMemory, GenericAddressesOfEverySpace) {
  const auto out = out_of(
      ".local .align 8 .b8 l[16]; mov.u64 %d0, l; cvta.local.u64 %d1, %d0; st.u32 [%d1+4], 11; ld.local.u32 "
      "%r0, [l+4];"
      " mov.u64 %d2, s; cvta.shared.u64 %d3, %d2; st.u32 [%d3], 12; ld.shared.u32 %r1, [s];"
      " cvta.to.shared.u64 %d4, %d3; cvt.u32.u64 %r2, %d4; ld.shared.u32 %r2, [%r2];"
      " cvta.to.global.u64 %d5, %p0; isspacep.shared %q0, %d3; selp.u32 %r3, 1, 0, %q0;"
      " isspacep.global %q0, %d1; selp.u32 %r4, 1, 0, %q0; isspacep.local %q1, %d1; selp.u32 %r5, 1, 0, %q1;"
      " st.global.v4.u32 [%d5], {%r0, %r1, %r2, %r3}; st.global.v2.u32 [%d5+16], {%r4, %r5};",
      ".shared .align 4 .b32 s;\n");
  EXPECT_EQ(std::vector<std::uint32_t>(out.begin(), out.begin() + 6),
            (std::vector<std::uint32_t>{11, 12, 12, 1, 0, 1}));
}

TEST(PtxMemory, SharedMemoryOfTheLaunch) {
  const std::string body =
      "mov.u32 %r0, d; st.shared.u32 [%r0+60], 5; ld.shared.u32 %r1, [d+60];"
      " st.shared.u32 [s], 6; st.global.u32 [%p0], %r1;";
  const std::string declarations = ".extern .shared .align 16 .b8 d[];\n.shared .align 4 .b32 s;\n";
  EXPECT_EQ(out_of(body, declarations, 64)[0], 5U);
  EXPECT_THROW(out_of(body, declarations, 60), Fault);
}

TEST(PtxMemory, ParametersByAddress) {
  const auto out = out_of(
      "mov.b64 %d0, k_param_0; ld.param.u64 %d1, [%d0+8]; ld.global.u32 %r0, [%d1];"
      " st.global.u32 [%p0], %r0;");
  EXPECT_EQ(out[0], words[0]);
}

TEST(PtxMemory, SeveralParametersAreOneStruct) {
  PtxRunner runner(
      ".visible .entry k(.param .u64 .ptr .global .align 4 a, .param .u8 b, .param .f32 c)\n{\n"
      ".reg .b64 %d0; .reg .b32 %r<2>; ld.param.u64 %d0, [a]; ld.param.u8 %r0, [b]; ld.param.f32 %r1, [c];"
      " st.global.v2.u32 [%d0], {%r0, %r1}; }");
  struct Arguments {
    void* a;
    std::uint8_t b;
    float c;
  } arguments{runner.allocate(8, "a"), 200, 1.0F};
  runner.launch({"k", {}, 1, 0, &arguments, sizeof arguments});
  std::uint32_t got[2];
  runner.download(got, arguments.a, 8);
  EXPECT_EQ(got[0], 200U);
  EXPECT_EQ(got[1], 0x3f800000U);
}

TEST(PtxMove, PacksAndUnpacks) {
  const Operands o{0x1122334455667788, 0xaabbccdd99887766, 0, 0};
  EXPECT_EQ(evaluate_one("mov.b64 %r64, {%b32, %a32};", o).d64, 0x5566778899887766U);
  EXPECT_EQ(evaluate_one("mov.b64 {%r32, %s32}, %a64;", o).e32, 0x11223344U);
  EXPECT_EQ(evaluate_one("mov.b32 %r32, {%b16, %a16};", o).d32, 0x77887766U);
  EXPECT_EQ(evaluate_one("mov.b64 {_, %r16, _, _}, %a64;", o).d16, 0x5566U);
  EXPECT_EQ(evaluate_one("mov.b32 %r32, -1;", o).d32, 0xffffffffU);
  EXPECT_EQ(evaluate_one("mov.f32 %r32, 0f3F800000;", o).d32, 0x3f800000U);
  EXPECT_EQ(evaluate_one("mov.b16 %r16, 0X1F79U;", o).d16, 0x1f79U);
}

TEST(PtxAtomic, EveryOperation) {
  const auto both = [](const std::string& operation, std::uint32_t at, const std::string& operand) {
    const auto out =
        run({kernel("ld.global.u32 %r1, [%p1]; st.global.u32 [%p0], %r1; atom.global." + operation +
                    " %r0, [%p0], " + operand + "; st.global.u32 [%p0+4], %r0; ret;"),
             1,
             1,
             0,
             {{at}},
             2});
    EXPECT_EQ(out[1], at) << operation;  // what was there before
    return out[0];
  };
  EXPECT_EQ(both("add.u32", 5, "7"), 12U);
  EXPECT_EQ(both("add.s32", 5, "-7"), static_cast<std::uint32_t>(-2));
  EXPECT_EQ(both("min.s32", 5, "-7"), static_cast<std::uint32_t>(-7));
  EXPECT_EQ(both("min.u32", 5, "-7"), 5U);
  EXPECT_EQ(both("max.u32", 5, "-7"), static_cast<std::uint32_t>(-7));
  EXPECT_EQ(both("inc.u32", 5, "7"), 6U);
  EXPECT_EQ(both("inc.u32", 7, "7"), 0U);
  EXPECT_EQ(both("dec.u32", 0, "7"), 7U);
  EXPECT_EQ(both("dec.u32", 9, "7"), 7U);
  EXPECT_EQ(both("exch.b32", 5, "7"), 7U);
  EXPECT_EQ(both("cas.b32", 5, "5, 9"), 9U);
  EXPECT_EQ(both("relaxed.gpu.cas.b32", 5, "6, 9"), 5U);
  EXPECT_EQ(both("and.b32", 6, "3"), 2U);
  EXPECT_EQ(both("or.b32", 6, "3"), 7U);
  EXPECT_EQ(both("xor.b32", 6, "3"), 5U);
  EXPECT_EQ(both("add.f32", 0x3f800000, "0f3F800000"), 0x40000000U);
  EXPECT_EQ(both("add.f32", 1, "0f00000001"), 0U);  // global memory has no subnormals
  EXPECT_EQ(both("add.noftz.f16x2", 0x3c003c00, "0x3c000000"), 0x40003c00U);
}

TEST(PtxAtomic, SumsOfAllThreads) {
  const auto sums = run_in_every_order(
      {kernel("mov.u32 %r0, %tid.x; setp.ne.u32 %q0, %r0, 0; @!%q0 st.shared.f64 [s], 0d0000000000000000; "
              "bar.sync 0;"
              " cvt.rn.f64.u32 %d0, %r0; red.shared.add.f64 [s], %d0; bar.sync 0; ld.shared.f64 %d1, [s];"
              " cvt.rni.u32.f64 %r1, %d1; @!%q0 st.global.u32 [%p0], %r1; ret;",
              ".shared .align 8 .f64 s;\n"),
       96,
       1,
       0,
       {},
       1});
  EXPECT_EQ(sums[0], 95U * 96 / 2);
}

TEST(PtxCopy, WaitsForGroups) {
  const std::string declarations = ".shared .align 16 .b8 s[64];\n";
  const std::string body =
      "mov.u32 %r0, s; cp.async.cg.shared.global [%r0], [%p1], 16; cp.async.commit_group;"
      " cp.async.ca.shared.global.L2::128B [%r0+16], [%p1+16], 8; cp.async.commit_group;"
      " cp.async.ca.shared.global [%r0+24], [%p1+24], 4, 0; cp.async.commit_group;"
      " cp.async.wait_group 1; ld.shared.v2.u64 {%d0, %d1}, [s]; ld.shared.u64 %d2, [s+16]; st.global.v2.u64 "
      "[%p0], {%d0,"
      " %d1}; st.global.u64 [%p0+16], %d2;";
  const auto out = out_of(
      body + " cp.async.wait_all; ld.shared.u32 %r1, [s+24]; st.global.u32 [%p0+24], %r1;", declarations);
  EXPECT_EQ(std::vector<std::uint32_t>(out.begin(), out.begin() + 6),
            std::vector<std::uint32_t>(words.begin(), words.begin() + 6));
  EXPECT_EQ(out[6], 0U);
  EXPECT_THROW(out_of(body + " ld.shared.u32 %r1, [s+24];", declarations), Fault);
}

}  // namespace
}  // namespace sca::kernels::cuda::ptx::testing
