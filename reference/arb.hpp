#pragma once

#include <arb.h>

#include "reference/interval.hpp"

namespace sca {

/// A FLINT/Arb real ball: the bridge to what MPFR lacks (sine integral, rigorous linear algebra, Gauss
/// nodes). Conversions enclose in both directions.
class ArbNumber {
 public:
  ArbNumber() { arb_init(value_); }
  explicit ArbNumber(const Interval& x) : ArbNumber() { set(x); }
  ~ArbNumber() { arb_clear(value_); }
  ArbNumber(const ArbNumber&) = delete;
  ArbNumber& operator=(const ArbNumber&) = delete;

  arb_ptr get() { return value_; }
  void set(const Interval& x);
  Interval to_interval() const;

 private:
  arb_t value_;
};

/// Encloses an interval in a ball, and a ball in an interval.
void set_arb(arb_ptr ball, const Interval& x);
Interval from_arb(arb_srcptr ball);

}  // namespace sca
