#include <algorithm>
#include <cmath>

#include "experiments/quadrature/lattice.hpp"
#include "experiments/quadrature/point_study.hpp"
#include "experiments/quadrature/variance.hpp"
#include "theory/lattice_error.hpp"

namespace sca::experiments {
namespace {

KernelValues minus(KernelValues a, const KernelValues& b) {
  for (std::size_t v = 0; v < a.size(); ++v) a[v] -= b[v];
  return a;
}

KernelValues ideal(const Target& target) { return {target.ideal.begin(), target.ideal.end()}; }

void run_fixed(const PointStudy& study, Series& series) {
  const Problem& problem = study.problem();
  for (const std::size_t M : study.sizes()) {
    SizeResult size;
    size.M = static_cast<double>(M);
    if (!problem.targets.front().is_quotient())
      size.phase = study.window() == Window::gaussian ? problem.phase / 2 : problem.phase;
    series.sizes.push_back(std::move(size));
  }
  for (std::size_t i = 0; i < problem.targets.size(); ++i) {
    const Target& target = problem.targets[i];
    const KernelValues window = study.windowed(target, problem.phase);
    const auto found = study.kernels(target, i, std::vector{problem.phase})[0];
    for (std::size_t s = 0; s < found.size(); ++s) {
      SizeResult& size = series.sizes[s];
      size.own.push_back(readout_error(target, minus(found[s], window)));
      if (target.is_quotient()) {
        size.total.push_back(size.own.back());  // the window is the ideal
        continue;
      }
      size.bias.push_back(readout_error(target, minus(window, ideal(target))));
      size.total.push_back(readout_error(target, minus(found[s], ideal(target))));
    }
  }
}

/// Total errors, [phases][sizes][targets].
std::vector<std::vector<std::vector<double>>> totals(const PointStudy& study,
                                                     const std::vector<Target>& targets, std::size_t first,
                                                     const std::vector<double>& phases) {
  const std::size_t sizes = study.sizes().size();
  std::vector<std::vector<std::vector<double>>> total(phases.size(), std::vector<std::vector<double>>(sizes));
  for (std::size_t i = 0; i < targets.size(); ++i) {
    auto found = study.kernels(targets[i], first + i, phases);
    for (std::size_t p = 0; p < phases.size(); ++p) {
      for (std::size_t s = 0; s < sizes; ++s)
        total[p][s].push_back(readout_error(targets[i], minus(std::move(found[p][s]), ideal(targets[i]))));
    }
  }
  return total;
}

/// At each size the phase, phase 2^j, with the least root mean square on targets that are not reported.
void run_balanced(const PointStudy& study, Series& series) {
  constexpr int doublings = 6;
  const Problem& problem = study.problem();
  std::vector<double> phases;
  for (int j = 0; j <= doublings; ++j) phases.push_back(std::ldexp(problem.phase, j));
  constexpr std::ptrdiff_t enough = 16;
  const std::vector<Target> others(
      problem.calibration.begin(),
      problem.calibration.begin() + std::min(enough, std::ssize(problem.calibration)));
  const auto tried = totals(study, others, problem.targets.size(), phases);
  auto reported = totals(study, problem.targets, 0, phases);
  for (std::size_t s = 0; s < study.sizes().size(); ++s) {
    std::size_t best = 0;
    for (std::size_t p = 1; p < phases.size(); ++p) {
      if (root_mean_square(tried[p][s]) < root_mean_square(tried[best][s])) best = p;
    }
    SizeResult size;
    size.M = static_cast<double>(study.sizes()[s]);
    size.phase = phases[best];
    size.total = std::move(reported[best][s]);
    series.sizes.push_back(std::move(size));
  }
}

void add_variances(const PointStudy& study, Series& series) {
  const Problem& problem = study.problem();
  for (const Target& target : problem.targets) {
    const double scale = scale_of(study.window(), target, problem.phase);
    const double variance = one_node_variance(
        target, [&](std::span<const double> x) { return transform(study.window(), x, scale); });
    for (SizeResult& size : series.sizes) size.bound.push_back(std::sqrt(variance / size.M));
  }
}

/// Root mean squares over the shifts: worst-case error times norm, wave by wave.
void add_lattice_bounds(const PointStudy& study, Series& series) {
  const std::vector<double> gamma(series.key.d, 1.0);
  for (SizeResult& size : series.sizes) {
    const auto N = static_cast<std::uint64_t>(size.M);
    const auto& generator = equal_axes_generator(N, series.key.d);
    const double worst = std::sqrt(lattice_error_squared<double>(N, generator, gamma));
    for (const Target& target : study.problem().targets) {
      const double scale = scale_of(study.window(), target, study.problem().phase);
      size.bound.push_back(readout_bound(target, [&](std::size_t v) {
        std::vector<double> y;
        for (const double x : target.difference(v)) y.push_back(scale * x);
        const bool is_constant = std::ranges::all_of(y, [](double c) { return c == 0; });
        return is_constant ? 0 : worst * std::sqrt(wave_norm_squared<double>(y, gamma));
      }));
    }
  }
}

/// From (2 T D/pi)^d points on there may be two to each oscillation on every axis, Nyquist's least: with
/// fewer, no rate is to be expected.
void require_resolution(const PointStudy& study, Series& series) {
  const double cells = std::pow(2 * study.problem().phase / pi<double>(), static_cast<double>(series.key.d));
  for (SizeResult& size : series.sizes) size.precondition = size.M >= cells;
}

/// A quotient is its linearisation once the denominator's variance is below 1.
void require_denominators(const PointStudy& study, Series& series) {
  double variance = 0;
  for (const Target& target : study.problem().targets) {
    const double scale = scale_of(study.window(), target, study.problem().phase);
    const auto kernel = [&](std::span<const double> x) { return transform(study.window(), x, scale); };
    variance = std::max(variance, denominator_variance(target, kernel));
  }
  for (SizeResult& size : series.sizes) size.precondition = size.M >= variance;
}

void run_cube(const PointSet& set, const Problem& problem, Series& series) {
  const PointStudy study(set, Window::cube, problem, series.key.d);
  run_fixed(study, series);
  series.own_theory = cube_theory(set.id, series.key.d);
  if (series.own_theory->bound == BoundKind::variance) {
    add_variances(study, series);
  } else {
    require_resolution(study, series);
  }
  if (series.own_theory->bound == BoundKind::mean_square) add_lattice_bounds(study, series);
}

/// Of the Gaussian only independent nodes have a theory here: waves are unbounded in the uniform variable's
/// derivatives.
void run_gaussian(const PointSet& set, const Problem& problem, Series& series) {
  const PointStudy study(set, Window::gaussian, problem, series.key.d);
  run_fixed(study, series);
  if (set.id != "random/monte-carlo") return;
  series.own_theory = cube_theory(set.id, series.key.d);
  if (!problem.targets.front().is_quotient()) return add_variances(study, series);
  series.own_theory->bound = BoundKind::none;
  series.own_theory->needs = "M >= variance of the denominator over its square";
  require_denominators(study, series);
}

void run_best_band(const PointSet& set, const Problem& problem, Series& series) {
  const PointStudy study(set, Window::cube, problem, series.key.d);
  run_balanced(study, series);
  if (set.id != "random/monte-carlo") return;
  series.total_theory =
      cube_theory(set.id, series.key.d);  // at T = infinity there is a variance, and no bias
  series.total_theory->bound = BoundKind::none;
}

}  // namespace

std::vector<Rule> point_rules() {
  std::vector<Rule> rules;
  for (const PointSet& set : point_sets()) {
    const auto with = [set](auto run) {
      return [set, run](const Problem& problem, Series& series) { run(set, problem, series); };
    };
    rules.push_back({.id = set.id, .window = "cube", .band = "fixed", .run = with(run_cube)});
    if (!set.is_studied_fully) continue;
    rules.push_back({.id = set.id, .window = "gaussian", .band = "fixed", .run = with(run_gaussian)});
    rules.push_back({.id = set.id,
                     .window = "cube",
                     .band = "balanced",
                     .run = with(run_best_band),
                     .most_dimensions = 8});
  }
  return rules;
}

}  // namespace sca::experiments
