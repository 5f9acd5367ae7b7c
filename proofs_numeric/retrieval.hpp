#pragma once

#include <fmt/format.h>

#include <functional>
#include <optional>

#include "proofs_numeric/claim.hpp"
#include "theory/retrieval.hpp"

namespace sca::proofs {

/// What `errors_within_bounds` states first; the table of real prefixes finds it by this.
constexpr const char* retrieval_statement = "|readout - t p_j h_j| <= sum_{k != j} t p_k |h_k| sup|K|";

/// |readout - expected|_2 over the complex vector.
Interval readout_error(const std::vector<Complex<Interval>>& value, const std::vector<Interval>& expected);

/// |err_j| for every token, from the symmetric matrix of K(h_j - h_k) off the diagonal times the rows t p_k
/// h_k: the sums that `readout` forms for one token, for all at once. What a prefix of hundreds of tokens
/// needs.
///
/// shape    kernel(j, k) for j < k -> [t]
/// domain   K even and real with K(0) = 1
std::vector<Interval> errors_from_kernel(const Prefix<Interval>& prefix,
                                         const std::function<Interval(std::size_t, std::size_t)>& kernel);

/// |readout - t p_j h_j|_2 for every token j. shape [t]
template <class Measure>
std::vector<Interval> retrieval_errors(const Prefix<Interval>& prefix, const Measure& measure) {
  constexpr std::size_t token_by_token = 4096;
  if (prefix.t * prefix.d > token_by_token) {
    return errors_from_kernel(prefix, [&](std::size_t j, std::size_t k) {
      const std::vector<Interval> x = difference(prefix.token(k), prefix.token(j));
      return measure.transform(std::span<const Interval>(x));
    });
  }
  std::vector<Interval> errors;
  for (std::size_t j = 0; j < prefix.t; ++j) {
    errors.push_back(
        readout_error(readout(prefix, measure, theorem1_query(prefix, j)), retrieval_target(prefix, j)));
  }
  return errors;
}

/// sum_{k != j} t p_k |h_k| far for every token j: the bound for |K| <= far. shape [t]
std::vector<Interval> far_bounds(const Prefix<Interval>& prefix, const Interval& far);

/// Holds each token's error to its bound and reports the token whose clearance is worst; and that the worst
/// bound keeps what the parameter promised.
Findings errors_within_bounds(const Prefix<Interval>& prefix, const std::vector<Interval>& errors,
                              const std::vector<Interval>& bounds, const std::string& parameter,
                              const Settings& settings);

/// max_j |readout - t p_j h_j| <= relative_bound * max |h|: the bounds that do not grow with t.
///
/// domain   d = 1, uniform weights, t >= 2
template <class Measure>
Finding uniform_bound_holds(const Prefix<Interval>& prefix, const Measure& measure,
                            const Interval& relative_bound) {
  Interval error(0);
  for (const Interval& one : retrieval_errors(prefix, measure)) error = larger(error, one);
  const Interval size = sup_norm<Interval>(prefix.tokens);
  return evidence::at_most("max_j |readout - h_j| <= t-free bound * max |h|", error, relative_bound * size);
}

/// A window of mass 1 with the parameter that windows.hpp chose for it.
template <class Measure>
struct Window {
  std::string parameter;
  Measure measure;
  Interval far;  // |K| <= far on every difference of two tokens
  std::optional<Interval>
      uniform;  // the t-free bound over max |h|, where the theory has one (d = 1, uniform p)
};

/// Everything that is claimed of retrieval through a window, on one instance. The false twin squares the
/// bound on the kernel, as if it fell twice as fast.
template <class Measure>
Findings window_retrieves(const Instance& instance, const Settings& settings, const Window<Measure>& window,
                          Variant variant) {
  const Prefix<Interval> prefix = instance.enclosed();
  const Interval far = variant == Variant::stated ? window.far : square(window.far);
  Findings findings = errors_within_bounds(prefix, retrieval_errors(prefix, window.measure),
                                           far_bounds(prefix, far), window.parameter, settings);
  if (window.uniform && prefix.d == 1 && instance.uniform) {
    findings.push_back(uniform_bound_holds(prefix, window.measure, *window.uniform));
  }
  return findings;
}

}  // namespace sca::proofs
