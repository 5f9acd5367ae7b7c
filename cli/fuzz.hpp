#pragma once

#include <string>
#include <vector>

namespace sca::cli {

/// `sca fuzz`: fresh cases until time is up; failures are shrunk, told and kept.
int fuzz(const std::vector<std::string>& arguments);

}  // namespace sca::cli
