#include "proofs_numeric/retrieval.hpp"

#include <limits>
#include <utility>

#include "reference/linear_algebra.hpp"

namespace sca::proofs {

Interval readout_error(const std::vector<Complex<Interval>>& value, const std::vector<Interval>& expected) {
  Interval sum(0);
  for (std::size_t a = 0; a < expected.size(); ++a) {
    sum += square(Interval(value[a].re - expected[a])) + square(value[a].im);
  }
  return sqrt(sum);
}

std::vector<Interval> errors_from_kernel(const Prefix<Interval>& prefix,
                                         const std::function<Interval(std::size_t, std::size_t)>& kernel) {
  reference::ComplexMatrix matrix(prefix.t, prefix.t);
  for (std::size_t j = 0; j < prefix.t; ++j) {
    for (std::size_t k = j + 1; k < prefix.t; ++k) matrix(j, k).re = matrix(k, j).re = kernel(j, k);
  }
  reference::ComplexMatrix rows(prefix.t, prefix.d);
  for (std::size_t k = 0; k < prefix.t; ++k) {
    const std::vector<Interval> row = retrieval_target(prefix, k);
    for (std::size_t a = 0; a < prefix.d; ++a) rows(k, a).re = row[a];
  }
  const reference::ComplexMatrix error = product(matrix, rows);
  std::vector<Interval> result;
  for (std::size_t j = 0; j < prefix.t; ++j) {
    Interval sum(0);
    for (std::size_t a = 0; a < prefix.d; ++a) sum += norm(error(j, a));
    result.push_back(sqrt(sum));
  }
  return result;
}

std::vector<Interval> far_bounds(const Prefix<Interval>& prefix, const Interval& far) {
  const std::vector<Interval> magnitudes = retrieval_magnitudes(prefix);
  std::vector<Interval> bounds;
  for (std::size_t j = 0; j < prefix.t; ++j) {
    Interval others(0);
    for (std::size_t k = 0; k < prefix.t; ++k) {
      if (k != j) others += magnitudes[k];
    }
    bounds.push_back(others * far);
  }
  return bounds;
}

Findings errors_within_bounds(const Prefix<Interval>& prefix, const std::vector<Interval>& errors,
                              const std::vector<Interval>& bounds, const std::string& parameter,
                              const Settings& settings) {
  Finding worst;
  double worst_clearance = -1;
  Interval worst_bound(0);
  for (std::size_t j = 0; j < prefix.t; ++j) {
    worst_bound = larger(worst_bound, bounds[j]);
    Finding finding =
        evidence::at_most_or_attained(retrieval_statement, errors[j], bounds[j], settings.digits);
    const double clearance = finding.clearance.value_or(std::numeric_limits<double>::infinity());
    if (!(clearance > worst_clearance)) continue;
    worst_clearance = clearance;
    worst = std::move(finding);
    worst.witness = fmt::format("{}, token {}", parameter, j);
  }
  Interval scale(0);
  for (const Interval& magnitude : retrieval_magnitudes(prefix)) scale = larger(scale, magnitude);
  Finding promise = evidence::at_most(fmt::format("bound <= {} max_k t p_k |h_k|", settings.epsilon),
                                      worst_bound, scale * Interval(settings.epsilon));
  promise.witness = parameter;
  return {std::move(worst), std::move(promise)};
}

}  // namespace sca::proofs
