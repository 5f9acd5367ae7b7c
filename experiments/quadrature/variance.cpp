#include "experiments/quadrature/variance.hpp"

#include <algorithm>

#include "theory/monte_carlo.hpp"

namespace sca::experiments {
namespace {

double variance(const DifferenceSum<double>& sum, const RealKernel& kernel) {
  return one_node_statistics<double>(sum, sum.coefficients, kernel).variance_complex;
}

bool is_zero(std::span<const double> x) {
  return std::ranges::all_of(x, [](double c) { return c == 0; });
}

}  // namespace

double one_node_variance(const Target& target, const RealKernel& kernel) {
  DifferenceSum<double> sum{target.d, {}, {}};
  const auto add = [&](std::size_t v, double sign, std::span<const double> rows) {
    const auto row = rows.subspan(v * target.d, target.d);
    if (is_zero(row)) return;
    sum.coefficients.emplace_back(row.begin(), row.end());
    sum.differences.emplace_back();
    for (const double x : target.difference(v)) sum.differences.back().push_back(sign * x);
  };
  for (std::size_t v = 0; v < target.size(); ++v) {
    if (is_zero(target.difference(v))) continue;  // one node already reads a constant
    add(v, 1, target.coefficients);
    add(v, -1, target.mirrored);
  }
  return variance(sum, kernel);
}

double denominator_variance(const Target& target, const RealKernel& kernel) {
  DifferenceSum<double> sum{target.d, {}, {}};
  for (std::size_t v = 0; v < target.size(); ++v) {
    sum.coefficients.emplace_back(target.d,
                                  0.0);  // a scalar: the first component will do
    sum.coefficients.back()[0] = target.denominator[v];
    sum.differences.emplace_back(target.difference(v).begin(), target.difference(v).end());
  }
  return variance(sum, kernel);
}

}  // namespace sca::experiments
