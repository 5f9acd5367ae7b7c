#include "experiments/quadrature/points.hpp"

#include <boost/random/sobol.hpp>

#include <cmath>

#include "experiments/quadrature/primes.hpp"
#include "experiments/random.hpp"

namespace sca::experiments {
namespace {

constexpr unsigned sobol_bits = 32;
constexpr double sobol_cell = 0x1p-32;

std::vector<std::uint32_t> sobol_integers(std::size_t M, std::size_t d) {
  boost::random::sobol_engine<std::uint32_t, sobol_bits> sequence(d);
  std::vector<std::uint32_t> integers(d, 0);  // Boost leaves the origin out
  integers.reserve(M * d);
  while (integers.size() < M * d) integers.push_back(sequence());
  return integers;
}

std::uint32_t nested_scramble(std::uint32_t x, std::uint64_t seed) {
  std::uint32_t flips = 0;
  for (unsigned bit = 0; bit < sobol_bits; ++bit) {
    const unsigned place = sobol_bits - 1 - bit;
    // The digits before this one, with a leading 1 that tells how many they are.
    const std::uint64_t prefix = (std::uint64_t{1} << bit) | (static_cast<std::uint64_t>(x) >> (place + 1));
    flips |= static_cast<std::uint32_t>(evidence::mixed(seed + prefix) >> 63U) << place;
  }
  return x ^ flips;
}

/// Digit permutations of one axis, to the precision of a double. Digits beyond those of an index are 0 for
/// all points; `tail` sums what they become.
class DigitPermutations {
 public:
  DigitPermutations(std::uint64_t base, std::uint64_t seed) : base_(base) {
    std::vector<double> scale;
    for (double unit = 1 / static_cast<double>(base); unit > 0x1p-60; unit /= static_cast<double>(base)) {
      std::vector<double> permuted;
      for (std::uint64_t digit = 0; digit < base; ++digit) {
        const std::uint64_t at = below(digit + 1, derived(seed, base, scale.size()), digit);
        permuted.push_back(static_cast<double>(digit));
        std::swap(permuted[digit], permuted[at]);
      }
      for (double& digit : permuted) digit *= unit;
      values_.push_back(std::move(permuted));
      scale.push_back(unit);
    }
    tail_.assign(values_.size() + 1, 0.5 * scale.back());
    for (std::size_t i = values_.size(); i-- > 0;) tail_[i] = tail_[i + 1] + values_[i][0];
  }

  double operator()(std::uint64_t index) const {
    double x = 0;
    std::size_t place = 0;
    for (; index != 0; index /= base_) x += values_[place++][index % base_];
    return x + tail_[place];
  }

 private:
  std::uint64_t base_;
  std::vector<std::vector<double>> values_;  // [digits, base]
  std::vector<double> tail_;
};

double radical_inverse(std::uint64_t index, std::uint64_t base) {
  double x = 0;
  double unit = 1;
  for (; index != 0; index /= base) {
    unit /= static_cast<double>(base);
    x += unit * static_cast<double>(index % base);
  }
  return x;
}

}  // namespace

std::vector<double> independent_points(std::size_t M, std::size_t d, std::uint64_t seed) {
  std::vector<double> points;
  for (std::size_t i = 0; i < M * d; ++i) points.push_back(unit(seed, i));
  return points;
}

std::vector<double> sobol_points(std::size_t M, std::size_t d) {
  std::vector<double> points;
  for (const std::uint32_t x : sobol_integers(M, d)) points.push_back((x + 0.5) * sobol_cell);
  return points;
}

std::vector<double> scrambled_sobol_points(std::size_t M, std::size_t d, std::uint64_t seed) {
  std::vector<double> points;
  std::size_t i = 0;
  for (const std::uint32_t x : sobol_integers(M, d)) {
    points.push_back((nested_scramble(x, derived(seed, i % d)) + unit(seed, i)) * sobol_cell);
    ++i;
  }
  return points;
}

std::vector<double> halton_points(std::size_t M, std::size_t d) {
  const std::vector<std::uint64_t> bases = first_primes(d);
  std::vector<double> points;
  for (std::size_t m = 1; m <= M; ++m) {
    for (const std::uint64_t base : bases) points.push_back(radical_inverse(m, base));
  }
  return points;
}

std::vector<double> scrambled_halton_points(std::size_t M, std::size_t d, std::uint64_t seed) {
  std::vector<DigitPermutations> axes;
  for (const std::uint64_t base : first_primes(d)) axes.emplace_back(base, seed);
  std::vector<double> points;
  for (std::size_t m = 0; m < M; ++m) {
    for (const DigitPermutations& axis : axes) points.push_back(axis(m));
  }
  return points;
}

std::vector<double> shifted_lattice_points(std::uint64_t N, std::span<const std::uint64_t> generator,
                                           std::uint64_t seed) {
  std::vector<double> points;
  for (std::uint64_t n = 0; n < N; ++n) {
    for (std::size_t l = 0; l < generator.size(); ++l) {
      const double x = static_cast<double>(n * generator[l] % N) / static_cast<double>(N) + unit(seed, l);
      points.push_back(x < 1 ? x : x - 1);
    }
  }
  return points;
}

std::vector<double> tent_transformed(std::vector<double> points) {
  for (double& x : points) x = 1 - std::abs(2 * x - 1);
  return points;
}

}  // namespace sca::experiments
