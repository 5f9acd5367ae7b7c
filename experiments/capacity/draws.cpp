#include "experiments/capacity/draws.hpp"

#include <boost/math/special_functions/erf.hpp>

#include <cmath>

#include "experiments/random.hpp"

namespace sca::experiments::capacity {

std::vector<double> uniform(double low, double high, std::size_t n, std::uint64_t seed) {
  std::vector<double> values;
  values.reserve(n);
  for (std::size_t i = 0; i < n; ++i) values.push_back(std::lerp(low, high, unit(seed, i)));
  return values;
}

std::vector<double> normal(std::size_t n, std::uint64_t seed) {
  std::vector<double> values = uniform(-1, 1, n, seed);
  for (double& value : values) value = std::sqrt(2.0) * boost::math::erf_inv(value);
  return values;
}

std::vector<Interval> exact(const std::vector<double>& values) {
  std::vector<Interval> result;
  result.reserve(values.size());
  for (const double value : values) result.emplace_back(value);
  return result;
}

}  // namespace sca::experiments::capacity
