#include "proofs_numeric/continuous_claims.hpp"

namespace sca::proofs {
namespace {

/// In a channel where a != b, let r = alpha_a/alpha_b and s = e^{l(b,a) - l(b,b)}. Matching softmax attention
/// on the prefixes (b), (a,b), (a,a,b) forces (1+r)(1+2s) = (1+s)(1+2r). Both sides have degree 1 in r and in
/// s, so that agreement with s - r on a 2 x 2 grid proves the identity for all r, s: the constraint is r = s,
/// the gate is fixed.
Finding gate_is_forced(const Rational& two) {
  bool identity = true;
  for (const Rational& r : {Rational(1), Rational(5)}) {
    for (const Rational& s : {Rational(2), Rational(7)}) {
      identity = identity && (1 + r) * (1 + two * s) - (1 + s) * (1 + 2 * r) == s - r;
    }
  }
  return evidence::exactly("(b), (a,b), (a,a,b) force alpha_a/alpha_b = e^{l(b,a) - l(b,b)}", identity,
                           "2 x 2 grid, bilinear");
}

/// With the two tokens exchanged: alpha_b/alpha_a = e^{l(a,b) - l(a,a)}. The product of the two is 1, so that
/// l(b,a) - l(b,b) + l(a,b) - l(a,a) = 0; for logits c <x, y> it is -c |a - b|^2.
Finding gates_contradict() {
  const Rational a = 1;
  const Rational b = 2;
  return evidence::exactly("the gates forced from both ends contradict each other",
                           b * a - b * b + a * b - a * a != 0,
                           "logits <x, y>, a = 1, b = 2: exponents add up to -1, not 0");
}

/// The twin misprints a factor of the constraint.
Findings check_cor4_no_go(const Instance&, const Settings&, Variant variant) {
  return {gate_is_forced(variant == Variant::stated ? 2 : 3), gates_contradict()};
}

}  // namespace

Claim cor4_no_go() { return {"cor4/no-go", Reach::lemma, {}, check_cor4_no_go}; }

}  // namespace sca::proofs
