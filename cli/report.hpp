#pragma once

#include <string>
#include <vector>

namespace sca::cli {

/// `sca report`: see --help. Runs nothing: everything comes from records.
int report(const std::vector<std::string>& arguments);

}  // namespace sca::cli
