#pragma once

#include <cstdint>
#include <vector>

namespace sca::evidence::kernels {

/// The floats of one sign and exponent as far as a range goes: equally spaced, zero and the subnormal ones
/// too.
struct Binade {
  bool is_negative;
  std::uint32_t first;  // the bits of its size
  std::uint32_t count;

  /// domain   i < 2^23, beyond the range too
  float at(std::uint32_t i) const;
};

/// All floats from `first` to `last`; zero of either sign belongs to the side that is not empty.
/// domain   first <= 0 <= last
std::vector<Binade> binades(float first, float last);

/// Double number i of a range: the even ones equally likely, the odd ones' exponents. Both ends' signs are
/// equally likely.
double random_double(double first, double last, std::uint64_t i);

}  // namespace sca::evidence::kernels
