#pragma once

#include <vector>

#include "experiments/analysis/interval.hpp"

namespace sca::experiments::ablation {

// What counts as no difference.
inline constexpr double accuracy_margin = 0.01;  // one percentage point
inline constexpr double bits_margin = 0.01;      // of bits per byte
inline constexpr double equivalence_size = 0.05;

struct Equivalence {
  double p = 1;       // the larger of the two one-sided ones
  Interval interval;  // of the mean, at 1 - 2 x 0.05: within the margin iff p < 0.05
};

/// Two one-sided paired t tests that the mean difference is within (-margin, margin). Differences that do not
/// vary show nothing about how far their mean may err; from three runs all at the ceiling p is 1.
///
/// domain   margin > 0; fewer than two differences, or no spread: p = 1 and an interval without end
/// error    relies on differences that are about normal, which learning by jumps is not: see P(solved)
/// source   Schuirmann 1987, "A comparison of the two one-sided tests procedure and the power approach"
Equivalence equivalence(const std::vector<double>& differences, double margin);

}  // namespace sca::experiments::ablation
