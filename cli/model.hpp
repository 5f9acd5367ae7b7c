#pragma once

#include <string>
#include <vector>

namespace sca::cli {

/// `sca model --preset NAME [--context T] [--json] [--list]`: parameters, state bytes and FLOPs, part by
/// part. 0; 2 for bad input.
int model(const std::vector<std::string>& arguments);

}  // namespace sca::cli
