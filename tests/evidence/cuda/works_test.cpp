#include <gtest/gtest.h>

#include <algorithm>

#include "embedded_ptx.hpp"
#include "evidence/cuda/report.hpp"
#include "evidence/cuda/works.hpp"

namespace sca::evidence::cuda {
namespace {

// What nvcc made of the kernels in this build. A few heads: bytes a token and head are what counts.
TEST(CudaWorks, MoveNoMoreThanIsStated) {
#ifdef SCA_SANITIZED
  GTEST_SKIP() << "minutes under a sanitizer, and the kernels are not what it watches";
#endif
  if (embedded_ptx_names().empty()) GTEST_SKIP() << "built without nvcc";
  auto names = embedded_ptx_names();
  std::ranges::sort(names);
  const auto* const first =
      &*std::ranges::find_if(names, [](std::string_view name) { return name.ends_with("sm_80.ptx"); });
  std::vector<Work> all = core_works(2);
  std::ranges::move(operator_works(), std::back_inserter(all));
  const auto records = cuda_records({{}, {{std::string(*first), 80, embedded_ptx_text(*first)}}}, all);
  for (const std::string& one : regressions(records, "this build")) ADD_FAILURE() << one;
}

TEST(CudaWorks, StateTheLeastBytes) {
  const auto all = core_works(16);
  const auto find = [&](const char* name, const char* dtype) {
    return *std::ranges::find_if(all, [&](const Work& w) { return w.name == name && w.dtype == dtype; });
  };
  // A token and head of float32: key 64, score 1, query 256, output 128; parameters 2 x 128 + 4 a head.
  EXPECT_EQ(find("core forward", "f32").least_bytes, 4.0 * (128 * 16 * (64 + 1 + 256 + 128) + 16 * 260));
  EXPECT_EQ(find("core forward", "bf16").least_bytes, 2.0 * 128 * 16 * 449 + 4 * 16 * 260);
  // A step also reads and writes Z, R and I.
  EXPECT_EQ(find("core step", "f32").least_bytes, 4.0 * (4 * 16 * (449 + 2 * 257) + 16 * 260));
  EXPECT_EQ(find("core backward", "f32").least_bytes, 4.0 * (128 * 16 * (2 * 321 + 128) + 2 * 16 * 260));
}

}  // namespace
}  // namespace sca::evidence::cuda
