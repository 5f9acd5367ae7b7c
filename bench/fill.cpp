#include "bench/fill.hpp"

#include <algorithm>
#include <cstring>

#include "bench/counts.hpp"
#include "evidence/hash.hpp"
#include "kernels/cpu/core/storage.hpp"

namespace sca::bench {
namespace {

constexpr std::int64_t worth_threads = 1 << 20;

template <class Stored>
void fill_random(const Block& block, std::uint64_t seed, std::uint64_t stream) {
  auto* to = reinterpret_cast<Stored*>(block.data());
  const auto count = static_cast<std::int64_t>(block.bytes() / sizeof(Stored));
#pragma omp parallel for schedule(static) if (count >= worth_threads)
  for (std::int64_t i = 0; i < count; ++i) {
    const double x = 2 * evidence::signed_unit(seed, stream, static_cast<std::uint64_t>(i));
    to[i] = kernels::store<Stored>(static_cast<kernels::RealOf<Stored>>(x));
  }
}

template <class Real>
void copy_as(const std::vector<double>& values, const Block& block) {
  std::ranges::transform(values, reinterpret_cast<Real*>(block.data()),
                         [](double x) { return static_cast<Real>(x); });
}

}  // namespace

void fill_random(const Block& block, sca_dtype dtype, std::uint64_t seed, std::uint64_t stream) {
  switch (dtype) {
    case SCA_F64: return fill_random<double>(block, seed, stream);
    case SCA_F32: return fill_random<float>(block, seed, stream);
    case SCA_BF16: return fill_random<kernels::BFloat16>(block, seed, stream);
    case SCA_F16: return fill_random<kernels::Float16>(block, seed, stream);
  }
}

void fill_uniform(std::span<float> to, double offset, double scale, std::uint64_t seed,
                  std::uint64_t stream) {
  const auto count = static_cast<std::int64_t>(to.size());
#pragma omp parallel for schedule(static) if (count >= worth_threads)
  for (std::int64_t i = 0; i < count; ++i)
    to[static_cast<std::size_t>(i)] = static_cast<float>(
        offset + scale * evidence::signed_unit(seed, stream, static_cast<std::uint64_t>(i)));
}

Block reals(const std::vector<double>& values, sca_dtype dtype) {
  Block block(values.size() * real_bytes(dtype));
  dtype == SCA_F64 ? copy_as<double>(values, block) : copy_as<float>(values, block);
  return block;
}

Block zero_reals(std::int64_t count, sca_dtype dtype) {
  Block block(static_cast<std::size_t>(count) * real_bytes(dtype));
  std::memset(block.data(), 0, block.bytes());
  return block;
}

}  // namespace sca::bench
