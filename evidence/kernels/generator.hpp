#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "evidence/kernels/selection.hpp"

namespace sca::evidence::kernels {

/// The kinds of cases that the selected subjects take, each once: core_kind, or an operator's name.
std::vector<std::string> kinds_of(const Subjects& subjects, const Selection& selection);

/// Case i of a search, its kind one after the other: a function of (kinds, seed, i) alone. Lengths and sizes
/// lie around chunks' and vectors' widths more often than anywhere else; regimes come by their weights.
/// domain   at least one kind
Case random_case(std::span<const std::string> kinds, std::uint64_t seed, std::uint64_t i);

/// Random cases of every regime: so many of the core in every dialect, so many of every operator.
std::vector<Case> systematic_cases(std::uint64_t seed, std::size_t core_rounds, std::size_t operator_rounds);

}  // namespace sca::evidence::kernels
