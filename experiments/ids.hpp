#pragma once

#include <string>
#include <vector>

namespace sca::experiments {

/// Whether one of the words is the id or its first part, up to a slash; no words ask for everything.
bool is_asked_for(const std::string& id, const std::vector<std::string>& words);

}  // namespace sca::experiments
