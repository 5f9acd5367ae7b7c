#pragma once

#include <string>
#include <vector>

namespace sca::cli {

/// `sca completion bash|zsh|fish`: a completion script on stdout, for instance
///   source <(sca completion bash)
int completion(const std::vector<std::string>& arguments);

}  // namespace sca::cli
