// libsca_cuda.so where there is no GPU: every function is there, and says so.

#include <gtest/gtest.h>

#include <string>

#include "kernels/cuda/device/c/sca_cuda_operators.h"
#include "kernels/cuda/device/driver.hpp"

namespace sca::kernels::cuda {
namespace {

class SharedLibrary : public testing::Test {
 protected:
  void SetUp() override {
    if (driver() != nullptr) GTEST_SKIP() << "there is a GPU";
  }
  static void expect_refusal(int result) {
    EXPECT_EQ(result, -1);
    EXPECT_EQ(std::string(sca_cuda_error()), "there is no GPU, or no driver for it");
  }
};

TEST_F(SharedLibrary, SaysThatTheCoreHasNoGpu) {
  const sca_core_forward forward{};
  const sca_core_backward backward{};
  EXPECT_EQ(std::string(sca_cuda_error()), "");
  expect_refusal(sca_cuda_core_forward(&forward, SCA_BF16, nullptr));
  expect_refusal(sca_cuda_core_backward(&backward, SCA_F32, nullptr));
}

TEST_F(SharedLibrary, SaysThatOperatorsHaveNoGpu) {
  float x[4]{};
  expect_refusal(sca_cuda_mix(1, 1, 1, 4, x, x, x, nullptr, SCA_F32, nullptr));
  expect_refusal(sca_cuda_mix_backward(1, 1, 1, 4, x, x, x, x, x, x, SCA_F32, nullptr));
  expect_refusal(sca_cuda_gated_norm(1, 1, 1e-5, 0, x, x, x, x, SCA_F16, nullptr));
  expect_refusal(sca_cuda_gated_norm_backward(1, 1, 1e-5, 1, x, x, x, x, x, x, x, x, SCA_F32, nullptr));
  expect_refusal(sca_cuda_norm(1, 1, 1e-5, x, x, x, SCA_F32, nullptr));
  expect_refusal(sca_cuda_norm_backward(1, 1, 1e-5, x, x, x, x, x, 0, x, SCA_F32, nullptr));
  expect_refusal(sca_cuda_glu(1, 1, 0, x, x, SCA_BF16, nullptr));
  expect_refusal(sca_cuda_glu_backward(1, 1, 1, x, x, x, SCA_F32, nullptr));
}

TEST_F(SharedLibrary, CountsWorkspacesWithoutOne) {
  const sca_core_shape shape{.B = 2, .L = 200, .K = 4, .Kq = 2, .H = 8, .M = 2};
  EXPECT_GT(sca_cuda_workspace_bytes(SCA_FORWARD, &shape), 0U);
  EXPECT_GT(sca_cuda_workspace_bytes(SCA_BACKWARD, &shape), sca_cuda_workspace_bytes(SCA_FORWARD, &shape));
  EXPECT_GT(sca_cuda_norm_workspace_bytes(10, 64), 0U);
  EXPECT_GE(sca_cuda_mix_workspace_bytes(2, 10, 64, 4), 2 * 64 * 4 * sizeof(float));
}

}  // namespace
}  // namespace sca::kernels::cuda
