#include <algorithm>
#include <cmath>
#include <limits>

#include "experiments/quadrature/rules.hpp"
#include "reference/multiprecision.hpp"
#include "theory/equispaced.hpp"
#include "theory/measures/dolph_chebyshev.hpp"
#include "theory/measures/fejer.hpp"
#include "theory/retrieval.hpp"

namespace sca::experiments {
namespace {

using reference::Float;

constexpr double negligible = 1e-50;  // nobody looks deeper

/// An instance's gaps and what follows from them for n nodes an axis.
struct Nodes {
  std::size_t n;
  double delta;
  double spread;
  double spacing;

  Nodes(std::size_t count, const Target& target)
      : n(count),
        delta(target.separation),
        spread(target.spread),
        spacing(node_spacing(target.separation, target.spread)) {}
};

using Kernel = std::function<double(double x)>;

/// One family of weights: on one axis its kernel, and a bound of it for delta <= |x| <= D.
struct Weights {
  std::function<Kernel(const Nodes&)> kernel;
  std::function<double(const Nodes&)> bound;
  std::function<Kernel(const Nodes&)> window;           // empty where there is none
  std::function<std::string(const Nodes&)> arithmetic;  // empty: double
};

Kernel fejer_window(const Nodes& nodes) {
  const double half_width = static_cast<double>(nodes.n + 1) / 2 * nodes.spacing;
  return [window = Fejer<double>{half_width}](double x) {
    return window.transform(std::span<const double>(&x, 1));
  };
}

/// Bits for sums of n numbers that cancel down to the Gaussian's bound.
unsigned gaussian_bits(const Nodes& nodes) {
  const double decay =
      pi<double>() * nodes.delta / (2 * (nodes.spread + nodes.delta)) * static_cast<double>(nodes.n);
  constexpr double guard = 32;
  return static_cast<unsigned>(guard + std::log2(static_cast<double>(nodes.n) + 1) + decay / std::log(2.0)) +
         1;
}

bool needs_more_than_double(const Nodes& nodes) {
  return gaussian_bits(nodes) > std::numeric_limits<double>::digits;
}

template <class Real>
FiniteRule<Real> balanced_gaussian(const Nodes& nodes) {
  using std::sqrt;
  const Real spacing = node_spacing(Real(nodes.delta), Real(nodes.spread));
  const Real sigma = sqrt(balanced_gaussian_variance(nodes.n, spacing, Real(nodes.delta)));
  FiniteRule<Real> rule = gaussian_rule(nodes.n, spacing, sigma);
  // Nodes come in pairs +-theta, of one cosine.
  const std::size_t half = (nodes.n + 1) / 2;
  rule.nodes.resize(half);
  rule.weights.resize(half);
  for (std::size_t m = 0; m < nodes.n / 2; ++m) rule.weights[m] = rule.weights[m] + rule.weights[m];
  return rule;
}

Kernel gaussian_kernel(const Nodes& nodes) {
  if (!needs_more_than_double(nodes)) {
    return [rule = balanced_gaussian<double>(nodes)](double x) {
      return cosine_rule<double>(rule.nodes, rule.weights, x);
    };
  }
  const auto digits = static_cast<unsigned>(gaussian_bits(nodes) * std::log10(2.0)) + 1;
  const reference::DigitsScope scope(digits);
  return [rule = balanced_gaussian<Float>(nodes), digits](double x) {
    const reference::DigitsScope precision(digits);
    return static_cast<double>(cosine_rule<Float>(rule.nodes, rule.weights, Float(x)));
  };
}

std::string gaussian_arithmetic(const Nodes& nodes) {
  return needs_more_than_double(nodes) ? "mpfr" + std::to_string(gaussian_bits(nodes)) : "f64";
}

double product(const Kernel& factor, std::span<const double> x) {
  double result = 1;
  for (const double component : x) result *= component == 0 ? 1 : factor(component);
  return result;
}

void add_instance(SizeResult& size, const Target& target, const Nodes& nodes, const Weights& weights) {
  std::vector<std::complex<double>> own;
  std::vector<std::complex<double>> total;
  std::vector<std::complex<double>> bias;
  const Kernel kernel = weights.kernel(nodes);
  const Kernel window = weights.window ? weights.window(nodes) : Kernel();
  for (std::size_t v = 0; v < target.size(); ++v) {
    const double value = product(kernel, target.difference(v));
    total.emplace_back(value - target.ideal[v]);
    if (!window) continue;
    const double windowed = product(window, target.difference(v));
    own.emplace_back(value - windowed);
    bias.emplace_back(windowed - target.ideal[v]);
  }
  size.total.push_back(readout_error(target, total));
  if (window) {
    size.own.push_back(readout_error(target, own));
    size.bias.push_back(readout_error(target, bias));
  }
  if (!weights.bound) return;
  const double off = weights.bound(nodes);
  size.bound.push_back(readout_bound(target, [&](std::size_t v) { return target.ideal[v] == 1 ? 0 : off; }));
}

/// Nothing is computed where the theory's decay leaves the doubles.
void run(const Weights& weights, const Problem& problem, Series& series) {
  for (const std::size_t n : problem.nodes) {
    SizeResult size;
    size.n = n;
    size.M = std::pow(static_cast<double>(n), static_cast<double>(series.key.d));
    const Nodes first(n, problem.targets.front());
    const bool is_double = !series.total_theory->slope || series.total_theory->law == Law::power ||
                           std::exp(*series.total_theory->slope * static_cast<double>(n)) > negligible;
    if (n < 2 || !std::isfinite(size.M) || !is_double) continue;
    if (weights.arithmetic) size.arithmetic = weights.arithmetic(first);
    for (const Target& target : problem.targets) add_instance(size, target, Nodes(n, target), weights);
    series.sizes.push_back(std::move(size));
  }
}

/// The slowest instance's decay per node, -ln e^{arccosh(1/cos(pi delta/(D + delta)))}.
double dolph_chebyshev_slope(const Problem& problem) {
  double slope = -std::numeric_limits<double>::infinity();
  for (const Target& target : problem.targets)
    slope = std::max(slope, -dolph_chebyshev_rate(target.separation, target.spread));
  return slope;
}

double gaussian_slope(const Problem& problem) {
  double slope = -std::numeric_limits<double>::infinity();
  for (const Target& target : problem.targets) {
    const double angle = pi<double>() * target.separation / (target.spread + target.separation);
    slope = std::max(slope, -angle / 2);
  }
  return slope;
}

/// In one dimension the rate is attained; in more a difference need not be small on any other axis.
Sense sense(std::size_t d) { return d == 1 ? Sense::equal : Sense::at_most; }

Theory algebraic(double per_axis, std::size_t d, const char* words) {
  return {.slope = per_axis / static_cast<double>(d),
          .sense = sense(d),
          .bound = BoundKind::each,
          .words = words,
          .needs = "none"};
}

Theory geometric(double slope, std::size_t d, BoundKind bound, const char* words) {
  return {.law = Law::geometric,
          .slope = slope,
          .sense = sense(d),
          .bound = bound,
          .words = words,
          .needs = "none"};
}

using TheoryOf = std::function<Theory(const Problem&, std::size_t d)>;

Rule rule(const char* name, const char* window, const Weights& weights, const TheoryOf& theory,
          std::size_t most_dimensions = 64) {
  return {.id = std::string("equispaced/") + name,
          .window = window,
          .band = "balanced",
          .run =
              [weights, theory](const Problem& problem, Series& series) {
                series.total_theory = theory(problem, series.key.d);
                run(weights, problem, series);
              },
          .most_dimensions = most_dimensions};
}

using OfNodes = double (*)(std::size_t n, const double& y_or_least_sine);

/// Weights whose kernel and bound theory/equispaced.hpp has in closed form.
Weights closed_form(OfNodes kernel, OfNodes bound, std::function<Kernel(const Nodes&)> window) {
  return {
      .kernel = [kernel](const Nodes& nodes) -> Kernel {
        return [nodes, kernel](double x) { return kernel(nodes.n, nodes.spacing * x / 2); };
      },
      .bound = [bound](const Nodes& nodes) { return bound(nodes.n, least_sine(nodes.delta, nodes.spread)); },
      .window = std::move(window),
      .arithmetic = {}};
}

Kernel cube_window(const Nodes& nodes) {
  const double half_width = static_cast<double>(nodes.n) * nodes.spacing / 2;
  return [half_width](double x) { return sinc(half_width * x); };
}

Rule uniform() {
  const Weights weights = closed_form(uniform_kernel<double>, uniform_kernel_bound<double>, cube_window);
  return rule("uniform", "cube", weights,
              [](const Problem&, std::size_t d) { return algebraic(-1, d, "n^-1, M = n^d"); });
}

Rule fejer() {
  const Weights weights = closed_form(fejer_kernel<double>, fejer_kernel_bound<double>, fejer_window);
  return rule("fejer", "triangle", weights,
              [](const Problem&, std::size_t d) { return algebraic(-2, d, "n^-2, M = n^d"); });
}

Rule gaussian() {
  const Weights weights{
      .kernel = gaussian_kernel, .bound = {}, .window = {}, .arithmetic = gaussian_arithmetic};
  return rule(
      "gaussian", "none", weights,
      [](const Problem& problem, std::size_t d) {
        return geometric(gaussian_slope(problem), d, BoundKind::none, "e^(-n pi delta/(2(D+delta)))");
      },
      3);  // its sums are MPFR's, a node at a time
}

Rule dolph_chebyshev() {
  const auto measure = [](const Nodes& nodes) {
    return DolphChebyshev<double>(nodes.n, nodes.delta, nodes.spread);
  };
  const Weights weights{.kernel = [measure](const Nodes& nodes) -> Kernel {
                          return [window = measure(nodes)](double x) {
                            return window.transform(std::span<const double>(&x, 1));
                          };
                        },
                        .bound = [measure](const Nodes& nodes) { return measure(nodes).sup(); },
                        .window = {},
                        .arithmetic = {}};
  return rule("dolph-chebyshev", "none", weights, [](const Problem& problem, std::size_t d) {
    return geometric(dolph_chebyshev_slope(problem), d, BoundKind::each,
                     "1/T_{n-1}(1/cos(pi delta/(D+delta)))");
  });
}

}  // namespace

std::vector<Rule> equispaced_rules() { return {uniform(), fejer(), gaussian(), dolph_chebyshev()}; }

}  // namespace sca::experiments
