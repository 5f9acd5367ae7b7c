#include "experiments/analysis/wilson.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

namespace sca::experiments::ablation {

Interval wilson(std::size_t successes, std::size_t count) {
  if (count == 0) return {0, 0, 1};
  const double z = quantile(boost::math::normal(), 0.975);
  const auto n = static_cast<double>(count);
  const double share = static_cast<double>(successes) / n;
  const double scale = 1 + z * z / n;
  const double centre = (share + z * z / (2 * n)) / scale;
  const double reach = z / scale * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
  // At the ends the formula gives them exactly; rounding would miss them.
  return {share, successes == 0 ? 0 : centre - reach, successes == count ? 1 : centre + reach};
}

}  // namespace sca::experiments::ablation
