#include "proofs_numeric/rounded_arithmetic.hpp"

#include <algorithm>

#include "evidence/hash.hpp"

namespace sca::proofs {
namespace {

/// 2^n, n of either sign.
Rational power_of_two(long n) {
  const Integer power = Integer(1) << static_cast<unsigned long>(n < 0 ? -n : n);
  return n < 0 ? Rational(Integer(1), power) : Rational(power);
}

}  // namespace

Rational RoundedArithmetic::unit_roundoff() const { return power_of_two(-static_cast<long>(precision)); }

Rational RoundedArithmetic::round(const Rational& x) const {
  if (x == 0) return x;
  const Rational size = abs(x);
  // 2^(e-1) < size < 2^(e+1), e the difference of the bit lengths; one step settles which binade.
  long exponent = static_cast<long>(msb(numerator(size))) - static_cast<long>(msb(denominator(size)));
  if (size < power_of_two(exponent)) --exponent;
  const Rational ulp = power_of_two(exponent - static_cast<long>(precision) + 1);
  const Rational scaled = size / ulp;
  Integer whole = numerator(scaled) / denominator(scaled);
  const Rational rest = scaled - Rational(whole);
  const Rational half(1, 2);
  if (rest > half || (rest == half && whole % 2 != 0)) whole += 1;
  const Rational rounded = Rational(whole) * ulp;
  return x < 0 ? Rational(-rounded) : rounded;
}

Rational sequential_sum(const RoundedArithmetic& machine, std::span<const Rational> x) {
  Rational sum = x.front();
  for (const Rational& term : x.subspan(1)) sum = machine.add(sum, term);
  return sum;
}

Rational pairwise_sum(const RoundedArithmetic& machine, std::span<const Rational> x) {
  if (x.size() == 1) return x.front();
  const std::size_t half = x.size() / 2;
  return machine.add(pairwise_sum(machine, x.first(half)), pairwise_sum(machine, x.subspan(half)));
}

Rational chunked_sum(const RoundedArithmetic& machine, std::span<const Rational> x, std::size_t chunk) {
  std::vector<Rational> sums;
  for (std::size_t i = 0; i < x.size(); i += chunk) {
    sums.push_back(sequential_sum(machine, x.subspan(i, std::min(chunk, x.size() - i))));
  }
  return sequential_sum(machine, sums);
}

Rational random_tree_sum(const RoundedArithmetic& machine, std::span<const Rational> x, unsigned seed) {
  std::vector<Rational> open(x.begin(), x.end());
  while (open.size() > 1) {
    std::swap(open.back(), open[evidence::mixed(std::uint64_t{seed} << 32 | open.size()) % open.size()]);
    const Rational last = open.back();
    open.pop_back();
    Rational& other = open[evidence::mixed(std::uint64_t{seed + 1} << 32 | open.size()) % open.size()];
    other = machine.add(other, last);
  }
  return open.front();
}

Rational compensated_sum(const RoundedArithmetic& machine, std::span<const Rational> x) {
  Rational sum = x.front();
  Rational correction(0);
  for (const Rational& term : x.subspan(1)) {
    const Rational next = machine.add(sum, term);
    // TwoSum's error is exactly representable: sum + term - next.
    correction = machine.add(correction, sum + term - next);
    sum = next;
  }
  return machine.add(sum, correction);
}

Rational kahan_sum(const RoundedArithmetic& machine, std::span<const Rational> x) {
  Rational sum = x.front();
  Rational correction(0);
  for (const Rational& term : x.subspan(1)) {
    const Rational operand = machine.subtract(term, correction);
    const Rational next = machine.add(sum, operand);
    correction = machine.subtract(machine.subtract(next, sum), operand);
    sum = next;
  }
  return sum;
}

}  // namespace sca::proofs
