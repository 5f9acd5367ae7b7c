#include "experiments/quadrature/target.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "theory/attention.hpp"
#include "theory/geometry.hpp"

namespace sca::experiments {
namespace {

double largest_norm(const Prefix<double>& prefix) {
  double top = 0;
  for (std::size_t k = 0; k < prefix.t; ++k) top = std::max(top, euclidean_norm(prefix.token(k)));
  return top;
}

Target empty_target(const Prefix<double>& prefix) {
  const auto gaps = separation(prefix);
  Target target;
  target.d = prefix.d;
  target.points = prefix.tokens;
  target.spread = gaps->spread;
  target.separation = gaps->sup;
  return target;
}

double softsign(double x) { return x / (1 + std::abs(x)); }

void add_row(std::vector<double>& rows, std::span<const double> token, double factor) {
  for (const double component : token) rows.push_back(factor * component);
}

/// Point `first` less point `second`.
void add_difference(Target& target, std::size_t first, std::size_t second) {
  const std::vector<double> x = difference(target.point(first), target.point(second));
  target.pairs.emplace_back(first, second);
  target.differences.insert(target.differences.end(), x.begin(), x.end());
  target.ideal.push_back(std::ranges::all_of(x, [](double c) { return c == 0; }) ? 1 : 0);
}

}  // namespace

Target token_target(const Prefix<double>& prefix, std::size_t j) {
  Target target = empty_target(prefix);
  const double unit = static_cast<double>(prefix.t) / largest_norm(prefix);
  for (std::size_t k = 0; k < prefix.t; ++k) {
    add_difference(target, k, j);
    add_row(target.coefficients, prefix.token(k), unit * prefix.weights[k]);
    for (std::size_t l = 0; l < prefix.d; ++l)
      target.channelwise.push_back(softsign(prefix.token(k)[l]) - softsign(prefix.token(j)[l]));
  }
  target.mirrored.assign(target.coefficients.size(), 0.0);
  return target;
}

Target attention_oracle_target(const Prefix<double>& prefix, double scale) {
  Target target = empty_target(prefix);
  std::vector<double> alpha = attention_weights(prefix, prefix.token(prefix.t - 1), scale);
  double total = 0;
  for (std::size_t k = 0; k < prefix.t; ++k) total += alpha[k] *= prefix.weights[k];  // copies count
  const double unit = 1 / (total * largest_norm(prefix));
  // The query has alpha_j/p_j at h_j, so that p_k h_k is read with K(h_k - h_j).
  const auto factor = [&](std::size_t j, std::size_t k) {
    return unit * alpha[j] * (j == k ? 1 : prefix.weights[k] / prefix.weights[j]);
  };
  for (std::size_t j = 0; j < prefix.t; ++j) {
    for (std::size_t k = j; k < prefix.t; ++k) {
      add_difference(target, k, j);
      add_row(target.coefficients, prefix.token(k), factor(j, k));
      add_row(target.mirrored, prefix.token(j), j == k ? 0 : factor(k, j));
    }
  }
  return target;
}

Target attention_token_target(const Prefix<double>& prefix, double scale, double sigma) {
  Target target = empty_target(prefix);
  const auto query = prefix.token(prefix.t - 1);
  const std::vector<double> probe = gaussian_probe(query, scale, sigma * sigma);
  // p_k = gate_k, times how often the token stands there. Only p_k K(h_k - x) up to a common factor matters,
  // and that is the softmax: dividing by its sum keeps exp() in range.
  std::vector<double> alpha = attention_weights(prefix, query, scale);
  double total = 0;
  for (std::size_t k = 0; k < prefix.t; ++k) total += alpha[k] *= prefix.weights[k];
  for (double& a : alpha) a /= total;
  const std::vector<double> output = mixture<double>(prefix, alpha);
  target.sigma = sigma;
  target.points.insert(target.points.end(), probe.begin(), probe.end());
  const double norm = largest_norm(prefix);
  for (std::size_t k = 0; k < prefix.t; ++k) {
    add_difference(target, k, prefix.t);
    target.denominator.push_back(alpha[k] * std::exp(sigma * sigma * norm_squared(target.difference(k)) / 2));
    add_row(target.coefficients, difference<double>(prefix.token(k), output),
            target.denominator.back() / norm);
  }
  target.mirrored.assign(target.coefficients.size(), 0.0);
  return target;
}

double readout_error(const Target& target, std::span<const std::complex<double>> defect) {
  std::vector<std::complex<double>> error(target.d);
  std::complex<double> denominator(1);
  for (std::size_t v = 0; v < target.size(); ++v) {
    for (std::size_t l = 0; l < target.d; ++l) {
      error[l] += target.coefficients[v * target.d + l] * defect[v] +
                  target.mirrored[v * target.d + l] * std::conj(defect[v]);
    }
    if (target.is_quotient()) denominator += target.denominator[v] * defect[v];
  }
  double length = 0;  // hypot: squares of errors below 1e-154 are not doubles
  for (const auto& component : error) length = std::hypot(length, std::abs(component));
  return length / std::abs(denominator);
}

double channelwise_error(const Target& target,
                         const std::function<double(std::size_t v, std::size_t l)>& kernel) {
  double squared = 0;
  for (std::size_t l = 0; l < target.d; ++l) {
    double error = 0;
    for (std::size_t v = 0; v < target.size(); ++v)
      error += target.coefficients[v * target.d + l] * (kernel(v, l) - target.ideal[v]);
    squared += error * error;
  }
  return std::sqrt(squared);
}

double readout_bound(const Target& target, const std::function<double(std::size_t v)>& bound) {
  double error = 0;
  double denominator = 1;
  for (std::size_t v = 0; v < target.size(); ++v) {
    double length = 0;
    for (std::size_t l = 0; l < target.d; ++l) {
      const std::size_t at = v * target.d + l;
      length = std::hypot(length, std::abs(target.coefficients[at]) + std::abs(target.mirrored[at]));
    }
    const double off = bound(v);
    error += length * off;
    if (target.is_quotient()) denominator -= target.denominator[v] * off;
  }
  return denominator > 0 ? error / denominator : std::numeric_limits<double>::infinity();
}

}  // namespace sca::experiments
