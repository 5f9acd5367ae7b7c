#pragma once

#include <span>
#include <vector>

#include "reference/interval.hpp"

namespace sca::proofs {

/// Binary floating point of `precision` bits with an unbounded exponent, round to nearest, ties to even,
/// emulated exactly: bf16 has 8 bits, binary32 has 24. u = 2^-precision.
struct RoundedArithmetic {
  unsigned precision;

  Rational unit_roundoff() const;
  Rational round(const Rational& x) const;
  Rational add(const Rational& a, const Rational& b) const { return round(a + b); }
  Rational subtract(const Rational& a, const Rational& b) const { return round(a - b); }
};

// Sums of already rounded numbers, as a machine of that arithmetic makes them.

Rational sequential_sum(const RoundedArithmetic& machine, std::span<const Rational> x);
/// Halves, recursively.
Rational pairwise_sum(const RoundedArithmetic& machine, std::span<const Rational> x);
Rational chunked_sum(const RoundedArithmetic& machine, std::span<const Rational> x, std::size_t chunk);
/// Two operands drawn by hash until one is left: some summation tree.
Rational random_tree_sum(const RoundedArithmetic& machine, std::span<const Rational> x, unsigned seed);
/// Ogita, Rump, Oishi: the rounding errors are summed alongside and added at the end.
Rational compensated_sum(const RoundedArithmetic& machine, std::span<const Rational> x);
/// Kahan: each error is put into the next operand.
Rational kahan_sum(const RoundedArithmetic& machine, std::span<const Rational> x);

}  // namespace sca::proofs
