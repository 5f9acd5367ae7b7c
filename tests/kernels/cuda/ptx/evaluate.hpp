#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "kernels/cuda/ptx/runner.hpp"

namespace sca::kernels::cuda::ptx::testing {

using Operands = std::array<std::uint64_t, 4>;

struct Result {
  std::uint64_t d64 = 0;
  std::uint32_t d32 = 0, e32 = 0, p = 0, q = 0;
  std::uint16_t d16 = 0, unused[3] = {};
};

/// Executes the statements once for each tuple of operands, one thread each. Operands are in %a64, %b64, %c64
/// and %e64; their lower parts in %a32, %a16 and so on, their lowest bits in %pa, %pb, %pc. Results are taken
/// from %r64, %r32, %s32, %r16, %p and %q.
std::vector<Result> evaluate(const std::string& statements, const std::vector<Operands>& operands,
                             const Options& options = {});
Result evaluate_one(const std::string& statements, const Operands& operands);

/// A module of one kernel "k", whose parameter is 8 pointers. They are in %p0 ... %p7.
std::string kernel(const std::string& body, const std::string& declarations = "");

/// Mixes the bits of (seed, index).
std::uint64_t hash(std::uint64_t seed, std::uint64_t index);

/// Tuples of what arithmetic is likely to get wrong, and random ones.
std::vector<Operands> integer_operands(std::size_t count, std::uint64_t seed);

}  // namespace sca::kernels::cuda::ptx::testing
