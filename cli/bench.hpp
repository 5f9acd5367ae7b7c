#pragma once

#include <string>
#include <vector>

namespace sca::cli {

/// `sca bench`: see --help.
int bench(const std::vector<std::string>& arguments);

}  // namespace sca::cli
