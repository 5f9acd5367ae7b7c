#include "bench/rotation.hpp"

#include <unistd.h>

#include <algorithm>
#include <cmath>

namespace sca::bench {
namespace {

/// Of one core, as far as the system tells.
double private_cache_bytes() {
  constexpr double usual = 0x1p21;
#ifdef _SC_LEVEL2_CACHE_SIZE
  const long told = sysconf(_SC_LEVEL2_CACHE_SIZE);
  if (told > 0) return static_cast<double>(told);
#endif
  return usual;
}

double problem_count(double bytes, int threads) {
  return std::max(1.0, std::ceil(2 * private_cache_bytes() * threads / bytes));
}

}  // namespace

Rotation::Rotation(Operation operation, const sca_core_shape& shape, sca_dtype dtype, int threads,
                   std::uint64_t seed)
    : footprint_(bytes(operation, shape, dtype, threads)) {
  const double count = problem_count(Problem::bytes(operation, shape, dtype), threads);
  for (std::uint64_t i = 0; static_cast<double>(i) < count; ++i)
    problems_.emplace_back(operation, shape, dtype, seed + i);
  at_ = problems_.begin();
}

double Rotation::bytes(Operation operation, const sca_core_shape& shape, sca_dtype dtype, int threads) {
  const double one = Problem::bytes(operation, shape, dtype);
  return one * problem_count(one, threads);
}

Problem& Rotation::next() {
  if (at_ == problems_.end()) at_ = problems_.begin();
  return *at_++;
}

}  // namespace sca::bench
