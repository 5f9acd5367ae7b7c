#include "experiments/analysis/equivalence.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

namespace sca::experiments::ablation {

Equivalence equivalence(const std::vector<double>& differences, double margin) {
  const auto n = static_cast<double>(differences.size());
  double mean = 0;
  for (const double d : differences) mean += d / n;
  double squares = 0;
  for (const double d : differences) squares += (d - mean) * (d - mean);
  constexpr double infinity = std::numeric_limits<double>::infinity();
  if (differences.size() < 2 || !(squares > 0)) return {1, {mean, -infinity, infinity}};
  const double error = std::sqrt(squares / (n - 1) / n);
  const boost::math::students_t t(n - 1);
  const double p_low = cdf(complement(t, (mean + margin) / error));
  const double p_high = cdf(t, (mean - margin) / error);
  const double reach = quantile(t, 1 - equivalence_size) * error;
  return {std::max(p_low, p_high), {mean, mean - reach, mean + reach}};
}

}  // namespace sca::experiments::ablation
