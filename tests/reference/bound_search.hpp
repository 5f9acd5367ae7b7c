#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <sstream>
#include <string>
#include <vector>

#include "tests/reference/expression.hpp"
#include "tests/reference/outside_bound.hpp"

namespace sca::test {

struct Operand {
  double exact;
  double computed;
};

template <class Real>
double in_format(double x) {
  return static_cast<double>(static_cast<Real>(x));
}

/// Numbers where things happen: ordinary, next to 1, around 20, tiny, huge, subnormal in f32 and f64, zero.
inline double special(std::uint64_t bits) {
  const double fraction = 1 + static_cast<double>((bits >> 8) & 0xFFFFF) * 0x1p-20;
  const double sign = (bits & 1) != 0 ? -1 : 1;
  const int spread = static_cast<int>((bits >> 28) % 17) - 8;
  switch ((bits >> 1) % 12) {
    case 0: return sign * (1 + std::ldexp(fraction, -4 - static_cast<int>((bits >> 28) % 20)));
    case 1: return 20 + std::ldexp(fraction, spread) * sign;
    case 2: return sign * std::ldexp(fraction, -60 + spread);
    case 3: return sign * std::ldexp(fraction, 60 + spread);
    case 4: return sign * std::ldexp(fraction, -141 + spread);
    case 5: return sign * std::ldexp(fraction, -1066 + spread);
    case 6: return sign * std::ldexp(fraction, 120 + spread);
    case 7: return (bits >> 28) % 4 == 0 ? 0 : sign * std::ldexp(fraction, 1016 + spread / 2);
    default: return sign * std::ldexp(fraction, spread / 2);
  }
}

/// An exact number and a computed one, which is of the format: equal, close, or as far apart as the number
/// is large.
template <class Real>
Operand operand(std::uint64_t bits) {
  const double base = special(bits);
  const double computed = in_format<Real>(base);
  switch ((bits >> 40) % 4) {
    case 0: return {computed, computed};
    case 1: return {base, computed};
    case 2: return {computed * (1 + std::ldexp(1.0, -static_cast<int>((bits >> 44) % 24))), computed};
    default: return {computed * (static_cast<double>((bits >> 44) % 64) - 16) / 16, computed};
  }
}

template <class Rules>
reference::BasicBounded<Rules> bounded(const Operand& x) {
  const auto error = reference::Upper::above(std::abs(x.computed - x.exact));
  return reference::BasicBounded<Rules>::within(reference::Ball::exact(x.exact),
                                                x.computed == x.exact ? reference::Upper() : error);
}

/// What a search over operations found: the first violation in words, and by operation how nearly the bound
/// was attained.
struct Search {
  std::string violation;
  std::array<double, op_names.size()> worst{};  ///< clearance
};

template <class Rules, class Real>
Search search_operations(const reference::FloatingPoint& format, std::uint64_t trials) {
  const reference::DigitsScope digits(60);
  const PrecisionScope bits(truth_bits);
  const reference::FloatingPointScope scope(format);
  Search search;
  for (std::uint64_t i = 0; i < trials; ++i) {
    const auto op = static_cast<Op>(i % unary_and_binary);
    const Operand a = operand<Real>(hash(1, i));
    const Operand b = i % 7 == 0 ? Operand{-a.exact, -a.computed} : operand<Real>(hash(2, i));
    const bool off_domain =
        (op == Op::sqrt || op == Op::log) ? a.exact <= 0 : op == Op::log1p && a.exact <= -1;
    if (off_domain || (op == Op::divide && b.exact == 0)) continue;
    const auto bound = apply<reference::BasicBounded<Rules>>(op, bounded<Rules>(a), bounded<Rules>(b));
    const Interval truth = apply<Interval>(op, Interval(a.exact), Interval(b.exact));
    const auto got =
        static_cast<double>(apply<Real>(op, static_cast<Real>(a.computed), static_cast<Real>(b.computed)));
    if (violated(bound, truth, got) || misses(bound, truth)) {
      std::ostringstream text;
      text << op_names[i % unary_and_binary] << std::hexfloat << " a " << a.exact << " as " << a.computed
           << " b " << b.exact << " as " << b.computed << " got " << got << " bound "
           << bound.error().bound();
      search.violation = text.str();
      return search;
    }
    if (!bound.error().is_finite()) continue;
    double& worst = search.worst[i % unary_and_binary];
    worst = std::max(worst, clearance(bound, got));
  }
  return search;
}

/// 1 + h + h + ..., each h half a unit in the last place: every addition loses all of it, in one order; and
/// the rest of the orders, fused products, cancelling masses.
template <class Rules, class Real>
std::string search_sums(const reference::FloatingPoint& format, std::uint64_t trials) {
  const reference::DigitsScope digits(60);
  const PrecisionScope bits(truth_bits);
  const reference::FloatingPointScope scope(format);
  for (std::uint64_t i = 0; i < trials; ++i) {
    const std::size_t n = 2 + hash(3, i) % 40;
    std::vector<double> a{1};
    a.reserve(n);
    for (std::size_t j = 1; j < n; ++j) {
      const double x = static_cast<double>(hash(i, j) % 512) / 256 - 1;
      a.push_back(in_format<Real>(i % 3 == 0   ? format.u()
                                  : i % 3 == 1 ? x
                                               : x * std::ldexp(1.0, static_cast<int>(hash(j, i) % 16))));
    }
    if (i % 3 != 0) a[n / 2] = -a[0];
    const auto as = [&a]<class To>(To) { return std::vector<To>(a.begin(), a.end()); };
    std::vector<reference::BasicBounded<Rules>> terms;
    terms.reserve(n);
    for (const double x : a) terms.push_back(reference::BasicBounded<Rules>::exact(x));
    const auto exact = as(Interval());
    const auto computed = as(Real(0));
    const bool product = i % 2 == 1;
    const auto bound = product ? dot<reference::BasicBounded<Rules>>(terms, terms, i)
                               : add_up<reference::BasicBounded<Rules>>(terms, i);
    const Interval truth = product ? dot<Interval>(exact, exact, i) : add_up<Interval>(exact, i);
    Real in_order = computed[0];
    for (std::size_t j = 1; j < n; ++j) in_order = in_order + computed[j];
    const Real other = product ? dot<Real>(computed, computed, i / 2) : add_up<Real>(computed, i);
    if (violated(bound, truth, static_cast<double>(other)) ||
        (!product && violated(bound, truth, static_cast<double>(in_order)))) {
      return "sum " + std::to_string(i) + " of " + std::to_string(n);
    }
  }
  return "";
}

}  // namespace sca::test
