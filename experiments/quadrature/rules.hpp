#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "experiments/quadrature/series.hpp"
#include "experiments/quadrature/target.hpp"

namespace sca::experiments {

/// What a series is computed from. The same targets for every rule: comparisons are paired.
struct Problem {
  std::vector<Target> targets;      // what is reported
  std::vector<Target> calibration;  // others of the same kind: to choose a band on, or to learn from
  std::vector<std::size_t> nodes;   // the sweep: nodes on an axis, or altogether
  double phase = 0;                 // T D; sigma D is half of it
  std::uint64_t seed = 0;
};

/// T with T D = phase for the instance's own D.
double half_width(const Target& target, double phase);
/// The target's own sigma, or else that with sigma D = phase/2: both windows then reach about as far.
double gaussian_width(const Target& target, double phase);

/// One rule of the study.
struct Rule {
  std::string id;      // "family/name"
  std::string window;  // as in records
  std::string band;
  /// Fills sizes and theories; `series.key` is there already.
  std::function<void(const Problem& problem, Series& series)> run;
  std::size_t most_dimensions = 64;
};

/// Products of one-axis rules: sizes are nodes on an axis, M = n^d.
std::vector<Rule> tensor_rules();
/// Point sets with equal weights.
std::vector<Rule> point_rules();
/// Weights on equispaced nodes, aimed at the ideal.
std::vector<Rule> equispaced_rules();
/// Readouts at all probes x at once, by FFT: the worst of them, d = 1.
std::vector<Rule> shift_rules();
/// Weights fitted to given nodes: to one prefix, or to all of a separation.
std::vector<Rule> fitted_rules();
/// Nodes and weights learned from other prefixes than those that are reported.
std::vector<Rule> learned_rules();

}  // namespace sca::experiments
