#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "bench/block.hpp"

namespace sca::bench {

/// Uniform in [-2, 2), from our own hash of (seed, stream, index), rounded to the format; written by all
/// threads.
void fill_random(const Block& block, sca_dtype dtype, std::uint64_t seed, std::uint64_t stream);

/// Uniform in offset + scale [-1, 1), of the same hash.
void fill_uniform(std::span<float> to, double offset, double scale, std::uint64_t seed, std::uint64_t stream);

/// The values as reals of a kernel of this dtype.
Block reals(const std::vector<double>& values, sca_dtype dtype);

/// Zeros, `count` reals of a kernel of this dtype.
Block zero_reals(std::int64_t count, sca_dtype dtype);

}  // namespace sca::bench
