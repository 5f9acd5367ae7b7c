#pragma once

#include <string>
#include <vector>

namespace sca::cli {

/// `sca doctor [--json]`: the compiler, the libraries, the CPU and the tools: what is there, and the Debian
/// package of what is missing. Always 0: nothing that is missing here keeps this binary from working.
int doctor(const std::vector<std::string>& arguments);

}  // namespace sca::cli
