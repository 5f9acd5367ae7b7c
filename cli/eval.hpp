#pragma once

#include <string>
#include <vector>

namespace sca::cli {

/// `sca eval FILE [--digits N] [--compare] [--json] [--budget S]`: the theory's quantities for the inputs in
/// a file, certified. 0; 1 if --compare finds a field that differs; 2 for bad input; 3 if something stays
/// undecided.
int eval(const std::vector<std::string>& arguments);

}  // namespace sca::cli
