#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "reference/bounded.hpp"
#include "reference/tensor.hpp"

namespace sca::reference::test {

/// What floating point computed, and the exact numbers with bounds of what it may compute.
/// shape    both the same
struct Evaluation {
  Tensor<double> computed;
  Tensor<Bounded> exact;
};

/// Both tensors of the pair that formula.operator()<Real>() gives.
template <class F>
std::pair<Evaluation, Evaluation> evaluate_in_double(F formula) {
  const DigitsScope digits(50);
  auto computed = formula.template operator()<double>();
  auto exact = formula.template operator()<Bounded>();
  return {{std::move(computed.first), std::move(exact.first)},
          {std::move(computed.second), std::move(exact.second)}};
}

/// What separates a computed number from the exact one.
inline Upper bound(const Bounded& x) { return x.error() + x.value().radius; }

/// Some bound is not below its number, so that a result of 0 would be within; where the number itself is 0 to
/// working precision, not below the largest of them. A comparison within such a bound shows nothing.
inline bool vacuous(std::span<const Bounded> numbers) {
  double largest = 0;
  for (const Bounded& x : numbers) largest = std::max(largest, x.value().mignitude().bound());
  return std::ranges::any_of(numbers, [&](const Bounded& x) {
    const double size = x.value().mignitude().bound();
    return !bound(x).is_zero() && !(bound(x) < (size > 0 ? size : largest));
  });
}

/// The largest |computed - exact| over its bound; infinite where the bounds are vacuous.
inline double clearance(const Evaluation& one) {
  EXPECT_EQ(one.computed.data.size(), one.exact.data.size());
  if (one.computed.data.size() != one.exact.data.size() || vacuous(one.exact.data)) return INFINITY;
  double worst = 0;
  for (std::size_t i = 0; i < one.exact.data.size(); ++i)
    worst = std::max(worst, clearance(one.exact.data[i], one.computed.data[i]));
  return worst;
}

/// Two evaluations of the same numbers: the larger clearance, and infinite where the exact numbers are not
/// the same, which 50 digits tell. At most 1: nothing but rounding is between what the two computed.
inline double clearance_of_the_same(const Evaluation& a, const Evaluation& b) {
  EXPECT_EQ(a.exact.data.size(), b.exact.data.size());
  if (a.exact.data.size() != b.exact.data.size()) return INFINITY;
  for (std::size_t i = 0; i < a.exact.data.size(); ++i) {
    const Ball& x = a.exact.data[i].value();
    const Ball& y = b.exact.data[i].value();
    if (x.radius + y.radius < middle_distance(x, y)) return INFINITY;
  }
  return std::max(clearance(a), clearance(b));
}

/// Some number of `a` is not that of `b`: rounding cannot explain what is between any evaluations of the two.
inline bool certainly_differ(const Tensor<Bounded>& a, const Tensor<Bounded>& b) {
  EXPECT_EQ(a.data.size(), b.data.size());
  return !std::ranges::equal(a.data, b.data, [](const Bounded& x, const Bounded& y) {
    return !certainly_less(x, y) && !certainly_less(y, x);
  });
}

}  // namespace sca::reference::test
