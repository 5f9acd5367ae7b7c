// The layer that is composed of CUDA kernels, judged as anybody's: every golden layer and block, on fibers;
// some as nvcc compiled them.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "evidence/judge/print.hpp"
#include "evidence/networks/arithmetic.hpp"
#include "evidence/networks/computed.hpp"
#include "kernels/cuda/fiber/kernels.hpp"
#include "kernels/cuda/host/kernels.hpp"
#include "tests/evidence/judged.hpp"
#include "tests/kernels/cuda/mirrored.hpp"

namespace sca::evidence::networks {
namespace {

using judge::Verdict;
using sca::kernels::Implementation;
namespace cuda = sca::kernels::cuda;

void expect_nothing_outside(const std::string& name, const Implementation<float>& by) {
  const judge::Precision arithmetic = arithmetic_of(by);
  const auto dialect = reference::Dialect::released();
  const judge::Report report = judge_dump(computed(judge::test::read_golden(name), dialect, by),
                                          {.dialect = dialect, .arithmetic = &arithmetic});
  EXPECT_FALSE(report.any(Verdict::fail)) << to_text(report, false);
  EXPECT_TRUE(report.any(Verdict::pass)) << to_text(report, false);
}

std::vector<std::string> golden_layers() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(judge::test::golden)) {
    const std::string name = entry.path().stem().string();
    if (name.starts_with("sca_") || name.starts_with("block_")) names.push_back(name);
  }
  std::ranges::sort(names);
  return names;
}

class CudaLayers : public testing::TestWithParam<std::string> {};

TEST_P(CudaLayers, OnFibersNothingIsOutsideOfItsBound) {
  expect_nothing_outside(GetParam(), cuda::test::mirrored<cuda::fiber_runner<cuda::host_kernels>>());
}

INSTANTIATE_TEST_SUITE_P(Golden, CudaLayers, testing::ValuesIn(golden_layers()),
                         [](const auto& instance) { return instance.param; });

TEST(CudaLayer, AsNvccCompiledThemNothingIsOutsideOfItsBound) {
  if (cuda::device_image().empty()) GTEST_SKIP() << "there was no nvcc";
  for (const char* name : {"sca_00", "sca_10", "sca_12", "block_02"})
    expect_nothing_outside(name, cuda::test::mirrored<cuda::ptx_runner<cuda::device_image>>());
}

}  // namespace
}  // namespace sca::evidence::networks
