#pragma once

#include <string>
#include <vector>

namespace sca::cli {

/// `sca capacity`: see --help.
int capacity(const std::vector<std::string>& arguments);

}  // namespace sca::cli
