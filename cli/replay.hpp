#pragma once

#include <string>
#include <vector>

namespace sca::cli {

/// `sca replay`: one trial, explained.
int replay(const std::vector<std::string>& arguments);

}  // namespace sca::cli
