#pragma once

#include <string>
#include <vector>

namespace sca::cli {

/// `sca ablate`: training runs that compare layer ratios, M and the layer's switches.
int ablate(const std::vector<std::string>& arguments);

}  // namespace sca::cli
