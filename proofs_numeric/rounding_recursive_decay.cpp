#include <fmt/format.h>

#include <cmath>

#include "proofs_numeric/finite_claims.hpp"
#include "proofs_numeric/finite_support.hpp"

namespace sca::proofs {
namespace {

using Numbers = std::vector<Rational>;

constexpr std::size_t length = 40;      // tokens seen
constexpr std::size_t max_length = 64;  // d(t) = max_length - 1 - t

/// sum alpha x / sum alpha: R^ with x = k cos(phi), I^ with x = k sin(phi); only linearity in x matters.
Rational normalised(const Numbers& alpha, const Numbers& x) {
  Rational sum(0);
  Rational total(0);
  for (std::size_t k = 0; k < alpha.size(); ++k) {
    sum += alpha[k] * x[k];
    total += alpha[k];
  }
  return sum / total;
}

/// Positive gates, as softplus gives them.
Numbers gates() {
  Numbers gate = hashed_list(91, length);
  for (Rational& g : gate) g += 3;
  return gate;
}

/// alpha_t = gate_t r^{max_length - 1 - t}, r = e^-lambda.
Numbers literal_weights(const Rational& r) {
  Numbers alpha = gates();
  for (std::size_t t = 0; t < length; ++t) alpha[t] *= power(r, max_length - 1 - t);
  return alpha;
}

/// R_t = r R_{t-1} + gate_t x_t, Z_t = r Z_{t-1} + gate_t.
Rational recursive(const Rational& r, const Numbers& x) {
  Rational sum(0);
  Rational total(0);
  const Numbers gate = gates();
  for (std::size_t t = 0; t < length; ++t) {
    sum = r * sum + gate[t] * x[t];
    total = r * total + gate[t];
  }
  return sum / total;
}

/// One factor for all weights; the twin gives each weight its own.
Finding scale_does_not_matter(const Rational& c, Variant variant) {
  const Numbers x = hashed_list(97, length);
  const Numbers alpha = gates();
  Numbers scaled = alpha;
  for (std::size_t t = 0; t < length; ++t) {
    scaled[t] *= variant == Variant::stated ? c : Rational(c + static_cast<long>(t));
  }
  return evidence::exactly(fmt::format("alpha -> {} alpha leaves R/Z and I/Z unchanged", c.str()),
                           normalised(scaled, x) == normalised(alpha, x), "t = 40, hashed gates and values");
}

/// Half the smallest subnormal of binary32 is 2^-150: what is below rounds to 0.
Findings underflow() {
  const Interval half_smallest = Interval(1) / power(Interval(2), 150);
  const Interval rounds_to_zero = exp(-to_interval(decimal("103.98")));
  const Interval survives = exp(-to_interval(decimal("103.97")));
  return {evidence::exceeds("e^-103.98 lies below 2^-150: binary32 rounds it to 0", half_smallest,
                            rounds_to_zero),
          evidence::exceeds("e^-103.97 lies above it: the threshold is there", survives, half_smallest)};
}

/// The two roads in binary32: lambda = 1/8, max_length = 1024, ten tokens seen.
Findings in_binary32() {
  constexpr double lambda = 0.125;
  volatile float literal_total = 0;
  volatile float recursive_total = 0;
  for (int t = 0; t < 10; ++t) {
    literal_total = literal_total + static_cast<float>(std::exp(-lambda * (1024 - 1 - t)));
    recursive_total = static_cast<float>(std::exp(-lambda)) * recursive_total + 1.0F;
  }
  const float quotient = literal_total / literal_total;
  return {evidence::exactly("binary32, literal weights of the first ten of 1024 tokens: Z = 0 and 0/0",
                            literal_total == 0.0F && std::isnan(quotient), "lambda = 1/8"),
          evidence::exactly("binary32, the recursion: Z_t >= 1 and finite",
                            recursive_total >= 1.0F && std::isfinite(recursive_total), "the same")};
}

Findings check_rounding_recursive_decay(const Instance&, const Settings&, Variant variant) {
  Findings findings;
  const auto add = [&](Findings more) { findings.insert(findings.end(), more.begin(), more.end()); };
  for (const Rational& c : {Rational(1, 1000000), Rational(3, 7), Rational(5000)}) {
    findings.push_back(scale_does_not_matter(c, variant));
  }
  const Numbers x = hashed_list(97, length);
  for (const Rational& r : {Rational(1, 2), Rational(99, 100), Rational(1, 1000)}) {
    findings.push_back(evidence::exactly(
        fmt::format("ratio {}: the recursion gives the literal weights' normalised state", r.str()),
        recursive(r, x) == normalised(literal_weights(r), x)));
  }
  add(underflow());
  add(in_binary32());
  return findings;
}

}  // namespace

Claim rounding_recursive_decay() {
  return {"rounding/recursive-decay", Reach::instances, {}, check_rounding_recursive_decay};
}

}  // namespace sca::proofs
