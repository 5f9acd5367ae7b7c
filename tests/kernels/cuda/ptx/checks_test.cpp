#include <gtest/gtest.h>

#include "tests/kernels/cuda/ptx/planted.hpp"

namespace sca::kernels::cuda::ptx::testing {
namespace {

/// A mistake and the same kernel without it.
struct Pair {
  std::string name, wrong, right, message;  // the message of wrong's Fault has this in it
  std::string declarations;
  unsigned threads = 64, blocks = 1;
};

constexpr const char* shared = ".shared .align 16 .b8 s[256];\n";
/// %r0: the thread; %r1: s + 4 thread; %r2: s + 4 (63 - thread); %d0: out + 4 thread; %d1: in + 4 thread
const std::string begin =
    "mov.u32 %r0, %tid.x; shl.b32 %r3, %r0, 2; mov.u32 %r4, s; add.u32 %r1, %r4, %r3; sub.u32 %r5, 252, %r3;"
    " add.u32 %r2, %r4, %r5; mad.wide.u32 %d0, %r0, 4, %p0; mad.wide.u32 %d1, %r0, 4, %p1;\n";
const std::string exchange =
    "st.shared.u32 [%r1], %r0; BARRIER ld.shared.u32 %r6, [%r2]; st.global.u32 [%d0], %r6;";
const std::string fill = "st.shared.u32 [%r1], %r0; bar.sync 0; ";

std::string with(std::string text, const std::string& barrier) {
  const std::string word = "BARRIER";
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word)) {
    text.replace(at, word.size(), barrier);
  }
  return text;
}

const std::string write_after_read =
    fill + "ld.shared.u32 %r6, [%r2]; st.global.u32 [%d0], %r6; BARRIER st.shared.u32 [%r1], 7;";
/// Many threads read one word that then one of them writes.
const std::string write_after_broadcast =
    fill +
    "ld.shared.u32 %r6, [s]; st.global.u32 [%d0], %r6; BARRIER setp.eq.u32 %q0, %r0, 0;"
    " @%q0 st.shared.u32 [s], 7;";
/// Whoever comes last, in any schedule, writes what all have read: nobody's read comes after the write.
const std::string write_by_the_last =
    "ld.global.u32 %r6, [%p1]; atom.global.add.u32 %r7, [%p2], 1; setp.eq.u32 %q0, %r7, 31; BARRIER"
    " @%q0 st.global.u32 [%p1], 1;";
/// The lower half of a warp adds what the upper half has written.
const std::string synchronous =
    "setp.ge.u32 %q0, %r0, 32; @%q0 bra DONE; st.shared.u32 [%r1], %r0; BARRIER setp.ge.u32 %q1, %r0, 16;"
    " @%q1 bra DONE; ld.shared.u32 %r6, [%r1+64]; st.global.u32 [%d0], %r6; DONE: ret;";
const std::string shuffled =
    "setp.ge.u32 %q0, %r0, 32; @%q0 bra DONE; st.shared.u32 [%r1], %r0; BARRIER xor.b32 %r7, %r3, 124;"
    " add.u32 %r7, %r4, %r7; ld.shared.u32 %r6, [%r7]; st.global.u32 [%d0], %r6; DONE: ret;";
/// Only the lanes of the mask are ordered.
const std::string half_mask =
    "setp.ge.u32 %q0, %r0, 32; @%q0 bra DONE; st.shared.u32 [%r1], %r0; BARRIER xor.b32 %r7, %r3, 64;"
    " add.u32 %r7, %r4, %r7; ld.shared.u32 %r6, [%r7]; st.global.u32 [%d0], %r6; DONE: ret;";
const std::string half_barrier =
    "setp.lt.u32 %q0, %r0, 16; @%q0 bar.warp.sync 0x0000ffff; @!%q0 bar.warp.sync 0xffff0000;";
const std::string sum_to = "ld.global.u32 %r6, [%p2]; add.u32 %r6, %r6, 1; st.global.u32 [%p2], %r6;";
const std::string histogram =
    "setp.eq.u32 %q0, %r0, 0; @%q0 st.shared.u32 [s], 0; bar.sync 0; red.shared.add.u32 [s], 1; BARRIER"
    " ld.shared.u32 %r6, [s]; st.global.u32 [%d0], %r6;";
