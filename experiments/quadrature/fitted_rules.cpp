#include <Eigen/QR>

#include <cmath>
#include <limits>

#include "experiments/quadrature/lawson.hpp"
#include "experiments/quadrature/points.hpp"
#include "experiments/quadrature/rules.hpp"
#include "experiments/random.hpp"
#include "reference/gauss.hpp"
#include "theory/equispaced.hpp"

namespace sca::experiments {
namespace {

using Matrix = Eigen::MatrixXcd;
using Vector = Eigen::VectorXcd;

/// K at the differences for the weights that come nearest to the ideal, on random nodes of the fixed cube.
std::vector<std::complex<double>> fitted_kernel(const Target& target, std::size_t M, double scale,
                                                std::uint64_t seed) {
  const std::vector<double> points = independent_points(M, target.d, seed);
  Matrix phases(static_cast<Eigen::Index>(target.size()), static_cast<Eigen::Index>(M));
  for (std::size_t v = 0; v < target.size(); ++v) {
    for (std::size_t m = 0; m < M; ++m) {
      double phase = 0;
      for (std::size_t l = 0; l < target.d; ++l)
        phase += scale * (2 * points[m * target.d + l] - 1) * target.difference(v)[l];
      phases(static_cast<Eigen::Index>(v), static_cast<Eigen::Index>(m)) = std::polar(1.0, phase);
    }
  }
  const Vector ideal =
      Eigen::Map<const Eigen::VectorXd>(target.ideal.data(), phases.rows()).cast<std::complex<double>>();
  const Vector weights = phases.completeOrthogonalDecomposition().solve(ideal);
  const Vector kernel = phases * weights;
  return {kernel.begin(), kernel.end()};
}

/// Weights that know the prefix: a cliff at M = t. The mean over j of what is left of a one-hot at j is 1 -
/// M/t, the codimension, so that the bound is a variance; there is none from M = t on, where rounding is
/// left.
void run_least_squares(const Problem& problem, Series& series) {
  for (const std::size_t M : problem.nodes) {
    if (M > 2 * problem.targets.front().size()) break;
    SizeResult size;
    size.M = static_cast<double>(M);
    size.phase = problem.phase;
    bool is_short = true;  // of nodes, in every instance
    for (std::size_t i = 0; i < problem.targets.size(); ++i) {
      const Target& target = problem.targets[i];
      const auto t = static_cast<double>(target.size());
      auto off = fitted_kernel(target, M, half_width(target, problem.phase), derived(problem.seed, i, M));
      double squared = 0;
      for (std::size_t v = 0; v < target.size(); ++v) squared += std::norm(off[v] -= target.ideal[v]);
      size.own.push_back(std::sqrt(squared));
      size.total.push_back(readout_error(target, off));
      is_short = is_short && M < target.size();
      size.bound.push_back(std::sqrt(1 - std::min(1.0, static_cast<double>(M) / t)));
    }
    if (!is_short) size.bound.clear();
    series.sizes.push_back(std::move(size));
  }
  series.own_theory = Theory{
      .slope = {}, .bound = BoundKind::variance, .words = "(1 - M/t)^(1/2), 0 from M = t", .needs = "M < t"};
}

/// The p = ceil(n/2) nodes that are not negative of a symmetric rule.
using HalfNodes = std::function<std::vector<double>(std::size_t n, const Target& target)>;

std::vector<double> equispaced_nodes(std::size_t n, const Target& target) {
  const double spacing = node_spacing(target.separation, target.spread);
  std::vector<double> nodes;
  for (std::size_t m = n / 2; m < n; ++m)
    nodes.push_back(spacing * (static_cast<double>(m) - static_cast<double>(n - 1) / 2));
  return nodes;
}

/// Gauss–Legendre nodes of the interval that the equispaced rule covers.
std::vector<double> legendre_nodes(std::size_t n, const Target& target) {
  const PrecisionScope scope(std::numeric_limits<double>::digits);
  const double half_width = node_spacing(target.separation, target.spread) * static_cast<double>(n) / 2;
  std::vector<double> nodes;
  const auto rule = reference::gauss_legendre(n);
  for (std::size_t m = n / 2; m < n; ++m) nodes.push_back(half_width * upper_double(rule.nodes[m]));
  return nodes;
}

/// Points of [delta, D] that no cosine of these nodes can hide between: 8 to a radian.
std::vector<double> grid(const Target& target, double largest_node) {
  const double step = 1 / (8 * largest_node);
  const auto count = static_cast<std::size_t>((target.spread - target.separation) / step) + 2;
  std::vector<double> points;
  for (std::size_t i = 0; i < count; ++i)
    points.push_back(
        std::lerp(target.separation, target.spread, static_cast<double>(i) / static_cast<double>(count - 1)));
  return points;
}

double kernel_of(std::span<const double> nodes, std::span<const double> weights, double x) {
  double sum = 0;
  for (std::size_t m = 0; m < nodes.size(); ++m) sum += weights[m] * std::cos(nodes[m] * x);
  return sum;
}

void run_minimax(const HalfNodes& half_nodes, const Problem& problem, Series& series) {
  constexpr std::size_t most = 64;  // beyond, the optimum nears the roundoff
  for (const std::size_t n : problem.nodes) {
    if (n < 2 || n > most) continue;
    SizeResult size;
    size.M = static_cast<double>(n);
    size.n = n;
    size.gap = 1;
    for (const Target& target : problem.targets) {
      const std::vector<double> nodes = half_nodes(n, target);
      const MinimaxWeights found = minimax_weights(nodes, grid(target, nodes.back()));
      size.gap = std::max(*size.gap, found.largest / found.lower_bound);
      std::vector<std::complex<double>> off;
      for (std::size_t v = 0; v < target.size(); ++v)
        off.emplace_back(target.ideal[v] == 1 ? 0 : kernel_of(nodes, found.weights, target.differences[v]));
      size.total.push_back(readout_error(target, off));
    }
    series.sizes.push_back(std::move(size));
  }
}

/// On equispaced nodes the optimum is Dolph and Chebyshev's (companion.md, Theorem 4.6).
Theory dolph_chebyshev_theory(const Problem& problem) {
  double slope = -std::numeric_limits<double>::infinity();
  for (const Target& target : problem.targets)
    slope = std::max(slope, -dolph_chebyshev_rate(target.separation, target.spread));
  return {.law = Law::geometric,
          .slope = slope,
          .words = "e^(-n arccosh(1/cos(pi delta/(D+delta))))",
          .needs = "none"};
}

Rule minimax_rule(const char* name, const HalfNodes& nodes, bool has_theory) {
  return {.id = std::string("fitted/") + name,
          .window = "none",
          .band = "balanced",
          .run =
              [nodes, has_theory](const Problem& problem, Series& series) {
                run_minimax(nodes, problem, series);
                if (has_theory) series.total_theory = dolph_chebyshev_theory(problem);
              },
          .most_dimensions = 1};
}

}  // namespace

std::vector<Rule> fitted_rules() {
  return {{.id = "fitted/least-squares", .window = "none", .band = "fixed", .run = run_least_squares},
          minimax_rule("minimax-equispaced", equispaced_nodes, true),
          minimax_rule("minimax-legendre", legendre_nodes, false)};
}

}  // namespace sca::experiments
