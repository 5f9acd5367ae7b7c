#include "experiments/analysis/sign_flip.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>

namespace sca::experiments::ablation {

SignFlip sign_flip(const std::vector<double>& differences) {
  const std::size_t n = differences.size();
  if (n == 0 || n > most_flips) throw std::invalid_argument("sign_flip: 1 to 24 differences");
  double observed = 0;
  double magnitude = 0;
  for (const double d : differences) {
    observed += d;
    magnitude += std::abs(d);
  }
  if (!std::isfinite(magnitude)) throw std::invalid_argument("sign_flip: differences that are finite");
  const double rounding =
      2 * static_cast<double>(n) * (std::numeric_limits<double>::epsilon() / 2) * magnitude;
  const std::uint32_t patterns = std::uint32_t{1} << n;
  std::uint32_t as_far = 0;
  for (std::uint32_t pattern = 0; pattern < patterns; ++pattern) {
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) sum += (pattern >> i & 1U) != 0 ? -differences[i] : differences[i];
    if (std::abs(sum) >= std::abs(observed) - rounding) ++as_far;
  }
  return {as_far / static_cast<double>(patterns), 2 / static_cast<double>(patterns)};
}

}  // namespace sca::experiments::ablation