const std::string masked_shuffle =
    " shfl.sync.down.b32 %r6|%q1, %r0, 1, 31, 0xffffffff; st.global.u32 [%d0], %r6;";

const Pair pairs[] = {
    {"MissingBarrier", with(exchange, ""), with(exchange, "bar.sync 0;"), "race on s", shared},
    {"WriteAfterRead", with(write_after_read, ""), with(write_after_read, "barrier.sync 1;"), "race on s",
     shared},
    {"WriteAfterReadByMany", with(write_after_broadcast, ""), with(write_after_broadcast, "bar.sync 0;"),
     "race on s", shared},
    {"WarpSynchronousCode", with(synchronous, ""), with(synchronous, "bar.warp.sync 0xffffffff;"),
     "race on s", shared},
    {"ShufflesOrderNothing", with(shuffled, "shfl.sync.bfly.b32 %r6, %r0, 1, 31, 0xffffffff;"),
     with(shuffled, "bar.warp.sync -1;"), "race on s", shared},
    {"OnlyLanesOfTheMaskAreOrdered", with(half_mask, half_barrier), with(half_mask, "bar.warp.sync -1;"),
     "race on s", shared},
    {"BarrierOfAnotherWarp",
     with(exchange, "setp.lt.u32 %q0, %r0, 32; @%q0 bar.sync 1, 32; @!%q0 bar.sync 2, 32;"),
     with(exchange, "bar.sync 1, 64;"), "race on s", shared},
    {"AtomicThenRead", with(histogram, ""), with(histogram, "bar.sync 0;"), "race on s", shared},
    {"GlobalRace", "st.global.u32 [%p0], %r0;", "st.global.u32 [%d0], %r0;", "race on out", shared},
    {"BlocksRace", "setp.eq.u32 %q0, %r0, 0; @%q0 bra ONE; ret; ONE: " + sum_to,
     "setp.eq.u32 %q0, %r0, 0; @%q0 red.global.add.u32 [%p2], 1;", "race on in2", shared, 64, 2},
    {"BlocksReadAndWrite",
     "mov.u32 %r6, %ctaid.x; setp.eq.u32 %q0, %r6, 0; @%q0 st.global.u32 [%d1], 1; @!%q0 ld.global.u32 %r6, "
     "[%d1];",
     "ld.global.u32 %r6, [%d1];", "race on in1", shared, 64, 2},
    {"ReadByAWarpAndWrittenByItsLast", with(write_by_the_last, ""), with(write_by_the_last, "bar.sync 0;"),
     "race on in1", shared, 32},
    {"ReadByTwoBlocksAndWrittenByTheSecond",
     "ld.global.u32 %r6, [%d1]; mov.u32 %r6, %ctaid.x; setp.eq.u32 %q0, %r6, 1; @%q0 st.global.u32 [%d1], 1;",
     "ld.global.u32 %r6, [%d1]; mov.u32 %r6, %ctaid.x; setp.eq.u32 %q0, %r6, 1; @%q0 st.global.u32 [%d0], 1;",
     "race on in1", shared, 64, 2},
    {"BytesNextToEachOther",
     "cvt.u16.u32 %h0, %r0; shr.u32 %r6, %r0, 1; cvt.u64.u32 %d2, %r6; add.u64 %d2, %d2, %p0;"
     " st.global.u8 [%d2], %h0;",
     "cvt.u16.u32 %h0, %r0; cvt.u64.u32 %d2, %r0; add.u64 %d2, %d2, %p0; st.global.u8 [%d2], %h0;",
     "race on out", shared},
    {"NonCoherentReadOfWhatIsWritten", "st.global.u32 [%d1], 1; ld.global.nc.u32 %r6, [%d1];",
     "st.global.u32 [%d1], 1; ld.global.u32 %r6, [%d1];", "non-coherent", shared},
    {"GlobalOutOfBounds", "st.global.u32 [%d0+4], %r0;", "st.global.u32 [%d0], %r0;",
     "outside of every allocation", shared},
    {"GenericOutOfBounds", "ld.u32 %r6, [%d1+-4];", "ld.u32 %r6, [%d1];", "outside of every allocation",
     shared},
    {"SharedOutOfBounds", "st.shared.u32 [%r1+4], %r0;", "st.shared.u32 [%r1], %r0;",
     "outside of every shared", shared},
    {"LocalOutOfBounds", "st.local.u32 [l+8], %r0;", "st.local.u32 [l+4], %r0;", "local access", shared},
    {"MisalignedVector", "ld.global.v4.u32 {%r6, %r7, %r8, %r9}, [%p1+4];",
     "ld.global.v4.u32 {%r6, %r7, %r8, %r9}, [%p1+16];", "misaligned", shared},
    {"MisalignedShared", "st.shared.v2.u32 [s+4], {%r0, %r0};", "st.shared.u32 [%r1], %r0;", "misaligned",
     shared, 1},
    {"UninitialisedShared", "ld.shared.u32 %r6, [%r1];", "st.shared.u32 [%r1], 0; ld.shared.u32 %r6, [%r1];",
     "uninitialised s", shared},
    {"UninitialisedGlobal", "ld.global.u32 %r6, [%d0];", "ld.global.u32 %r6, [%d1];", "uninitialised out",
     shared},
    {"UninitialisedLocal", "ld.local.u32 %r6, [l];", "st.local.u32 [l], 1; ld.local.u32 %r6, [l];",
     "uninitialised local", shared},
    {"DivergentBarrier", "setp.lt.u32 %q0, %r0, 16; @%q0 bra A; bar.sync 0; bra B; A: bar.sync 0; B: ret;",
     "setp.lt.u32 %q0, %r0, 16; @%q0 bra A; A: bar.sync 0; ret;", "divergent barrier", shared},
    {"BarrierOfHalfTheBlock", "setp.lt.u32 %q0, %r0, 32; @%q0 bar.sync 0; bar.sync 0;",
     "bar.sync 0; bar.sync 0;", "divergent barrier", shared},
    {"BarrierAfterExit", "setp.lt.u32 %q0, %r0, 1; @%q0 exit; bar.sync 0;",
     "bar.sync 0; setp.lt.u32 %q0, %r0, 1; @%q0 exit;", "has exited", shared},
    {"BarrierOfTooMany", "bar.sync 0, 96;", "bar.sync 0, 64;", "barrier of 96 threads", shared},
    {"ShuffleAfterExit", "setp.ge.u32 %q0, %r0, 40; @%q0 exit;" + masked_shuffle, masked_shuffle,
     "collective", shared},
    {"ShuffleInABranch", "setp.ge.u32 %q0, %r0, 8; @%q0 bra NOT;" + masked_shuffle + " NOT: bar.sync 0;",
     masked_shuffle + "bar.sync 0;", "collective", shared},
    {"ShuffleFromOutsideOfTheMask",
     "setp.ge.u32 %q0, %r0, 8; @%q0 exit; shfl.sync.down.b32 %r6, %r0, 1, 31, 0xff;",
     "setp.ge.u32 %q0, %r0, 8; @%q0 exit; shfl.sync.down.b32 %r6, %r0, 1, 0x1807, 0xff;",
     "its mask does not have", shared},
    {"VoteWithoutOneself", "vote.sync.any.pred %q0, 1, 0x7fffffff;", "vote.sync.any.pred %q0, 1, 0xffffffff;",
     "does not have the thread itself", shared},
    {"TouchedInFlight",
     "cp.async.ca.shared.global [%r1], [%d1], 4; ld.shared.u32 %r6, [%r1]; cp.async.wait_all;",
     "cp.async.ca.shared.global [%r1], [%d1], 4; cp.async.wait_all; ld.shared.u32 %r6, [%r1];",
     "asynchronous", shared},
    {"CopyWithoutBarrier",
     with("cp.async.ca.shared.global [%r1], [%d1], 4; cp.async.wait_all; BARRIER"
          " ld.shared.u32 %r6, [%r2];",
          ""),
     with("cp.async.ca.shared.global [%r1], [%d1], 4; cp.async.wait_all; BARRIER ld.shared.u32 %r6, [%r2];",
          "bar.sync 0;"),
     "", shared},
    {"Trap", "trap;", "setp.eq.u32 %q0, 0, 1; @%q0 trap;", "trap", shared}};

