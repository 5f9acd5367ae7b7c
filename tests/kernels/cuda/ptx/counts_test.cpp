#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "kernels/cuda/ptx/ops/table.hpp"
#include "tests/kernels/cuda/ptx/evaluate.hpp"

namespace sca::kernels::cuda::ptx::testing {
namespace {

/// Threads i = 0..63 of 2 blocks load in[stride i] as 32-bit words, and store to out[i], twice.
struct Counted {
  std::vector<RequestCount> requests;
  Counts counts;
  SectorTotals touched;
};

Counted count(unsigned stride, std::size_t misalignment = 0) {
  Options options;
  options.sectors = true;
  options.schedule = Schedule::random;
  options.preempt = true;
  PtxRunner runner(kernel("mov.u32 %r0, %tid.x; mov.u32 %r1, %ctaid.x; mad.lo.u32 %r0, %r1, 64, %r0;\n"
                          "mad.wide.u32 %d1, %r0, " +
                          std::to_string(4 * stride) +
                          ", %p1; mad.wide.u32 %d0, %r0, 4, %p0; mov.u32 %r3, 0;\n"
                          "LOOP: ld.global.u32 %r2, [%d1]; st.global.u32 [%d0], %r2; add.u32 %r3, %r3, 1;\n"
                          "setp.lt.u32 %q0, %r3, 2; @%q0 bra LOOP; ret;"),
                   options);
  const std::size_t bytes = 4 * 128 * stride + misalignment;
  const std::vector<char> zeros(bytes);
  char* in = static_cast<char*>(runner.allocate(bytes, "in"));
  runner.upload(in, zeros.data(), bytes);
  void* pointers[8] = {runner.allocate(512, "out"), in + misalignment};
  runner.launch({"k", {2, 1, 1}, 64, 0, pointers, sizeof pointers});
  return {runner.requests(), runner.counts(), runner.touched()};
}

TEST(PtxCounts, SectorsOfARequest) {
  // 4 warps, 2 rounds; 32 words are 4 sectors if they are together, 32 if they are not.
  const auto [together, counts, touched] = count(1);
  ASSERT_EQ(together.size(), 2U);
  EXPECT_FALSE(together[0].store);
  EXPECT_EQ(together[0].instruction, "ld.global.u32 %r2, [%d1]");
  EXPECT_EQ(together[0].requests, 8U);
  EXPECT_EQ(together[0].sectors, 32U);
  EXPECT_EQ(together[0].bytes, 1024U);
  EXPECT_TRUE(together[1].store);
  EXPECT_EQ(together[1].sectors, 32U);
  EXPECT_EQ(count(2).requests[0].sectors, 64U);
  EXPECT_EQ(count(8).requests[0].sectors, 256U);
  EXPECT_EQ(count(1, 4).requests[0].sectors, 40U);  // one more for each
  EXPECT_EQ(totals(together).loaded, 32U);
  EXPECT_EQ(totals(count(8).requests).stored, 32U);
  // 128 words: 16 sectors, or one and its neighbours' ends, or 128.
  EXPECT_EQ(touched.loaded, 16U);
  EXPECT_EQ(touched.stored, 16U);
  EXPECT_EQ(count(1, 4).touched.loaded, 17U);
  EXPECT_EQ(count(8).touched.loaded, 128U);
}

TEST(PtxCounts, InstructionsAndAccesses) {
  const Counts counts = count(1).counts;
  EXPECT_EQ(counts.instructions, 128U * (8 + 6 + 2 * 5 + 1));
  EXPECT_EQ(counts.global_loads, 256U);
  EXPECT_EQ(counts.global_stores, 256U);
  EXPECT_EQ(counts.local_accesses, 0U);
}

TEST(PtxCounts, LocalMemory) {
  PtxRunner runner(kernel(".local .align 4 .b8 l[4]; st.local.u32 [l], 1; ld.local.u32 %r0, [l]; ret;"));
  void* pointers[8] = {};
  runner.launch({"k", {}, 32, 0, pointers, sizeof pointers});
  EXPECT_EQ(runner.counts().local_accesses, 64U);
  runner.clear_counts();
  EXPECT_EQ(runner.counts().instructions, 0U);
}

/// The words in back quotes that begin the lines of its table.
std::vector<std::string> documented() {
  std::ifstream file(SCA_SOURCE_DIR "/kernels/cuda/ptx/COVERAGE.md");
  std::vector<std::string> names;
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("| `")) continue;
    std::istringstream cell(line.substr(0, line.find('|', 1)));
    for (std::string part; std::getline(cell, part, '`') && std::getline(cell, part, '`');)
      names.push_back(part);
  }
  std::sort(names.begin(), names.end());
  return names;
}

TEST(PtxCoverage, IsWhatTheDocumentSays) {
  std::vector<std::string> names = instruction_names();
  std::sort(names.begin(), names.end());
  EXPECT_EQ(documented(), names);
}

}  // namespace
}  // namespace sca::kernels::cuda::ptx::testing
