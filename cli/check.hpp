#pragma once

#include <string>
#include <vector>

namespace sca::cli {

/// `sca check`: every kernel, every property, fixed cases; then the mutants. The gate.
int check(const std::vector<std::string>& arguments);

}  // namespace sca::cli
