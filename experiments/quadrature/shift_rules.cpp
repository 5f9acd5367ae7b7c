#include <algorithm>
#include <cmath>

#include "experiments/quadrature/rules.hpp"
#include "experiments/quadrature/shifts.hpp"
#include "theory/quadrature.hpp"
#include "theory/scalar.hpp"

namespace sca::experiments {
namespace {

constexpr std::size_t instances = 8;  // each is a supremum over all probes

/// sum_k |c_k| a_k^2/(6 M^2), a_k = T |h_k - x|: Proposition 9.3 at the probe where it is largest.
double bound(const Target& target, const Scan& scan, std::size_t M, double half_width) {
  double worst = 0;
  for (const double x : scan.probes) {
    double sum = 0;
    for (std::size_t k = 0; k < target.size(); ++k)
      sum += std::abs(target.coefficients[k]) * std::pow(half_width * (target.points[k] - x), 2);
    worst = std::max(worst, sum);
  }
  return worst / (6 * static_cast<double>(M) * static_cast<double>(M));
}

void run_shifts(const Problem& problem, Series& series) {
  const std::size_t count = std::min(instances, problem.targets.size());
  for (const std::size_t M : problem.nodes) {
    SizeResult size;
    size.M = static_cast<double>(M);
    size.n = M;
    size.phase = problem.phase;
    size.precondition = size.M > problem.phase / pi<double>();
    if (!size.precondition) continue;  // probes would repeat
    for (const Target& target : std::span(problem.targets).first(count)) {
      const double half = half_width(target, problem.phase);
      const Scan rule = scanned_midpoint(target, M, half, target.spread / 2);
      const Scan window = scanned_window(target, rule.probes, half);
      double worst = 0;
      for (std::size_t j = 0; j < rule.values.size(); ++j)
        worst = std::max(worst, std::abs(rule.values[j] - window.values[j]));
      size.own.push_back(worst);
      size.bound.push_back(bound(target, rule, M, half));
    }
    series.sizes.push_back(std::move(size));
  }
  series.own_theory = Theory{.slope = -2, .bound = BoundKind::each, .words = "M^-2", .needs = "M > T D/pi"};
}

}  // namespace

std::vector<Rule> shift_rules() {
  return {
      {.id = "shifts/midpoint", .window = "cube", .band = "fixed", .run = run_shifts, .most_dimensions = 1}};
}

}  // namespace sca::experiments
