#include <gtest/gtest.h>

#include <thread>

#include "tests/kernels/cuda/ptx/planted.hpp"

namespace sca::kernels::cuda::ptx::testing {
namespace {

std::vector<std::uint32_t> out_of(const std::string& body, const std::string& declarations = "") {
  return run({kernel(body, declarations), 1, 1, 0, {{3}}, 8});
}

TEST(PtxControl, LoopsAndGuards) {
  const auto out = out_of(
      "mov.u32 %r0, 0; mov.u32 %r1, 0; LOOP: add.u32 %r1, %r1, %r0; add.u32 %r0, %r0, 1; setp.lt.u32 %q0, "
      "%r0, 10;\n"
      "@%q0 bra LOOP; @!%q0 st.global.u32 [%p0], %r1; @%q0 st.global.u32 [%p0], 0; bra.uni END; trap; END: "
      "exit;");
  EXPECT_EQ(out[0], 45U);
}

TEST(PtxControl, TablesOfTargets) {
  const std::string body =
      "ld.global.u32 %r0, [%p1]; sub.u32 %r0, %r0, BY; targets: .branchtargets A, B, C;\n brx.idx %r0, "
      "targets;\n"
      "A: st.global.u32 [%p0], 10; ret; B: st.global.u32 [%p0], 11; ret; C: st.global.u32 [%p0], 12; ret;";
  const auto with = [&](const char* by) {
    std::string text = body;
    return out_of(text.replace(text.find("BY"), 2, by))[0];
  };
  EXPECT_EQ(with("3"), 10U);
  EXPECT_EQ(with("2"), 11U);
  EXPECT_EQ(with("1"), 12U);
  EXPECT_THROW(with("0"), Fault);
}

constexpr const char* functions =
    ".func (.param .b32 result) twice(.param .b32 x, .param .align 8 .b8 unused[16]);\n"
    ".func (.param .b32 result) twice(.param .b32 x, .param .align 8 .b8 unused[16])\n{\n"
    ".reg .b32 %r<3>; .local .align 4 .b8 l[4]; ld.param.u32 %r0, [x]; st.local.u32 [l], %r0; ld.local.u32 "
    "%r1, [l];\n"
    "add.u32 %r2, %r0, %r1; st.param.b32 [result], %r2; ret;\n}\n"
    ".func (.param .b32 result) quadruple(.param .b32 x)\n{\n"
    ".reg .b32 %r<3>; ld.param.u32 %r0, [x];\n"
    "{ .param .b32 p0; st.param.b32 [p0], %r0; .param .align 8 .b8 p1[16]; .param .b32 r; call.uni (r), "
    "twice, (p0, p1);"
    " ld.param.b32 %r1, [r]; }\n"
    "{ .param .b32 p0; st.param.b32 [p0+0], %r1; .param .align 8 .b8 p1[16]; .param .b32 r; call (r), twice, "
    "(p0, p1);"
    " ld.param.b32 %r2, [r+0]; }\n st.param.b32 [result], %r2; ret;\n}\n";

TEST(PtxControl, CallsWithinCalls) {
  const auto out = out_of(
      ".local .align 4 .b8 mine[4]; st.local.u32 [mine], 99; mov.u32 %r7, 5;\n"
      "{ .param .b32 p0; st.param.b32 [p0], %r7; .param .b32 r; call.uni (r), quadruple, (p0); ld.param.b32 "
      "%r0, [r]; }\n"
      "ld.local.u32 %r1, [mine]; st.global.v2.u32 [%p0], {%r0, %r1}; st.global.u32 [%p0+8], %r7; ret;",
      functions);
  EXPECT_EQ(out[0], 20U);
  EXPECT_EQ(out[1], 99U);
  EXPECT_EQ(out[2], 5U);
}

TEST(PtxControl, RecursionEnds) {
  EXPECT_THROW(out_of("call f; ret;", ".func f() { call f; ret; }\n"), Fault);
}

TEST(PtxControl, CallsWithOtherParametersAreRefused) {
  EXPECT_THROW(out_of("{ .param .b64 p; call quadruple, (p); } ret;", functions), Fault);
}

TEST(PtxControl, SpecialRegisters) {
  PtxRunner runner(
      kernel("mov.u32 %r0, %ctaid.x; mov.u32 %r1, %ctaid.y; mov.u32 %r2, %ctaid.z; mov.u32 %r3, %nctaid.x; "
             "mov.u32 %r4, "
             "%nctaid.y; mov.u32 %r5, %tid.x; mov.u32 %r6, %ntid.x; mad.lo.u32 %r7, %r2, %r4, %r1; "
             "mad.lo.u32 %r7, %r7, %r3, "
             "%r0; mad.lo.u32 %r7, %r7, %r6, %r5; mad.wide.u32 %d0, %r7, 16, %p0; mov.u32 %r8, %nctaid.z; "
             "mov.u32 %r9, %warpid;"
             " st.global.v4.u32 [%d0], {%r5, %r2, %r8, %r9}; ret;"));
  constexpr std::uint32_t count = 2 * 3 * 4 * 40;
  void* pointers[8] = {runner.allocate(count * 16, "out")};
  runner.launch({"k", {2, 3, 4}, 40, 0, pointers, sizeof pointers});
  std::vector<std::uint32_t> out(4 * count);
  runner.download(out.data(), pointers[0], count * 16);
  for (std::uint32_t i = 0; i < count; ++i) {
    EXPECT_EQ(out[4 * i], i % 40);
    EXPECT_EQ(out[4 * i + 1], i / 40 / 6);
    EXPECT_EQ(out[4 * i + 2], 4U);
    EXPECT_EQ(out[4 * i + 3], i % 40 / 32);
  }
}

TEST(PtxControl, MachinesRunSideBySide) {
  std::vector<std::thread> threads;
  std::vector<std::uint32_t> results(4);
  for (std::size_t i = 0; i < results.size(); ++i) {
    threads.emplace_back([&results, i] {
      for (int k = 0; k < 20; ++k) {
        const auto operand = std::uint64_t{0x3f800001} + i;
        results[i] = evaluate_one("mul.rp.f32 %r32, %a32, %a32;", {operand, 0, 0, 0}).d32;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (std::uint32_t i = 0; i < 4; ++i) EXPECT_EQ(results[i], 0x3f800003U + 2 * i);
}

}  // namespace
}  // namespace sca::kernels::cuda::ptx::testing
