#pragma once

#include <string>
#include <vector>

namespace sca::cli {

/// `sca worker LIB`, which other verbs start and nobody types: what runs a plugin, so that its crash is not
/// theirs.
int worker(const std::vector<std::string>& arguments);

}  // namespace sca::cli
