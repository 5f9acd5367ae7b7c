#include "experiments/capacity/memory.hpp"

#include <Eigen/Eigenvalues>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <boost/math/tools/roots.hpp>

#include <cmath>
#include <numeric>

#include "experiments/capacity/draws.hpp"
#include "experiments/random.hpp"
#include "theory/channel_state.hpp"

namespace sca::experiments::capacity {
namespace {

using Eigen::Index;

/// A pair's token, [KH].
std::vector<double> token(std::span<const double> key, std::span<const double> value, Binding binding) {
  std::vector<double> h(key.begin(), key.end());
  for (std::size_t c = 0; c < h.size(); ++c) {
    if (binding == Binding::mixed) {
      h[c] = (key[c] + value[c]) / std::sqrt(2.0);
    } else if (c >= h.size() / 2) {
      h[c] = value[c];
    }
  }
  return h;
}

/// h_c cos and h_c sin of the phases. theta: [KH, M] elementwise, or its transpose's rows as vector nodes.
Eigen::RowVectorXd features_of(const std::vector<double>& h, const std::vector<double>& theta, std::size_t M,
                               Binding binding) {
  Eigen::RowVectorXd features(static_cast<Index>(2 * h.size() * M));
  std::vector<double> shared(M, 0.0);  // <theta_m, h>
  for (std::size_t i = 0; i < theta.size(); ++i) shared[i % M] += theta[i] * h[i / M];
  for (std::size_t i = 0; i < theta.size(); ++i) {
    const double own = theta[i] * softsign(h[i / M]);
    const double phase = binding == Binding::inner_product ? shared[i % M] : own;
    features[static_cast<Index>(2 * i)] = h[i / M] * std::cos(phase);
    features[static_cast<Index>(2 * i + 1)] = h[i / M] * std::sin(phase);
  }
  return features;
}

/// Elementwise nodes as released; vector nodes as wide as makes <theta, h> of the same order.
std::vector<double> nodes(const Design& design, Binding binding, std::uint64_t seed) {
  const std::size_t count = design.channels() * design.M;
  if (binding != Binding::inner_product) return uniform(0, released_node, count, seed);
  const double width = released_node / std::sqrt(static_cast<double>(design.channels()));
  return uniform(-width, width, count, seed);
}

}  // namespace

Memory::Memory(const Design& design, Binding binding, std::uint64_t seed) {
  const std::size_t channels = design.channels();
  const std::vector<double> keys = normal(memory_keys * channels, derived(seed, 1));
  const std::vector<double> values = normal(memory_values * channels, derived(seed, 2));
  const std::vector<double> theta = nodes(design, binding, derived(seed, 3));
  features_.resize(static_cast<Index>(memory_keys * memory_values), static_cast<Index>(design.size()));
  for (std::size_t a = 0; a < memory_keys; ++a) {
    for (std::size_t b = 0; b < memory_values; ++b) {
      const auto h = token(std::span(keys).subspan(a * channels, channels),
                           std::span(values).subspan(b * channels, channels), binding);
      features_.row(row(a, b)) = features_of(h, theta, design.M, binding);
    }
  }
  features_.rowwise() -= features_.colwise().mean().eval();
  whiten();
}

void Memory::whiten() {
  const Index size = features_.cols();
  Eigen::MatrixXd covariance = Eigen::MatrixXd::Zero(size, size);
  covariance.selfadjointView<Eigen::Lower>().rankUpdate(features_.transpose());
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(covariance);
  const double least = solver.eigenvalues().maxCoeff() * tolerance * tolerance;
  Eigen::VectorXd inverse = Eigen::VectorXd::Zero(size);
  for (Index i = 0; i < size; ++i) {
    if (solver.eigenvalues()[i] <= least) continue;
    inverse[i] = 1 / solver.eigenvalues()[i];
    ++rank_;
  }
  inverse_ = solver.eigenvectors() * inverse.asDiagonal() * solver.eigenvectors().transpose();
}

bool Memory::recalls(const Pairs& pairs, std::size_t queried) const {
  Eigen::VectorXd state = Eigen::VectorXd::Zero(features_.cols());
  for (const auto& [a, b] : pairs) state += features_.row(row(a, b)).transpose();
  const Eigen::VectorXd read = inverse_ * state;
  const auto [key, value] = pairs[queried];
  Index top = 0;
  (features_.middleRows(row(key, 0), memory_values) * read).maxCoeff(&top);
  return top == static_cast<Index>(value);
}

namespace {

/// The first n of a random permutation.
std::vector<std::size_t> distinct(std::size_t n, std::size_t of, std::uint64_t seed) {
  std::vector<std::size_t> all(of);
  std::iota(all.begin(), all.end(), std::size_t{0});
  for (std::size_t i = 0; i < n; ++i) std::swap(all[i], all[i + below(of - i, seed, i)]);
  all.resize(n);
  return all;
}

}  // namespace

Pairs distinct_pairs(std::size_t n, std::uint64_t seed) {
  const auto keys = distinct(n, memory_keys, derived(seed, 1));
  const auto values = distinct(n, memory_values, derived(seed, 2));
  Pairs pairs;
  for (std::size_t i = 0; i < n; ++i) pairs.emplace_back(keys[i], values[i]);
  return pairs;
}

Pairs independent_pairs(std::size_t n, std::uint64_t seed) {
  Pairs pairs;
  for (const std::size_t key : distinct(n, memory_keys, derived(seed, 1)))
    pairs.emplace_back(key, below(memory_values, derived(seed, 2), key));
  return pairs;
}

double top1_of_normals(double separation) {
  const boost::math::normal standard;
  const auto integrand = [&](double x) {
    return boost::math::pdf(standard, x - separation) *
           std::pow(boost::math::cdf(standard, x), static_cast<double>(memory_values - 1));
  };
  constexpr double far = 9;  // beyond, the density is below 1e-17
  return boost::math::quadrature::gauss_kronrod<double, 61>::integrate(integrand, separation - far,
                                                                       separation + far);
}

double separation_at_half() {
  const auto [low, high] = boost::math::tools::bisect([](double d) { return top1_of_normals(d) - 0.5; }, 0.0,
                                                      9.0, boost::math::tools::eps_tolerance<double>());
  return (low + high) / 2;
}

}  // namespace sca::experiments::capacity
