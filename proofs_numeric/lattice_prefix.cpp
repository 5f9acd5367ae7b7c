#include "proofs_numeric/lattice_prefix.hpp"

#include <algorithm>

#include "evidence/hash.hpp"

namespace sca::proofs {
namespace {

bool is_prime(std::uint64_t n) {
  if (n < 2) return false;
  for (std::uint64_t p = 2; p * p <= n; ++p) {
    if (n % p == 0) return false;
  }
  return true;
}

std::uint64_t modulo(const Rational& integer, std::uint64_t n) {
  Integer rest = numerator(integer) % n;
  if (rest < 0) rest += n;
  return static_cast<std::uint64_t>(rest);
}

std::vector<std::uint64_t> residues_of(const std::vector<std::uint64_t>& reduced,
                                       const std::vector<std::uint64_t>& generator, std::uint64_t n) {
  const std::size_t d = generator.size();
  std::vector<std::uint64_t> result;
  for (std::size_t k = 0; k < reduced.size() / d; ++k) {
    std::uint64_t sum = 0;
    for (std::size_t l = 0; l < d; ++l) sum = (sum + generator[l] * reduced[k * d + l]) % n;  // N < 2^32
    result.push_back(sum);
  }
  return result;
}

}  // namespace

LatticePrefix lattice_prefix(const Instance& instance) {
  Integer common = 1;
  for (const Rational& x : instance.prefix.tokens) common = lcm(common, denominator(x));
  const Prefix<Rational>& prefix = instance.prefix;
  LatticePrefix result{prefix, Rational(1) / Rational(common), 0};
  for (Rational& x : result.prefix.tokens) x *= Rational(common);
  for (std::size_t l = 0; l < prefix.d; ++l) {
    Integer low = numerator(result.prefix.tokens[l]);
    Integer high = low;
    for (std::size_t k = 1; k < prefix.t; ++k) {
      const Integer x = numerator(result.prefix.tokens[k * prefix.d + l]);
      low = x < low ? x : low;
      high = high < x ? x : high;
    }
    const Integer width = high - low;
    result.spread = result.spread < width ? width : result.spread;
  }
  return result;
}

bool all_distinct(std::vector<std::uint64_t> values) {
  std::ranges::sort(values);
  return std::ranges::adjacent_find(values) == values.end();
}

LatticeRule exact_lattice_rule(const LatticePrefix& lattice) {
  constexpr std::uint64_t attempts = 64;  // a good z has a chance of about e^-1 or better at each
  const std::uint64_t t = lattice.prefix.t;
  const std::size_t d = lattice.prefix.d;
  for (std::uint64_t n = t * (t - 1) / 2 + 1;; ++n) {
    if (!is_prime(n)) continue;
    std::vector<std::uint64_t> reduced;
    for (const Rational& x : lattice.prefix.tokens) reduced.push_back(modulo(x, n));
    for (std::uint64_t attempt = 0; attempt < attempts; ++attempt) {
      std::vector<std::uint64_t> generator;
      for (std::size_t l = 0; l < d; ++l)
        generator.push_back(evidence::mixed(n * attempts + attempt + (l << 40)) % n);
      std::vector<std::uint64_t> residues = residues_of(reduced, generator, n);
      if (all_distinct(residues)) return {n, std::move(generator), std::move(residues)};
    }
  }
}

}  // namespace sca::proofs
