#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sca::bench {

/// The numbers that a sweep names: "128,1024", "128:65536:x2" (128, 256, … up to 65536 at most), "1:4:+1",
/// and lists of these. In the order given, each once.
///
/// domain   numbers from 1 to 2^24, factors from 2 and increments from 1 on
/// errors   InputError that names `option` and the part that is no such number or sweep
std::vector<std::int64_t> parse_sweep(std::string_view option, const std::string& text);

}  // namespace sca::bench