Trial of(const Pair& pair, const std::string& body) {
  Trial tried;
  tried.text = kernel(".local .align 8 .b8 l[8];\n" + begin + body + "\nret;\n", pair.declarations);
  tried.threads = pair.threads;
  tried.blocks = pair.blocks;
  std::vector<std::uint32_t> words(64);
  for (std::uint32_t i = 0; i < 64; ++i) words[i] = i;
  tried.in = {words, {0}};
  return tried;
}

class PtxChecks : public ::testing::TestWithParam<std::size_t> {};

TEST_P(PtxChecks, FindTheMistakeAndPassItsCorrection) {
  const Pair& pair = pairs[GetParam()];
  for (const Schedule schedule : {Schedule::round_robin, Schedule::reverse, Schedule::random}) {
    Options options;
    options.schedule = schedule;
    options.preempt = schedule == Schedule::random;
    const std::string found = fault_of(of(pair, pair.wrong), options);
    EXPECT_NE(found, "");
    // What comes first depends on the order: a byte may be read before anybody has written it.
    options.uninitialised = pair.message.starts_with("uninitialised");
    EXPECT_NE(fault_of(of(pair, pair.wrong), options).find(pair.message), std::string::npos)
        << fault_of(of(pair, pair.wrong), options);
  }
  run_in_every_order(of(pair, pair.right));
}

