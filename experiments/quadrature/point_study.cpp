#include "experiments/quadrature/point_study.hpp"

#include <boost/math/special_functions/erf.hpp>

#include <algorithm>
#include <cmath>

#include "experiments/quadrature/primes.hpp"
#include "experiments/random.hpp"
#include "theory/measures/cube.hpp"
#include "theory/measures/gaussian.hpp"

namespace sca::experiments {
namespace {

/// The window's nodes in units of T or sigma.
void map_to(Window window, std::vector<double>& points) {
  for (double& u : points) {
    const double centred = 2 * u - 1;
    u = window == Window::cube ? centred : std::sqrt(2.0) * boost::math::erf_inv(centred);
  }
}

/// Means of e^{i scale <u_m, v>} over the first M points, M in `sizes`, ascending.
std::vector<KernelValues> means(const Target& target, std::span<const double> points, double scale,
                                std::span<const std::size_t> sizes) {
  std::vector<KernelValues> result;
  KernelValues sum(target.size());
  KernelValues waves(target.points.size() / target.d);
  std::size_t m = 0;
  for (const std::size_t M : sizes) {
    for (; m < M; ++m) {
      const auto point = points.subspan(m * target.d, target.d);
      for (std::size_t p = 0; p < waves.size(); ++p) {
        const double phase = scale * dot(point, target.point(p));
        waves[p] = {std::cos(phase), std::sin(phase)};
      }
      for (std::size_t v = 0; v < target.size(); ++v) {
        const auto [a, b] = std::pair(waves[target.pairs[v].first], waves[target.pairs[v].second]);
        // a conj(b), without the library's search for infinities
        sum[v] += KernelValues::value_type(a.real() * b.real() + a.imag() * b.imag(),
                                           a.imag() * b.real() - a.real() * b.imag());
      }
    }
    result.push_back(sum);
    for (auto& value : result.back()) value /= static_cast<double>(M);
  }
  return result;
}

/// A rule's own random numbers, from its name.
std::uint64_t salt(const std::string& id) {
  std::uint64_t value = 0;
  for (const char c : id) value = evidence::mixed(value + static_cast<unsigned char>(c));
  return value;
}

}  // namespace

double scale_of(Window window, const Target& target, double phase) {
  return window == Window::gaussian ? gaussian_width(target, phase) : half_width(target, phase);
}

double transform(Window window, std::span<const double> x, double scale) {
  return window == Window::gaussian ? Gaussian<double>{scale}.transform(x)
                                    : CubeMean<double>{scale}.transform(x);
}

PointStudy::PointStudy(const PointSet& set, Window window, const Problem& problem, std::size_t d)
    : set_(set), window_(window), problem_(problem), d_(d), seed_(derived(problem.seed, salt(set.id), d)) {
  for (const std::size_t M : problem.nodes) {
    const std::size_t size = set.is_lattice ? largest_prime_up_to(std::max<std::size_t>(M, 2)) : M;
    if (sizes_.empty() || size > sizes_.back()) sizes_.push_back(size);
  }
}

std::vector<std::vector<KernelValues>> PointStudy::kernels(const Target& target, std::size_t i,
                                                           std::span<const double> phases) const {
  std::vector<std::vector<KernelValues>> result(phases.size());
  const std::size_t at_once = set_.is_nested ? sizes_.size() : 1;
  for (std::size_t s = 0; s < sizes_.size(); s += at_once) {
    const auto sizes = std::span(sizes_).subspan(s, at_once);
    std::vector<double> points = set_.make(sizes.back(), d_, derived(seed_, i));
    map_to(window_, points);
    for (std::size_t p = 0; p < phases.size(); ++p) {
      for (KernelValues& one : means(target, points, scale_of(window_, target, phases[p]), sizes))
        result[p].push_back(std::move(one));
    }
  }
  return result;
}

KernelValues PointStudy::windowed(const Target& target, double phase) const {
  KernelValues values;
  for (std::size_t v = 0; v < target.size(); ++v)
    values.emplace_back(transform(window_, target.difference(v), scale_of(window_, target, phase)));
  return values;
}

}  // namespace sca::experiments
