#pragma once

#include <vector>

namespace sca::experiments::ablation {

/// p-values adjusted for being so many, in the same order: the k-th smallest times (n - k + 1), none below
/// one before it, at most 1.
///
/// domain   each in [0, 1]
/// source   Holm 1979, "A simple sequentially rejective multiple test procedure"
std::vector<double> holm(const std::vector<double>& p);

}  // namespace sca::experiments::ablation
