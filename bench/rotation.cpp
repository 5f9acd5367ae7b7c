#include "bench/rotation.hpp"

#include <algorithm>
#include <cmath>

#include "bench/caches.hpp"

namespace sca::bench {
namespace {

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
