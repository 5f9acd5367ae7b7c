#pragma once

#include <string>
#include <vector>

namespace sca::cli {

/// `sca judge FILE.npz… [--dialect D] [--against R] [--arithmetic A] [--digits N] [--parameters F [--prefix
/// P]]
/// [--json]`: dumped tensors against the reference. 0; 1 if a tensor fails, 3 if one is vacuous; 2 for bad
/// input.
int judge(const std::vector<std::string>& arguments);

}  // namespace sca::cli
