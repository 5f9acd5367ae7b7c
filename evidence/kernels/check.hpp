#pragma once

#include "evidence/kernels/selection.hpp"
#include "evidence/kernels/tally.hpp"

namespace sca::evidence::kernels {

/// Of the cases of `sca check`.
inline constexpr std::uint64_t fixed_seed = 1;

/// The cases of `sca check`: the same on every machine, every regime in every dialect, the cheap ones first.
std::vector<Case> fixed_cases();

/// Progress: cases done, of how many.
using Progress = std::function<void(std::size_t, std::size_t)>;

/// Puts every case to every selected kernel and property, and every trial to what fits it, on `jobs` threads.
/// The order of the cases, not that of the threads, decides what is said.
///
/// errors   what the first failing thread threw
Tally check_all(const SubjectFactory& make, const Selection& selection, const std::vector<Case>& cases,
                const std::vector<Trial>& trials, unsigned jobs, const Progress& progress);

}  // namespace sca::evidence::kernels
