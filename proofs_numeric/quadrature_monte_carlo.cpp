#include <fmt/format.h>

#include <algorithm>

#include "proofs_numeric/finite_claims.hpp"
#include "proofs_numeric/finite_support.hpp"
#include "theory/characteristic.hpp"
#include "theory/measures/cube.hpp"
#include "theory/measures/lattice.hpp"
#include "theory/monte_carlo.hpp"

namespace sca::proofs {
namespace {

using Value = std::vector<Complex<Rational>>;  // of f, shape [d]

/// i^n for any integer n.
Complex<Rational> quarter_turns(const Integer& n) {
  const std::vector<Complex<Rational>> turns{{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
  const Integer rest = ((n % 4) + 4) % 4;
  return turns[rest.convert_to<std::size_t>()];
}

/// f at the node theta = (pi/2) index, tokens in Z^d: exact in Gaussian rationals, summed over all t^2 pairs.
Value readout_at(const Prefix<Rational>& prefix, const std::vector<Rational>& alpha,
                 const std::vector<long>& index) {
  Value value(prefix.d);
  for (std::size_t j = 0; j < prefix.t; ++j) {
    for (std::size_t k = 0; k < prefix.t; ++k) {
      Integer phase(0);
      for (std::size_t l = 0; l < prefix.d; ++l) {
        phase += index[l] * numerator(Rational(prefix.token(k)[l] - prefix.token(j)[l]));
      }
      const Complex<Rational> wave = quarter_turns(phase) * alpha[j];
      for (std::size_t l = 0; l < prefix.d; ++l) value[l] += wave * prefix.token(k)[l];
    }
  }
  return value;
}

/// f at all 4^d nodes of the symmetric law that is uniform on (pi/2){0, 1, 2, 3}^d. Its transform is
/// DftGrid's.
std::vector<Value> all_values(const Prefix<Rational>& prefix, const std::vector<Rational>& alpha) {
  std::vector<Value> values;
  const std::size_t count = std::size_t{1} << (2 * prefix.d);
  for (std::size_t i = 0; i < count; ++i) {
    std::vector<long> index;
    for (std::size_t l = 0; l < prefix.d; ++l) index.push_back(static_cast<long>(i >> (2 * l) & 3));
    values.push_back(readout_at(prefix, alpha, index));
  }
  return values;
}

/// E |f - E f|^2 (of the real parts alone where asked) of the average of two independent nodes, over all
/// pairs.
Rational variance_of_two(const std::vector<Value>& values, bool real_part) {
  const Rational count(static_cast<long>(values.size()));
  const std::size_t d = values.front().size();
  Value mean(d);
  for (const Value& value : values) {
    for (std::size_t l = 0; l < d; ++l) mean[l] += value[l] * Rational(1 / count);
  }
  Rational sum(0);
  for (const Value& a : values) {
    for (const Value& b : values) {
      for (std::size_t l = 0; l < d; ++l) {
        const Complex<Rational> gap = (a[l] + b[l]) * Rational(1, 2) - mean[l];
        sum += real_part ? square(gap.re) : norm(gap);
      }
    }
  }
  return sum / (count * count);
}

/// K of the law above.
Rational grid_kernel(std::span<const Rational> x) {
  return std::ranges::all_of(x, [](const Rational& c) { return numerator(c) % 4 == 0; }) ? Rational(1)
                                                                                         : Rational(0);
}

Findings on_the_grid(const Prefix<Rational>& prefix, const std::vector<Rational>& alpha, Variant variant) {
  const auto sum = difference_sum<Rational>(prefix, alpha);
  const auto formula = one_node_statistics<Rational>(sum, sum.coefficients, grid_kernel);
  // With K(v + v') for K(v - v') the complex variance becomes 2 variance_real - variance_complex.
  const Rational complex = variant == Variant::stated
                               ? formula.variance_complex
                               : Rational(2 * formula.variance_real - formula.variance_complex);
  const std::vector<Value> values = all_values(prefix, alpha);
  const Rational direct = variance_of_two(values, false);
  const Rational direct_real = variance_of_two(values, true);
  const std::string what =
      fmt::format("tokens {}, d={}, alpha {}", show(prefix.tokens), prefix.d, show(alpha));
  return {evidence::exactly(what + ": E|err|^2 over all pairs of nodes = Var/2", 2 * direct == complex,
                            fmt::format("{} and {}", Rational(2 * direct).str(), complex.str())),
          evidence::exactly(
              what + ": the same of the real part", 2 * direct_real == formula.variance_real,
              fmt::format("{} and {}", Rational(2 * direct_real).str(), formula.variance_real.str()))};
}

/// T = infinity, K = 1[x = 0], one-hot at j: the rest of the prefix is noise.
Finding one_hot_at_infinity(const Prefix<Rational>& prefix, std::size_t j) {
  std::vector<Rational> alpha(prefix.t, Rational(0));
  alpha[j] = 1;
  const auto sum = difference_sum<Rational>(prefix, alpha);
  const auto formula = one_node_statistics<Rational>(
      sum, sum.coefficients, [](std::span<const Rational> x) { return BohrMean<Rational>{}.transform(x); });
  const Rational expected = one_hot_bohr_variance(prefix, j);
  return evidence::exactly(fmt::format("T = infinity, one-hot at {}: Var = sum of the others' |h|^2", j + 1),
                           formula.variance_complex == expected, expected.str());
}

Findings check_quadrature_monte_carlo(const Instance&, const Settings&, Variant variant) {
  const Prefix<Rational> line{4, 1, {1, 2, 3, 7}, {1, 1, 1, 1}};
  const Prefix<Rational> plane{3, 2, {1, 0, 2, 1, -1, 3}, {1, 1, 1}};
  Findings findings;
  const auto add = [&](Findings more) { findings.insert(findings.end(), more.begin(), more.end()); };
  add(on_the_grid(line, decimals({".1", ".2", ".3", ".4"}), variant));
  add(on_the_grid(line, decimals({"0", "1", "0", "0"}), variant));
  add(on_the_grid(plane, decimals({".5", "-1", "2"}), variant));
  for (std::size_t j = 0; j < line.t; ++j) findings.push_back(one_hot_at_infinity(line, j));
  findings.push_back(one_hot_at_infinity(plane, 1));
  return findings;
}

}  // namespace

// The formula is an identity in K: an exact law of 4^d nodes decides it without an integral.
Claim quadrature_monte_carlo() {
  return {"quadrature/monte-carlo", Reach::instances, {}, check_quadrature_monte_carlo};
}

}  // namespace sca::proofs
