#pragma once

#include <string>
#include <vector>

namespace sca::cli {

/// `sca prove`: see --help. Returns the exit code.
int prove(const std::vector<std::string>& arguments);

}  // namespace sca::cli
