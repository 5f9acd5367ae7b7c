#pragma once

#include <fmt/format.h>

#include <limits>
#include <optional>

#include "proofs_numeric/claim.hpp"
#include "theory/retrieval.hpp"

namespace sca::proofs {

/// What `retrieves_every_token` states first; the table of real prefixes finds it by this.
constexpr const char* retrieval_statement = "|readout - t p_j h_j| <= sum_k t p_k |h_k| majorant(h_k - h_j)";

/// |readout - expected|_2 over the complex vector.
Interval readout_error(const std::vector<Complex<Interval>>& value, const std::vector<Interval>& expected);

/// Retrieves every token under `measure` and holds each error to sum_k t p_k |h_k| majorant(h_k - h_j); reports the
/// token whose clearance is worst, and that the worst bound keeps what the parameter promised.
///
/// The false twin squares the majorant, as if K fell twice as fast.
///
/// domain   t >= 2; measure of mass 1; majorant >= |K| on the prefix's differences
template <class Measure, class Majorant>
Findings retrieves_every_token(const Prefix<Interval>& prefix, const Measure& measure, Majorant majorant,
                               const std::string& parameter, const Settings& settings, Variant variant) {
  const auto claimed = [&](std::span<const Interval> x) {
    return variant == Variant::stated ? majorant(x) : square(majorant(x));
  };
  const std::vector<Interval> magnitudes = retrieval_magnitudes(prefix);
  Interval scale(0);
  for (const Interval& magnitude : magnitudes) scale = larger(scale, magnitude);
  Finding worst;
  double worst_clearance = -1;
  Interval worst_bound(0);
  for (std::size_t j = 0; j < prefix.t; ++j) {
    const auto value = readout(prefix, measure, theorem1_query(prefix, j));
    const Interval bound = retrieval_bound(prefix, magnitudes, j, claimed);
    worst_bound = larger(worst_bound, bound);
    Finding finding = evidence::at_most_or_attained(
        retrieval_statement, readout_error(value, retrieval_target(prefix, j)), bound, settings.digits);
    const double clearance = finding.clearance.value_or(std::numeric_limits<double>::infinity());
    if (!(clearance > worst_clearance)) continue;
    worst_clearance = clearance;
    worst = std::move(finding);
    worst.witness = fmt::format("{}, token {}", parameter, j);
  }
  Finding promise = evidence::at_most(fmt::format("bound <= {} max_k t p_k |h_k|", settings.epsilon),
                                      worst_bound, scale * Interval(settings.epsilon));
  promise.witness = parameter;
  return {std::move(worst), std::move(promise)};
}

/// max_j |readout - t p_j h_j| <= relative_bound * max |h|: the bounds that do not grow with t.
///
/// domain   d = 1, uniform weights, t >= 2
template <class Measure>
Finding uniform_bound_holds(const Prefix<Interval>& prefix, const Measure& measure, const Interval& relative_bound) {
  Interval error(0);
  Interval size(0);
  for (std::size_t j = 0; j < prefix.t; ++j) {
    const auto value = readout(prefix, measure, theorem1_query(prefix, j));
    error = larger(error, readout_error(value, retrieval_target(prefix, j)));
    size = larger(size, Interval(abs(prefix.token(j)[0])));
  }
  return evidence::at_most("max_j |readout - h_j| <= t-free bound * max |h|", error, relative_bound * size);
}

/// A window of mass 1 with the parameter that windows.hpp chose for it.
template <class Measure>
struct Window {
  std::string parameter;
  Measure measure;
  Interval far;                     // |K| <= far on every difference of two tokens
  std::optional<Interval> uniform;  // the t-free bound over max |h|, where the theory has one (d = 1, uniform p)
};

/// Everything that is claimed of retrieval through a window, on one instance.
template <class Measure>
Findings window_retrieves(const Instance& instance, const Settings& settings, const Window<Measure>& window,
                          Variant variant) {
  const Prefix<Interval> prefix = instance.enclosed();
  Findings findings =
      retrieves_every_token(prefix, window.measure, [&](std::span<const Interval>) { return window.far; },
                            window.parameter, settings, variant);
  if (window.uniform && prefix.d == 1 && instance.uniform && instance.gaps) {
    findings.push_back(uniform_bound_holds(prefix, window.measure, *window.uniform));
  }
  return findings;
}

}  // namespace sca::proofs
