#include <fmt/format.h>

#include <algorithm>

#include "proofs_numeric/finite_claims.hpp"
#include "proofs_numeric/finite_support.hpp"
#include "reference/krawczyk.hpp"
#include "theory/channel_state.hpp"

namespace sca::proofs {
namespace {

using reference::RootTest;

/// Two prefixes of one channel (eta = 1, alpha = 1, M = 2): `second` is approximate in its first four scalars
/// and exact in its last, which is none of `first`'s.
struct Pair {
  std::vector<Rational> theta;
  std::vector<Rational> first;
  std::vector<Rational> second;
  Rational radius;  // of the box around the four approximate scalars
  bool within_silu;
};

std::vector<Pair> pairs() {
  return {{decimals({"1", "3"}), decimals({"-.2", ".3", ".8", "1.6", "3"}),
           decimals({"-.198821578178", ".290385508141", ".831342500561", "1.55734579569", "3.02"}),
           Rational(1, 1000000000), true},
          {decimals({".5", "1.4"}), decimals({"-1.5", "-.6", ".4", "1.1", "2.3"}),
           decimals({"-1.48551", "-.622093", ".458541", ".999264", "2.35"}), Rational(1, 10000), false}};
}

/// R_1, I_1, R_2, I_2.
std::vector<Interval> state_of(const std::vector<Interval>& theta, const std::vector<Interval>& scalars) {
  const std::vector<Interval> alpha(scalars.size(), Interval(1));
  std::vector<Interval> numbers;
  for (const auto& sum : channel_state<Interval>(theta, alpha, scalars, Interval(1)).sums) {
    numbers.push_back(sum.re);
    numbers.push_back(sum.im);
  }
  return numbers;
}

/// state(x_1, …, x_4, last) = state(first), with d/dx.
reference::IntervalSystem same_state(const Pair& pair) {
  const std::vector<Interval> theta = enclose(pair.theta);
  const std::vector<Interval> target = state_of(theta, enclose(pair.first));
  const Interval last = to_interval(pair.second.back());
  const auto value = [=](const std::vector<Interval>& x) {
    std::vector<Interval> scalars = x;
    scalars.push_back(last);
    std::vector<Interval> gap = state_of(theta, scalars);
    for (std::size_t i = 0; i < gap.size(); ++i) gap[i] -= target[i];
    return gap;
  };
  const auto jacobian = [=](const std::vector<Interval>& x) {
    std::vector<Interval> entries(4 * x.size());
    for (std::size_t m = 0; m < 2; ++m) {
      for (std::size_t k = 0; k < x.size(); ++k) {
        const Complex<Interval> slope = encoding_derivative(theta[m], x[k], Interval(1));
        entries[2 * m * x.size() + k] = slope.re;
        entries[(2 * m + 1) * x.size() + k] = slope.im;
      }
    }
    return entries;
  };
  return {value, jacobian};
}

Finding shares_a_state(const Pair& pair) {
  std::vector<Interval> box;
  for (std::size_t k = 0; k < 4; ++k) {
    box.push_back(hull(to_interval(pair.second[k] - pair.radius), to_interval(pair.second[k] + pair.radius)));
  }
  const auto result = krawczyk(same_state(pair), box);
  Finding finding;
  finding.statement = fmt::format(
      "theta = {}: exactly one prefix in the box around the second has the first's (R, I, Z) (Krawczyk)",
      show(pair.theta));
  finding.bits = working_bits();
  if (result.outcome == RootTest::unknown) return finding;
  const bool found = result.outcome == RootTest::unique_root;
  finding.decision = found ? evidence::Decision::holds : evidence::Decision::fails;
  finding.witness = "first " + show(pair.first) + ", second";
  for (const Interval& x : result.image) finding.witness += " " + midpoint_decimal(x, 15);
  finding.witness += " " + pair.second.back().str();
  return finding;
}

/// SiLU takes every value from its minimum upwards, hence every value from silu(-5/4) upwards.
Finding within_silu(const Pair& pair) {
  const Interval attained = Interval(-5) / Interval(4) / (Interval(1) + exp(Interval(5) / Interval(4)));
  const Rational least = std::min(*std::ranges::min_element(pair.first),
                                  Rational(*std::ranges::min_element(pair.second) - pair.radius));
  return evidence::exceeds("every scalar is a value of SiLU: the least of them against silu(-5/4)",
                           to_interval(least), attained);
}

Findings check_finite_non_injective(const Instance&, const Settings&, Variant variant) {
  Findings findings;
  for (Pair pair : pairs()) {
    // The twin looks in a box that is off by 1/1000 in one scalar.
    if (variant == Variant::false_twin) pair.second[0] += Rational(1, 1000);
    findings.push_back(shares_a_state(pair));
    findings.push_back(evidence::exactly(
        fmt::format("the prefixes differ as multisets: {} is no scalar of the first",
                    pair.second.back().str()),
        std::ranges::find(pair.first, pair.second.back()) == pair.first.end(), show(pair.first)));
    if (pair.within_silu) findings.push_back(within_silu(pair));
  }
  return findings;
}

}  // namespace

Claim finite_non_injective() {
  return {"finite/non-injective", Reach::existence, {}, check_finite_non_injective};
}

}  // namespace sca::proofs
