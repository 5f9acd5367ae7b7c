#include "proofs_numeric/second_opinion.hpp"

#include <cmath>

#include "reference/gauss.hpp"
#include "theory/measures/cube.hpp"
#include "theory/prefix.hpp"

namespace sca::proofs {
namespace {

constexpr std::size_t nodes = 12;

/// (2a)^{2n+1} (n!)^4 / ((2n+1) ((2n)!)^3): the Gauss–Legendre remainder on a panel of half-width a, times
/// the supremum of the 2n-th derivative. DLMF 3.5(v).
Interval legendre_constant(const Interval& half_width) {
  Interval constant = power(Interval(2 * half_width), 2 * nodes + 1) / Interval(2 * nodes + 1);
  for (std::size_t k = 1; k <= nodes; ++k) {
    const Interval pair = Interval(2 * k - 1) * Interval(2 * k);  // (2k)! grows by this
    constant = constant * power(Interval(k), 4) / power(pair, 3);
  }
  return constant;
}

/// n!/(2n)!
Interval hermite_constant() {
  Interval constant(1);
  for (std::size_t k = nodes + 1; k <= 2 * nodes; ++k) constant = constant / Interval(k);
  return constant;
}

/// Panel edges from 0 to `end`, each at most 2/reach wide.
std::vector<Interval> panels(const Interval& end, const Interval& reach) {
  const auto count = static_cast<long>(std::ceil(upper_double(end * reach / Interval(2))));
  std::vector<Interval> edges;
  for (long i = 0; i <= count; ++i) edges.push_back(end * Interval(i) / Interval(count));
  return edges;
}

std::vector<Interval> mirrored(const std::vector<Interval>& right) {
  std::vector<Interval> edges;
  for (std::size_t i = right.size(); i-- > 1;) edges.push_back(-right[i]);
  edges.insert(edges.end(), right.begin(), right.end());
  return edges;
}

/// sum_k |c p_k h_k| bound(|h_k - x|) over the query's waves: what multiplies a remainder or a tail.
Interval amplitude(const Prefix<Interval>& prefix, const Query<Interval>& query,
                   const std::function<Interval(const Interval&)>& bound) {
  Interval sum(0);
  for (const auto& wave : query.waves) {
    for (std::size_t k = 0; k < prefix.t; ++k) {
      const Interval h = prefix.token(k)[0];
      sum += abs(wave.coefficient) * prefix.weights[k] * abs(h) * bound(abs(Interval(h - wave.probe[0])));
    }
  }
  return sum;
}

Finding agreement(const std::string& name, const Complex<Interval>& value, const Complex<Interval>& closed,
                  const Interval& remainder) {
  return evidence::at_most(name + ": |integral - closed form| <= proven remainder", abs(value - closed),
                           remainder);
}

}  // namespace

bool integrable(const Instance& instance) {
  return instance.prefix.d == 1 && instance.prefix.t <= 9 && instance.gaps &&
         instance.gaps->spread / instance.gaps->sup < 1000;
}

LineDensity cube_density(const Interval& half_width, const Interval& reach) {
  Interval height = Interval(1) / (Interval(2) * half_width);  // const would forbid the lambda's move
  return {"uniform law", mirrored(panels(half_width, reach)), [=](const Interval&) { return height; },
          [=](const Interval&, const Interval& x, std::size_t order) { return height * power(x, order); },
          Interval(0)};
}

LineDensity lebesgue_density(const Interval& half_width, const Interval& reach) {
  return {"Lebesgue measure", mirrored(panels(half_width, reach)),
          [](const Interval&) { return Interval(1); },
          [](const Interval&, const Interval& x, std::size_t order) { return power(x, order); }, Interval(0)};
}

LineDensity fejer_density(const Interval& half_width, const Interval& reach) {
  const Interval height = Interval(1) / half_width;
  return {"Fejér window", mirrored(panels(half_width, reach)),
          [=](const Interval& theta) { return height * (Interval(1) - abs(theta) / half_width); },
          // Leibniz: the density is affine on a panel, of slope 1/T^2.
          [=](const Interval&, const Interval& x, std::size_t order) {
            return height * power(x, order) + Interval(order) * square(height) * power(x, order - 1);
          },
          Interval(0)};
}

LineDensity abel_density(const Interval& epsilon, const Interval& reach) {
  const Interval end = Interval(40) / epsilon;
  const Interval height = epsilon / Interval(2);
  return {"Abel window", mirrored(panels(end, reach + epsilon)),
          [=](const Interval& theta) { return height * exp(Interval(-(epsilon * abs(theta)))); },
          // |-eps + i x|^{2n}, and the density is at most its height.
          [=](const Interval&, const Interval& x, std::size_t order) {
            return height * power(Interval(square(epsilon) + square(x)), order / 2);
          },
          exp(Interval(-40))};
}

Finding integral_agrees(const Prefix<Interval>& prefix, const Query<Interval>& query,
                        const LineDensity& density, const Complex<Interval>& closed) {
  const reference::QuadratureRule rule = reference::gauss_legendre(nodes);
  FiniteRule<Interval> points;
  Interval remainder = amplitude(prefix, query, [&](const Interval&) { return density.outside; });
  for (std::size_t i = 0; i + 1 < density.edges.size(); ++i) {
    const Interval half = (density.edges[i + 1] - density.edges[i]) / Interval(2);
    const Interval middle = (density.edges[i + 1] + density.edges[i]) / Interval(2);
    for (std::size_t m = 0; m < nodes; ++m) {
      points.nodes.push_back(middle + half * rule.nodes[m]);
      points.weights.push_back(half * rule.weights[m] * density.value(points.nodes.back()));
    }
    remainder += legendre_constant(half) * amplitude(prefix, query, [&](const Interval& x) {
                   return density.derivative_bound(density.edges[i], x, 2 * nodes);
                 });
  }
  return agreement(density.name, pointwise_readout(prefix, points, query)[0], closed, remainder);
}

Finding gaussian_integral_agrees(const Prefix<Interval>& prefix, const Query<Interval>& query,
                                 const Interval& sigma, const Complex<Interval>& closed) {
  const reference::QuadratureRule rule = reference::gauss_hermite(nodes);
  FiniteRule<Interval> points{{}, rule.weights};
  for (const Interval& node : rule.nodes) points.nodes.push_back(sigma * node);
  // The even part of e^{i theta x} alone enters, whose 2n-th derivative is at most |x|^{2n}.
  const Interval remainder = hermite_constant() * amplitude(prefix, query, [&](const Interval& x) {
                               return power(Interval(sigma * x), 2 * nodes);
                             });
  return agreement("Gaussian window", pointwise_readout(prefix, points, query)[0], closed, remainder);
}

Finding atom_integral_agrees(const Prefix<Interval>& prefix, const Interval& centre,
                             const Interval& half_width, const Interval& radius,
                             const Complex<Interval>& closed) {
  const reference::QuadratureRule rule = reference::gauss_legendre(nodes);
  const LebesgueCube<Interval> cube{half_width};
  Complex<Interval> value;
  Interval remainder(0);
  for (const Interval& side : {Interval(-1), Interval(1)}) {
    // Two panels of half-width r/2.
    const Interval half = radius / Interval(2);
    for (std::size_t m = 0; m < nodes; ++m) {
      const Interval probe = centre + side * half + half * rule.nodes[m];
      const auto query = fourier_normalised(corollary3_query(std::span<const Interval>(&probe, 1)), 1);
      value += readout(prefix, cube, query)[0] * Interval(half * rule.weights[m]);
    }
    // The kernel (T/pi) sinc(T x) is the mean of waves of frequency at most T: |K^{(2n)}| <= (T/pi) T^{2n}.
    for (std::size_t k = 0; k < prefix.t; ++k) {
      remainder += legendre_constant(half) * prefix.weights[k] * abs(prefix.token(k)[0]) * half_width /
                   pi<Interval>() * power(half_width, 2 * nodes);
    }
  }
  return agreement("atom mass", value, closed, remainder);
}

}  // namespace sca::proofs
