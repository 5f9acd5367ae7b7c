// Under ThreadSanitizer, which needs clang, Debian's libomp-dev and
// TSAN_OPTIONS=ignore_noninstrumented_modules=1, this is also the search for races.
#include <gtest/gtest.h>

#include "kernels/registry.hpp"
#include "tests/kernels/owned_call.hpp"

namespace sca::kernels::test {
namespace {

template <class Stored>
void expect_the_same_bits(const sca_core_kernel& kernel) {
  if (kernel.dtype != dtype_of<Stored>) return;
  for (const sca_core_shape shape : {sca_core_shape{1, 129, 5, 1, 17, 2}, sca_core_shape{3, 33, 4, 2, 8, 1},
                                     sca_core_shape{2, 1, 2, 2, 3, 3}, sca_core_shape{5, 70, 1, 1, 16, 5}}) {
    OwnedCall<Stored> call(shape, 7);
    const auto forward = call.forward(kernel, 1);
    const auto backward = call.backward(kernel, 1);
    for (const int threads : {2, 3, 8}) {
      EXPECT_EQ(call.forward(kernel, threads), forward) << kernel.name << ", " << threads << " threads";
      EXPECT_EQ(call.backward(kernel, threads), backward) << kernel.name << ", " << threads << " threads";
    }
    EXPECT_NE(forward, std::vector<std::byte>(forward.size())) << kernel.name;
    EXPECT_NE(backward, std::vector<std::byte>(backward.size())) << kernel.name;
  }
}

TEST(Threads, TheirNumberChangesNoBit) {
  for (const sca_core_kernel* kernel : core_kernels()) {
    expect_the_same_bits<double>(*kernel);
    expect_the_same_bits<float>(*kernel);
    expect_the_same_bits<BFloat16>(*kernel);
    expect_the_same_bits<Float16>(*kernel);
  }
}

}  // namespace
}  // namespace sca::kernels::test
