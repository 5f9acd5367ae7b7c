#include "reference/arb.hpp"

namespace sca {

void set_arb(arb_ptr ball, const Interval& x) {
  mpfi_srcptr raw = x.backend().data();
  arb_set_interval_mpfr(ball, &raw->left, &raw->right, static_cast<slong>(mpfi_get_prec(raw)) + 32);
}

Interval from_arb(arb_srcptr ball) {
  Interval result;
  mpfi_ptr raw = result.backend().data();
  arb_get_interval_mpfr(&raw->left, &raw->right, ball);
  return result;
}

void ArbNumber::set(const Interval& x) { set_arb(value_, x); }
Interval ArbNumber::to_interval() const { return from_arb(value_); }

}  // namespace sca
