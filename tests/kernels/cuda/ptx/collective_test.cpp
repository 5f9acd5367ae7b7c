#include <gtest/gtest.h>

#include <numeric>

#include "tests/kernels/cuda/ptx/planted.hpp"

namespace sca::kernels::cuda::ptx::testing {
namespace {

/// %r0: the lane; %r1: a value that it has alone; the body leaves its result in %r9, 1 or 0 in %q1.
Trial one_warp(const std::string& body, unsigned threads = 32) {
  return {
      kernel("mov.u32 %r0, %laneid; mad.lo.u32 %r1, %r0, 3, 100; mov.u32 %r9, 0; setp.ne.u32 %q1, 0, 0;\n" +
             body +
             "\nmov.u32 %r2, %tid.x; mad.wide.u32 %d0, %r2, 8, %p0; selp.u32 %r3, 1, 0, %q1;\n"
             "st.global.v2.u32 [%d0], {%r9, %r3}; ret;\n"),
      threads,
      1,
      0,
      {},
      2 * threads};
}

std::uint32_t value_of(int lane) { return static_cast<std::uint32_t>(3 * lane + 100); }

/// The lane that is read: CUDA's __shfl_*_sync(value, b, width).
struct Shuffle {
  const char* kind;
  int b, width;
};

TEST(PtxShuffle, ReadsTheLaneThatCudaDefines) {
  for (const int width : {32, 16, 8, 2}) {
    for (const Shuffle& s : {Shuffle{"up", 1, width}, Shuffle{"up", 5, width}, Shuffle{"down", 1, width},
                             Shuffle{"down", 9, width}, Shuffle{"bfly", 1, width}, Shuffle{"bfly", 4, width},
                             Shuffle{"idx", 0, width}, Shuffle{"idx", 11, width}}) {
      const bool up = std::string(s.kind) == "up";
      // As the compiler encodes a width.
      const int c = ((32 - s.width) << 8) | (up ? 0 : 31);
      const auto out =
          run_in_every_order(one_warp("shfl.sync." + std::string(s.kind) + ".b32 %r9|%q1, %r1, " +
                                      std::to_string(s.b) + ", " + std::to_string(c) + ", -1;"));
      for (int lane = 0; lane < 32; ++lane) {
        const int first = lane / s.width * s.width, end = first + s.width;
        int from = lane;
        bool inside = true;
        if (up) {
          from = lane - s.b;
          inside = from >= first;
        } else if (std::string(s.kind) == "down") {
          from = lane + s.b;
          inside = from < end;
        } else if (std::string(s.kind) == "bfly") {
          from = lane ^ s.b;
          inside = from < end;
        } else {
          from = first + s.b % s.width;
        }
        const auto at = static_cast<std::size_t>(2 * lane);
        EXPECT_EQ(out[at], value_of(inside ? from : lane))
            << s.kind << s.b << " of " << width << " lane " << lane;
        EXPECT_EQ(out[at + 1], inside ? 1U : 0U) << s.kind << s.b << " of " << width << " lane " << lane;
      }
    }
  }
}

TEST(PtxVote, OfAllLanes) {
  const auto of = [](const std::string& kind, const std::string& predicate) {
    const bool ballot = kind == "ballot.b32";
    const std::string text = "setp.lt.u32 %q2, %r0, 5; setp.lt.u32 %q3, %r0, 32; vote.sync." + kind +
                             (ballot ? " %r9, " : " %q1, ") + predicate + ", -1;";
    const auto out = run_in_every_order(one_warp(text));
    return ballot ? out[0] : out[1];
  };
  EXPECT_EQ(of("ballot.b32", "%q2"), 0x1fU);
  EXPECT_EQ(of("ballot.b32", "!%q2"), ~0x1fU);
  EXPECT_EQ(of("any.pred", "%q2"), 1U);
  EXPECT_EQ(of("any.pred", "!%q3"), 0U);
  EXPECT_EQ(of("all.pred", "%q2"), 0U);
  EXPECT_EQ(of("all.pred", "%q3"), 1U);
  EXPECT_EQ(of("uni.pred", "%q2"), 0U);
  EXPECT_EQ(of("uni.pred", "!%q3"), 1U);
}

TEST(PtxVote, OfALastWarpThatIsNotFull) {
  const auto out =
      run_in_every_order(one_warp("setp.ne.u32 %q2, %r0, 3; vote.sync.ballot.b32 %r9, %q2, 0x3ff;", 10));
  EXPECT_EQ(out[0], 0x3f7U);
}

TEST(PtxMatch, EqualLanes) {
  const auto any = run_in_every_order(one_warp("and.b32 %r4, %r0, 3; match.any.sync.b32 %r9, %r4, -1;"));
  for (std::size_t lane = 0; lane < 32; ++lane) EXPECT_EQ(any[2 * lane], 0x11111111U << lane % 4);
  const auto all = run_in_every_order(one_warp("mov.b32 %r4, 7; match.all.sync.b32 %r9|%q1, %r4, -1;"));
  EXPECT_EQ(all[0], ~0U);
  EXPECT_EQ(all[1], 1U);
  const auto none = run_in_every_order(one_warp("match.all.sync.b32 %r9|%q1, %r0, -1;"));
  EXPECT_EQ(none[0] + none[1], 0U);
}

TEST(PtxReduce, OverTheMask) {
  const auto of = [](const std::string& how) {
    return run_in_every_order(one_warp("sub.u32 %r4, %r0, 10; redux.sync." + how + " %r9, %r4, -1;"))[0];
  };
  std::uint32_t sum = 0, bits_and = ~0U, bits_or = 0, bits_xor = 0;
  for (std::uint32_t lane = 0; lane < 32; ++lane) {
    const std::uint32_t value = lane - 10;
    sum += value;
    bits_and &= value;
    bits_or |= value;
    bits_xor ^= value;
  }
  EXPECT_EQ(of("add.u32"), sum);
  EXPECT_EQ(of("min.s32"), static_cast<std::uint32_t>(-10));
  EXPECT_EQ(of("max.s32"), 21U);
  EXPECT_EQ(of("min.u32"), 0U);
  EXPECT_EQ(of("max.u32"), ~0U);
  EXPECT_EQ(of("and.b32"), bits_and);
  EXPECT_EQ(of("or.b32"), bits_or);
  EXPECT_EQ(of("xor.b32"), bits_xor);
}

TEST(PtxCollective, MasksOfLanes) {
  const auto out = run_in_every_order(one_warp("activemask.b32 %r9; setp.eq.u32 %q1, %r9, 0;"));
  for (std::size_t lane = 0; lane < 32; ++lane) EXPECT_NE(out[2 * lane] >> lane & 1, 0U);
  for (const auto& [name, from, to] :
       {std::tuple("eq", 0, 0), std::tuple("lt", -32, -1), std::tuple("le", -32, 0), std::tuple("gt", 1, 32),
        std::tuple("ge", 0, 32)}) {
    const auto masks = run(one_warp(std::string("mov.u32 %r9, %lanemask_") + name + ";"));
    for (int lane = 0; lane < 32; ++lane) {
      std::uint32_t want = 0;
      for (int i = 0; i < 32; ++i) want |= i - lane >= from && i - lane <= to ? 1U << i : 0U;
      EXPECT_EQ(masks[static_cast<std::size_t>(2 * lane)], want) << name << lane;
    }
  }
}

TEST(PtxBarrier, Reductions) {
  const auto of = [](const std::string& text) {
    Trial tried = one_warp("mov.u32 %r5, %tid.x; setp.lt.u32 %q2, %r5, 40; " + text, 96);
    return run_in_every_order(tried);
  };
  EXPECT_EQ(of("bar.red.popc.u32 %r9, 0, %q2;")[0], 40U);
  EXPECT_EQ(of("barrier.red.popc.aligned.u32 %r9, 0, 96, !%q2;")[191 - 1], 56U);
  EXPECT_EQ(of("bar.red.and.pred %q1, 0, %q2;")[1], 0U);
  EXPECT_EQ(of("bar.red.or.pred %q1, 0, %q2;")[191], 1U);
}

TEST(PtxBarrier, ProducersArriveAndConsumersWait) {
  const std::string body =
      "mov.u32 %r5, %tid.x; mov.u32 %r6, s; and.b32 %r7, %r5, 31; shl.b32 %r7, %r7, 2; add.u32 %r6, %r6, %r7;"
      " setp.ge.u32 %q2, %r5, 32; @%q2 bra CONSUMER; st.shared.u32 [%r6], %r5; bar.arrive 3, 64; bra DONE;"
      " CONSUMER: bar.sync 3, 64; ld.shared.u32 %r9, [%r6]; DONE:";
  Trial tried = one_warp(body, 64);
  tried.text.insert(tried.text.find(".visible"), ".shared .align 4 .b8 s[128];\n");
  const auto out = run_in_every_order(tried);
  for (std::uint32_t i = 32; i < 64; ++i) EXPECT_EQ(out[2 * i], i - 32);
}

}  // namespace
}  // namespace sca::kernels::cuda::ptx::testing