INSTANTIATE_TEST_SUITE_P(All, PtxChecks, ::testing::Range(std::size_t{0}, std::size(pairs)),
                         [](const auto& which) { return pairs[which.param].name; });

TEST(PtxChecks, AFaultTellsWhere) {
  const std::string message =
      fault_of({kernel("mov.u32 %r0, %tid.x; setp.eq.u32 %q0, %r0, 5;\n"
                       "@%q0 st.global.u32 [%p0+256], %r0; ret;")});
  for (const char* part : {"kernel k", "block 0,0,0", "thread 5", "`@%q0 st.global.u32 [%p0+256], %r0`",
                           "at byte 256 of out of 256 bytes"}) {
    EXPECT_NE(message.find(part), std::string::npos) << message;
  }
}

TEST(PtxChecks, CanBeTurnedOff) {
  Options options;
  options.races = options.uninitialised = false;
  EXPECT_EQ(
      fault_of({kernel("mov.u32 %r0, %tid.x; ld.global.u32 %r1, [%p0]; st.global.u32 [%p0], %r0; ret;")},
               options),
      "");
}

TEST(PtxChecks, EndlessLoopsEnd) {
  Options options;
  options.instruction_limit = 1000;
  EXPECT_NE(fault_of({kernel("AGAIN: bra AGAIN;")}, options), "");
}

TEST(PtxChecks, MemoryIsForgottenBetweenLaunches) {
  PtxRunner runner(
      kernel("mov.u32 %r0, %tid.x; xor.b32 %r1, %r0, 1; mad.wide.u32 %d0, %r0, 4, %p0;\n"
             "st.global.u32 [%d0], %r0; ret;"));
  void* pointers[8] = {runner.allocate(256, "out")};
  for (int i = 0; i < 2; ++i) runner.launch({"k", {}, 64, 0, pointers, sizeof pointers});
  runner.release(pointers[0]);
  EXPECT_THROW(runner.launch({"k", {}, 64, 0, pointers, sizeof pointers}), Fault);
  EXPECT_THROW(runner.release(pointers[0]), Fault);
}

TEST(PtxChecks, SharedMemoryIsNewForEachBlock) {
  const std::string body =
      "mov.u32 %r0, %ctaid.x; setp.eq.u32 %q0, %r0, 0; @%q0 st.shared.u32 [s], 1;\n"
      "ld.shared.u32 %r1, [s]; ret;";
  Trial tried{kernel(body, shared), 1, 2};
  EXPECT_NE(fault_of(tried).find("block 1,0,0"), std::string::npos);
}

}  // namespace
}  // namespace sca::kernels::cuda::ptx::testing
