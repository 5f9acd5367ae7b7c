#pragma once

#include <string>
#include <vector>

namespace sca::cli {

/// `sca quadrature`: see --help.
int quadrature(const std::vector<std::string>& arguments);

}  // namespace sca::cli
