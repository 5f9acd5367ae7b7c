#pragma once

#include <cstdint>
#include <vector>

#include "evidence/cases/core_case.hpp"

namespace sca::evidence::kernels {

/// Terms of the case's sums, B L K H M: what it costs.
std::size_t volume(const CoreCase& one);

/// Case i of a search: a function of (seed, i) alone. Lengths and sizes lie around chunks' and vectors'
/// widths more often than anywhere else; regimes come by their weights.
CoreCase random_case(std::uint64_t seed, std::uint64_t i);

/// `rounds` random cases of every regime in every dialect.
std::vector<CoreCase> systematic_cases(std::uint64_t seed, std::size_t rounds);

}  // namespace sca::evidence::kernels
