#pragma once

#include <string>
#include <string_view>

namespace sca::evidence {

/// 64 hexadecimal digits.
/// source   FIPS 180-4, section 6.2
std::string sha256(std::string_view bytes);

}  // namespace sca::evidence
