// 16-bit numbers through whole kernels: what is read and what is written is what storage.hpp says, whatever
// the vectors.
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <memory>
#include <vector>

#include "kernels/cpu/core/storage.hpp"
#include "kernels/registry.hpp"

namespace sca::kernels {
namespace {

/// One token a sequence, weight and key 1 and phase 0: the outputs' real parts are omega times the queries'.
template <class Stored>
std::vector<Stored> scaled(const sca_core_kernel& kernel, const std::vector<Stored>& numbers, float omega,
                           std::int64_t H) {
  const auto B = static_cast<std::int64_t>(numbers.size()) / H;
  const auto width = static_cast<std::size_t>(H);
  const std::vector<float> omegas(width, omega);
  const std::vector<float> zeros(width, 0);
  const std::vector<Stored> keys(numbers.size(), store<Stored>(1));
  const std::vector<Stored> scores(static_cast<std::size_t>(B), store<Stored>(0));
  std::vector<Stored> queries;
  for (const Stored x : numbers) queries.insert(queries.end(), {x, store<Stored>(0)});
  std::vector<Stored> outputs(2 * numbers.size());
  const double infinity = std::numeric_limits<double>::infinity();
  sca_core_forward call{};
  call.in.shape = {B, 1, 1, 1, H, 1};
  call.in.rules.weight_low = call.in.rules.weight_high = 1;
  call.in.rules.softplus_switch = infinity;
  call.in.rules.horizon = 1;
  call.in.parameters = {zeros.data(), omegas.data(), zeros.data(), zeros.data(), zeros.data(), zeros.data()};
  call.in.key = {keys.data(), H, H};
  call.in.score = {scores.data(), 1, 1};
  call.in.query = {queries.data(), 2 * H, 2 * H};
  call.output = {outputs.data(), 2 * H, 2 * H};
  call.threads = 1;
  const std::size_t bytes = kernel.workspace_bytes(SCA_FORWARD, &call.in.shape, 1);
  const std::unique_ptr<void, decltype(&std::free)> memory(std::aligned_alloc(64, (bytes + 63) / 64 * 64),
                                                           std::free);
  call.workspace = memory.get();
  EXPECT_EQ(kernel.forward(&call), 0);
  std::vector<Stored> results;
  for (std::int64_t b = 0; b < B; ++b)
    results.insert(results.end(), outputs.begin() + 2 * b * H, outputs.begin() + (2 * b + 1) * H);
  return results;
}

template <class Stored>
void expect_storage_as_said(const sca_core_kernel& kernel) {
  std::vector<Stored> numbers;
  for (unsigned bits = 0; bits < 0x10000; ++bits) numbers.push_back({static_cast<std::uint16_t>(bits)});
  // 1: what is read; the others make every kind of tie, overflow and subnormal result. 32: whole vectors; 1:
  // the tail.
  for (const float omega : {1.0F, 1.5F, 0x1.02p0F, 0x1.0101p-3F, 0x1p120F, 0x1p-12F, 0x1.8p-126F}) {
    for (const std::int64_t H : {32, 1}) {
      const std::vector<Stored> results = scaled(kernel, numbers, omega, H);
      for (std::size_t i = 0; i < numbers.size(); ++i) {
        const float product = omega * load(numbers[i]);
        const Stored expected = store<Stored>(product);
        const float got = load(results[i]);
        const bool agree = std::isnan(product) ? std::isnan(got) : got == load(expected);
        ASSERT_TRUE(agree) << kernel.name << ": " << load(numbers[i]) << " times " << omega << " is " << got;
      }
    }
  }
}

TEST(Storage, VectorsReadAndRoundAsScalarsDo) {
  for (const sca_core_kernel* kernel : core_kernels()) {
    if (kernel->dtype == SCA_BF16) expect_storage_as_said<BFloat16>(*kernel);
    if (kernel->dtype == SCA_F16) expect_storage_as_said<Float16>(*kernel);
  }
}

}  // namespace
}  // namespace sca::kernels
