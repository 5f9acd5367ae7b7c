#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "proofs_numeric/finite_claims.hpp"
#include "proofs_numeric/finite_support.hpp"
#include "theory/channel_state.hpp"

namespace sca::proofs {
namespace {

/// Two tokens of two coordinates, equal weights.
using Tokens = std::vector<std::vector<Rational>>;
/// (value, phase) of every term k e^{i phase} of one channel's sum, sorted. Equal lists are equal sums.
using Terms = std::vector<std::pair<Rational, Rational>>;

enum class Phase { elementwise, inner_product };

/// Phase of coordinate `channel` at the node theta (one number a coordinate), softsign with eta = 1.
Rational phase_of(const std::vector<Rational>& token, std::size_t channel, const std::vector<Rational>& theta,
                  Phase kind) {
  if (kind == Phase::elementwise) return theta[channel] * softsign(token[channel]);
  Rational sum(0);
  for (std::size_t l = 0; l < token.size(); ++l) sum += theta[l] * softsign(token[l]);
  return sum;
}

Terms terms_of(const Tokens& tokens, std::size_t channel, const std::vector<Rational>& theta, Phase kind) {
  Terms terms;
  for (const auto& token : tokens) terms.emplace_back(token[channel], phase_of(token, channel, theta, kind));
  std::ranges::sort(terms);
  return terms;
}

Complex<Interval> total(const Terms& terms) {
  Complex<Interval> sum;
  for (const auto& [value, phase] : terms) sum += expi(to_interval(phase)) * to_interval(value);
  return sum;
}

/// |sum - sum|^2 <= 0; exact where the two sums have the same terms, so that no M and no precision enters.
Finding same_sums(const std::string& what, const Terms& a, const Terms& b) {
  if (a == b) return evidence::exactly(what + ": the same state (the same terms)", true);
  return evidence::at_most(what + ": the same state (|difference|^2)", norm(total(a) - total(b)),
                           Interval(0));
}

Findings check_finite_marginals(const Instance&, const Settings&, Variant variant) {
  const auto k = decimals({"-.2", ".7", "1.5", ".3"});  // a, b, c, d
  const Tokens straight{{k[0], k[1]}, {k[2], k[3]}};
  const Tokens crossed{{k[0], k[3]}, {k[2], k[1]}};
  const std::string witness = fmt::format("{{(a,b),(c,d)}} against {{(a,d),(c,b)}}, (a,b,c,d) = {}", show(k));
  const Phase kind = variant == Variant::stated ? Phase::elementwise : Phase::inner_product;

  Findings findings;
  for (unsigned m = 0; m < 4; ++m) {
    const std::vector<Rational> theta = hashed_list(61 + m, 2);
    for (std::size_t channel = 0; channel < 2; ++channel) {
      findings.push_back(same_sums(fmt::format("theta = {}, channel {}", show(theta), channel + 1),
                                   terms_of(straight, channel, theta, kind),
                                   terms_of(crossed, channel, theta, kind)));
      findings.back().witness = witness;
    }
  }
  const std::vector<Rational> theta = decimals({"1", "2"});
  const Interval gap = norm(total(terms_of(straight, 0, theta, Phase::inner_product)) -
                            total(terms_of(crossed, 0, theta, Phase::inner_product)));
  findings.push_back(evidence::exceeds(
      "theta = (1, 2), inner-product phases: the states differ (|difference|^2)", gap, Interval(0)));
  findings.back().witness = witness;
  return findings;
}

}  // namespace

// The two prefixes have the same scalars in each channel, so that the sums agree term by term, for every
// theta and every M; the twin says the same of inner-product phases.
Claim finite_marginals() { return {"finite/marginals", Reach::lemma, {}, check_finite_marginals}; }

}  // namespace sca::proofs
