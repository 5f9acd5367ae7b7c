#include "evidence/cuda/resources.hpp"

#include <gtest/gtest.h>

#include "evidence/input/error.hpp"

namespace sca::evidence::cuda {
namespace {

// As ptxas of CUDA 13.0 prints, with a spill put in.
constexpr const char* log_of_two = R"(ptxas info    : 0 bytes gmem
ptxas info    : Compiling entry function 'core_totals_f32' for 'sm_90'
ptxas info    : Function properties for core_totals_f32
    0 bytes stack frame, 0 bytes spill stores, 0 bytes spill loads
ptxas info    : Used 48 registers, used 1 barriers, 4384 bytes smem, 688 bytes cmem[0], 24 bytes cmem[2]
ptxas info    : Compile time = 129.684 ms
a line of some later version: 7 registers of another kind
ptxas info    : Compiling entry function 'norm_f16' for 'sm_90'
ptxas info    : Function properties for norm_f16
    24 bytes stack frame, 20 bytes spill stores, 12 bytes spill loads
ptxas info    : Function properties for helper
    8 bytes stack frame, 4 bytes spill stores, 4 bytes spill loads
ptxas info    : Used 64 registers, used 1 barriers, 24 bytes cumulative stack size, 408 bytes cmem[0]
)";

TEST(CudaResources, AreReadFromTheLog) {
  const auto all = read_resources(log_of_two, "sm_90.log");
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].kernel, "core_totals_f32");
  EXPECT_EQ(all[0].architecture, 90);
  EXPECT_EQ(all[0].registers, 48);
  EXPECT_EQ(all[0].shared, 4384);
  EXPECT_EQ(all[0].stack + all[0].spill_stores + all[0].spill_loads, 0);
  EXPECT_EQ(all[1].kernel, "norm_f16");
  EXPECT_EQ(all[1].registers, 64);
  EXPECT_EQ(all[1].shared, 0);
}

TEST(CudaResources, CountWhatIsCalledWithTheKernel) {
  const auto all = read_resources(log_of_two, "sm_90.log");
  EXPECT_EQ(all[1].stack, 32);
  EXPECT_EQ(all[1].spill_stores, 24);
  EXPECT_EQ(all[1].spill_loads, 16);
}

std::string refusal(const std::string& log) {
  try {
    read_resources(log, "sm_80.log");
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(CudaResources, AreRefusedWhereNumbersAreMissing) {
  const std::string begin = "ptxas info    : Compiling entry function 'mix_f32' for 'sm_80'\n";
  const std::string properties = "    0 bytes stack frame, 0 bytes spill stores, 0 bytes spill loads\n";
  const std::string used = "ptxas info    : Used 40 registers, 392 bytes cmem[0]\n";
  const std::string other = "ptxas info    : Compiling entry function 'mix_f16' for 'sm_80'\n";
  EXPECT_EQ(refusal(begin + properties + used), "");
  EXPECT_EQ(refusal(begin + properties), "sm_80.log: mix_f32: expected a number of registers, found none");
  EXPECT_EQ(refusal(begin + other + properties + used),
            "sm_80.log: mix_f32: expected a number of registers, found none");
  EXPECT_EQ(refusal(begin + used), "sm_80.log: mix_f32: expected bytes of its stack frame, found none");
  EXPECT_NE(refusal(begin + "    0 bytes stack frame, 1 bytes spill stores\n" + used), "");
  EXPECT_NE(refusal("nvcc fatal   : Unsupported gpu architecture 'compute_20'\n"), "");
  EXPECT_NE(refusal(""), "");
}

}  // namespace
}  // namespace sca::evidence::cuda
