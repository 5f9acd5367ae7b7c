#include "evidence/kernels/elementary_arguments.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "evidence/hash.hpp"

namespace sca::evidence::kernels {

float Binade::at(std::uint32_t i) const {
  const float size = std::bit_cast<float>(first + i);
  return is_negative ? -size : size;
}

std::vector<Binade> binades(float first, float last) {
  constexpr std::uint32_t size = 1U << 23U;
  std::vector<Binade> all;
  for (const bool is_negative : {true, false}) {
    const float limit = is_negative ? -first : last;
    if (!(limit > 0)) continue;
    const auto top = std::bit_cast<std::uint32_t>(limit);
    for (std::uint32_t bits = 0; bits <= top; bits += size)
      all.push_back({is_negative, bits, std::min(size, top - bits + 1)});
  }
  return all;
}

double random_double(double first, double last, std::uint64_t i) {
  const std::uint64_t random = mixed(mixed(i) + 1);
  const double limit = (random & 1U) == 0 ? last : first;
  if (i % 2 == 0) return static_cast<double>(random >> 11U) * 0x1p-53 * limit;
  const std::uint64_t top = std::bit_cast<std::uint64_t>(std::abs(limit)) + 1;
  return std::copysign(std::bit_cast<double>(mixed(random) % top), limit);
}

}  // namespace sca::evidence::kernels
