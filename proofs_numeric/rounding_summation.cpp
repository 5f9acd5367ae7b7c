#include <fmt/format.h>

#include "proofs_numeric/finite_claims.hpp"
#include "proofs_numeric/finite_support.hpp"
#include "proofs_numeric/rounded_arithmetic.hpp"
#include "theory/rounding.hpp"

namespace sca::proofs {
namespace {

using Numbers = std::vector<Rational>;

constexpr RoundedArithmetic bf16{8};
constexpr RoundedArithmetic binary32{24};

Numbers ones(std::size_t n) { return Numbers(n, Rational(1)); }

/// 1 followed by u's: every sum ties and rounds back to 1, so that each addition loses all it can.
Numbers adversarial(const RoundedArithmetic& machine, std::size_t n) {
  Numbers x(n, machine.unit_roundoff());
  x.front() = 1;
  return x;
}

Numbers random_numbers(const RoundedArithmetic& machine, std::size_t n) {
  Numbers x = hashed_list(83, n);
  for (std::size_t k = 0; k < n; ++k) x[k] = machine.round(x[k] / static_cast<long>(k % 7 + 3));
  return x;
}

struct Sum {
  Rational exact{0};
  Rational magnitude{0};  // sum |x|
};

Sum exact_sum(const Numbers& x) {
  Sum sum;
  for (const Rational& term : x) {
    sum.exact += term;
    sum.magnitude += abs(term);
  }
  return sum;
}

Finding within(const std::string& what, const Rational& computed, const Sum& sum, const Rational& bound) {
  return evidence::at_most(what, to_interval(abs(Rational(computed - sum.exact))), to_interval(bound));
}

/// Every tree against (n - 1) u sum |x|, and the trees with better bounds against theirs.
Findings bounded(const RoundedArithmetic& machine, const std::string& data, const Numbers& x,
                 Variant variant) {
  const Rational u = machine.unit_roundoff();
  const Sum sum = exact_sum(x);
  const std::string what = fmt::format("{} bits, {}, n={}", machine.precision, data, x.size());
  Rational any = any_tree_error(x.size(), u) * sum.magnitude;
  if (variant == Variant::false_twin) any -= u * sum.magnitude;  // (n - 2) u
  Findings findings{within(what + ", sequential: (n-1)u", sequential_sum(machine, x), sum, any)};
  if (x.size() < 16) return findings;
  findings.push_back(within(what + ", a random tree: (n-1)u", random_tree_sum(machine, x, 5), sum, any));
  findings.push_back(within(what + ", pairwise: gamma of ceil(log2 n)", pairwise_sum(machine, x), sum,
                            pairwise_error(x.size(), u) * sum.magnitude));
  findings.push_back(within(what + ", chunks of 16: gamma", chunked_sum(machine, x, 16), sum,
                            chunked_error(x.size(), 16, u) * sum.magnitude));
  if (Rational(static_cast<long>(x.size() - 1)) * u < 1) {
    const auto bound = compensated_error(x.size(), u);
    findings.push_back(within(what + ", compensated", compensated_sum(machine, x), sum,
                              bound.relative * abs(sum.exact) + bound.absolute * sum.magnitude));
  }
  return findings;
}

Finding running_sum_is(std::size_t n, const Rational& expected) {
  const Rational sum = sequential_sum(bf16, ones(n));
  return evidence::exactly(fmt::format("bf16: the running sum of {} ones is {}", n, expected.str()),
                           sum == expected, "it is " + sum.str());
}

/// Where the running sum has stalled, what compensation does about it.
Findings rescued() {
  const Numbers x = ones(4096);
  const Rational compensated = compensated_sum(bf16, x);
  return {evidence::exactly("bf16, 4096 ones, compensated (n u = 16, outside of its theorem): 512",
                            compensated == 512, "it is " + compensated.str()),
          within("bf16, 4096 ones, Kahan: u sum |x|", kahan_sum(bf16, x), exact_sum(x),
                 bf16.unit_roundoff() * 4096)};
}

Findings check_rounding_summation(const Instance&, const Settings&, Variant variant) {
  const Rational stall = variant == Variant::stated ? 256 : 512;
  Findings findings{running_sum_is(255, 255), running_sum_is(256, 256), running_sum_is(257, stall),
                    running_sum_is(4096, stall)};
  const auto add = [&](Findings more) { findings.insert(findings.end(), more.begin(), more.end()); };
  for (const RoundedArithmetic& machine : {bf16, binary32}) {
    add(bounded(machine, "1 + u", adversarial(machine, 2), variant));
    add(bounded(machine, "1 + u + u + …", adversarial(machine, machine.precision == 8 ? 9 : 500), variant));
    add(bounded(machine, "random", random_numbers(machine, 200), variant));
    add(bounded(machine, "ones", ones(1000), variant));
  }
  add(rescued());
  return findings;
}

}  // namespace

Claim rounding_summation() { return {"rounding/summation", Reach::instances, {}, check_rounding_summation}; }

}  // namespace sca::proofs
