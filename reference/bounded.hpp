#pragma once

#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <tuple>
#include <utility>

#include "reference/ball.hpp"
#include "reference/bound_rules.hpp"
#include "reference/floating_point.hpp"
#include "reference/kink.hpp"

namespace sca::reference {

/// A real number, and how far from it a floating-point evaluation of the same expression may end: the
/// tolerance of a whole layer, derived. What is computed lies within `error()` of the number, whichever
/// evaluation that keeps its promises (FloatingPointScope) computes it.
///
/// domain   elementary arithmetic, sqrt, exp, log, log1p, sin, cos, abs, min, max and `Scalar::branch`
/// error    infinite where the operand's error reaches a pole, a negative root, a logarithm's 0 or the
///          largest float: nothing is known then, and a judge says vacuous. Additions are bounded for
///          every order: a sum remembers the magnitudes of its terms, also across expressions, until
///          another operation (or `closed`) ends it. Fused products are covered. Not covered: flush to
///          zero, another formula for the same function.
/// source   reference/bound_rules.hpp; Rules is BoundRules everywhere but in the tests of the tests
template <class Rules>
class BasicBounded {
 public:
  BasicBounded() = default;
  /// A constant of the formula: rounded to the evaluation's format unless it is a number of it.
  BasicBounded(double constant)  // NOLINT(google-explicit-constructor)
      : BasicBounded(leaf(Ball::exact(constant), constant_error(constant))) {}
  BasicBounded(std::integral auto constant)  // NOLINT(google-explicit-constructor)
      : BasicBounded(static_cast<double>(constant)) {}

  /// A stored float that the evaluation starts from.
  static BasicBounded exact(double x) { return leaf(Ball::exact(x), {}); }
  /// A number that was stored after rounding to another format; the evaluation went on from what it had.
  static BasicBounded rounded(double x, const FloatingPoint& storage) {
    const Upper before = Upper(std::abs(x)) / (Lower(1) - storage.u());
    return leaf(Ball::exact(x), Rules::rounding(storage, 1, before, {}));
  }
  static BasicBounded within(const Ball& value, Upper error) { return leaf(value, error); }

  /// The exact number, to working precision.
  const Ball& value() const { return ball_; }
  /// |computed - value|
  Upper error() const { return error_; }
  /// |value|
  Upper magnitude() const { return size_; }
  /// How much larger than the number the terms of its last sum are together: 1 without cancellation. Infinity
  /// where the number may be 0.
  Upper cancellation() const { return sum_.mass.is_zero() ? Upper(1) : sum_.mass / ball_.mignitude(); }
  /// A computed result of zero would be within the bound: a comparison with it shows nothing.
  bool vacuous() const { return !(error_ < ball_.mignitude().bound()); }

  /// The same number where the evaluation is known to compute it before it goes on: no later addition joins
  /// its sum.
  BasicBounded closed() const { return leaf(ball_, error_); }
  /// What is computed, rounded to `storage`.
  BasicBounded stored_as(const FloatingPoint& storage) const {
    const Upper error = error_ + Rules::rounding(storage, 1, size_, error_);
    return leaf(ball_, Upper(storage.largest) < size_ + error ? Upper::unknown() : error);
  }

  friend BasicBounded operator+(const BasicBounded& a, const BasicBounded& b) {
    if (a.is_nothing()) return b;
    return b.is_nothing() ? a : BasicBounded(a.ball_ + b.ball_, a.terms(), b.terms());
  }
  friend BasicBounded operator-(const BasicBounded& a, const BasicBounded& b) { return a + -b; }
  friend BasicBounded operator-(BasicBounded a) {
    a.ball_ = -a.ball_;
    return a;
  }
  friend BasicBounded operator*(const BasicBounded& a, const BasicBounded& b) {
    return leaf(a.ball_ * b.ball_, product_error(a, b));
  }
  friend BasicBounded operator/(const BasicBounded& a, const BasicBounded& b) {
    Ball quotient = a.ball_ / b.ball_;
    const Upper change =
        Rules::quotient_change(quotient.magnitude(), a.error_, b.ball_.mignitude(), b.error_);
    return rounded_leaf(std::move(quotient), change, 1);
  }
  BasicBounded& operator+=(const BasicBounded& b) { return *this = *this + b; }
  BasicBounded& operator-=(const BasicBounded& b) { return *this = *this - b; }
  BasicBounded& operator*=(const BasicBounded& b) { return *this = *this * b; }
  BasicBounded& operator/=(const BasicBounded& b) { return *this = *this / b; }

  /// *this += a b, fused or not.
  void add_product(const BasicBounded& a, const BasicBounded& b) {
    if (is_nothing()) {
      *this = a * b;
      return;
    }
    const Upper product = a.size_ * b.size_;
    const Upper error = limited(product, product_error(a, b));
    const Terms before = terms();
    ball_.add_product(a.ball_, b.ball_, a.size_, b.size_);
    bound_sum(before, {error, product + error, 1});
  }

  /// *this += a(0) b(0) + … + a(n-1) b(n-1): the bound of n calls of add_product.
  template <class A, class B>
  void add_inner_product(std::size_t n, A a, B b) {
    if (n == 0) return;
    const Terms before = is_nothing() ? Terms{{}, {}, 0} : terms();
    Upper size;
    Upper change;
    for (std::size_t i = 0; i < n; ++i) {
      const BasicBounded& x = a(i);
      const BasicBounded& y = b(i);
      size = size + x.size_ * y.size_;
      change = change + Rules::product_change(x.size_, x.error_, y.size_, y.error_);
      ball_.add_product(x.ball_, y.ball_, x.size_, y.size_);
    }
    const FloatingPoint& f = evaluation();
    const Upper underflow = Upper(static_cast<double>(n)) * f.underflow;  // rounding() counts one of them
    const Upper error = change + Rules::rounding(f, 1, size, change) + underflow;
    bound_sum(before, {error, size + error, n});
  }

  friend BasicBounded sqrt(const BasicBounded& a) {
    return rounded_leaf(sqrt(a.ball_), Rules::root_change(a.ball_.positive_part(), a.error_), 1);
  }
  friend BasicBounded exp(const BasicBounded& a) {
    Ball value = exp(a.ball_);
    const Upper change = Rules::exp_change(value.magnitude(), a.error_);
    return rounded_leaf(std::move(value), change, evaluation().exp_error);
  }
  friend BasicBounded log(const BasicBounded& a) {
    return rounded_leaf(log(a.ball_), Rules::log_change(a.ball_.positive_part(), a.error_),
                        evaluation().log_error);
  }
  friend BasicBounded log1p(const BasicBounded& a) {
    return rounded_leaf(log1p(a.ball_), Rules::log_change(a.ball_.one_plus(), a.error_),
                        evaluation().log_error);
  }
  friend BasicBounded sin(const BasicBounded& a) { return sine_and_cosine(a).first; }
  friend BasicBounded cos(const BasicBounded& a) { return sine_and_cosine(a).second; }
  friend BasicBounded abs(const BasicBounded& a) { return leaf(abs(a.ball_), a.error_); }
  /// 1 / (1 + e^-x). Where e^-x overflows the quotient is 0, and all there is lies below 2 e^x.
  friend BasicBounded sigmoid(const BasicBounded& x) {
    BasicBounded quotient = BasicBounded(1) / (BasicBounded(1) + exp(-x));
    if (quotient.error_.is_finite() || !x.error_.is_finite()) return quotient;
    const Ball small = exp(x.ball_);
    const Upper largest = small.magnitude() + Rules::exp_change(small.magnitude(), x.error_);
    return leaf(small / (Ball::exact(1) + small), Upper(2) * (largest + evaluation().underflow));
  }

  static std::pair<BasicBounded, BasicBounded> sine_and_cosine(const BasicBounded& a) {
    const auto [sine, cosine] = sin_cos(a.ball_);
    const Upper rounding = Upper(evaluation().arithmetic.trig_error) * evaluation().u();
    return {leaf(sine, Rules::sine_change(cosine.magnitude(), a.error_) + rounding),
            leaf(cosine, Rules::sine_change(sine.magnitude(), a.error_) + rounding)};
  }

  /// a < b, for the numbers and for whatever is computed for them.
  friend bool certainly_less(const BasicBounded& a, const BasicBounded& b) {
    return a.reach() + b.reach() < middle_gap(a.ball_, b.ball_).bound();
  }
  friend BasicBounded smaller_of(const BasicBounded& a, const BasicBounded& b) {
    if (certainly_less(a, b)) return a;
    if (certainly_less(b, a)) return b;
    FloatingPointScope::count_open_comparison();
    return leaf(smaller(a.ball_, b.ball_), largest_of(a.error_, b.error_));
  }
  friend BasicBounded larger_of(const BasicBounded& a, const BasicBounded& b) {
    if (certainly_less(a, b)) return b;
    if (certainly_less(b, a)) return a;
    FloatingPointScope::count_open_comparison();
    return leaf(larger(a.ball_, b.ball_), largest_of(a.error_, b.error_));
  }
  /// above() where value > threshold, else below(). Where the threshold is within reach of what may be
  /// computed, either formula may be computed whichever is meant; and either may be meant where the working
  /// precision cannot tell.
  template <class Above, class Below>
  static BasicBounded branch(const BasicBounded& value, const BasicBounded& threshold, Above above,
                             Below below) {
    if (certainly_less(threshold, value)) return above();
    if (certainly_less(value, threshold)) return below();
    FloatingPointScope::count_open_comparison();
    const BasicBounded high = above();
    const BasicBounded low = below();
    const Upper apart = middle_distance(high.ball_, low.ball_) + high.ball_.radius + low.ball_.radius;
    const std::optional<bool> is_above = is_less(threshold.ball_, value.ball_);
    Ball meant = is_above.value_or(true) ? high.ball_ : low.ball_;
    if (!is_above) meant.radius = meant.radius + apart;
    return leaf(std::move(meant), largest_of(high.error_, low.error_) + apart);
  }

 private:
  /// Of a sum: the terms' own errors, their computed magnitudes, their number.
  struct Terms {
    Upper error;
    Upper mass;
    std::size_t count;
  };

  static const FloatingPoint& evaluation() { return FloatingPointScope::current(); }

  static Upper constant_error(double x) {
    const FloatingPoint& f = evaluation();
    int exponent = 0;
    const double digits = std::frexp(std::abs(x), &exponent) / f.u();
    const bool normal = std::abs(x) >= f.underflow / f.u();
    if (x == 0 || (normal && digits == std::floor(digits))) return {};
    return Rules::rounding(f, 1, std::abs(x), {});
  }

  static Upper product_error(const BasicBounded& a, const BasicBounded& b) {
    const Upper change = Rules::product_change(a.size_, a.error_, b.size_, b.error_);
    return change + Rules::rounding(evaluation(), 1, a.size_ * b.size_, change);
  }

  static Upper limited(Upper size, Upper error) {
    return Upper(evaluation().largest) < size + error ? Upper::unknown() : error;
  }

  BasicBounded(Ball ball, Upper error)
      : ball_(std::move(ball)), size_(ball_.magnitude()), error_(limited(size_, error)) {}
  BasicBounded(Ball ball, const Terms& a, const Terms& b) : ball_(std::move(ball)) { bound_sum(a, b); }

  static BasicBounded leaf(Ball ball, Upper error) { return BasicBounded(std::move(ball), error); }

  static BasicBounded rounded_leaf(Ball ball, Upper change, double units) {
    const Upper rounding = Rules::rounding(evaluation(), units, ball.magnitude(), change);
    return leaf(std::move(ball), change + rounding);
  }

  void bound_sum(const Terms& a, const Terms& b) {
    sum_ = {a.error + b.error, a.mass + b.mass, a.count + b.count};
    scope_ = FloatingPointScope::id();
    size_ = ball_.magnitude();
    const Upper additions = Rules::summation(evaluation(), sum_.count, sum_.mass);
    error_ = limited(sum_.mass, sum_.error + additions);  // a partial sum may be larger than the result
  }

  /// A sum made under another evaluation stays what it is.
  Terms terms() const {
    const bool open = sum_.count > 1 && scope_ == FloatingPointScope::id();
    return open ? sum_ : Terms{error_, size_ + error_, 1};
  }
  /// The neutral start of a sum: adding it rounds nothing.
  bool is_nothing() const { return size_.is_zero() && error_.is_zero(); }
  Upper reach() const { return ball_.radius + error_; }

  Ball ball_;
  Upper size_;
  Upper error_;
  Terms sum_{{}, {}, 1};
  std::uint64_t scope_ = 0;
};

using Bounded = BasicBounded<BoundRules>;

/// |got - value| over its bound: at most 1 for every evaluation that keeps its promises, infinite for NaN
/// and where nothing is known. The bound includes the radius, by which the exact value itself is not known:
/// next to nothing at 50 digits, unless a branch could not be decided.
template <class Rules>
double clearance(const BasicBounded<Rules>& expected, double got) {
  const Upper bound = expected.error() + expected.value().radius;
  const Upper off = middle_distance(Ball::exact(got), expected.value());
  if (!bound.is_finite()) return Upper::unknown().bound();
  return off.is_zero() ? 0 : (off / Lower(bound.bound())).bound();
}

template <class Rules>
struct Kink<BasicBounded<Rules>> {
  using Bounded = BasicBounded<Rules>;

  static std::optional<bool> less(const Bounded& a, const Bounded& b) {
    if (certainly_less(a, b)) return true;
    if (certainly_less(b, a)) return false;
    return std::nullopt;
  }
  static Bounded indicator(const Bounded& a, const Bounded& b) {
    if (const auto known = less(a, b)) return Bounded::exact(*known ? 1 : 0);
    const auto meant = is_less(a.value(), b.value());
    Ball value = Ball::exact(meant ? (*meant ? 1 : 0) : 0.5);
    if (!meant) value.radius = 0.5;
    return Bounded::within(value, 1);
  }
};

}  // namespace sca::reference

namespace sca {

template <class Rules>
struct Scalar<reference::BasicBounded<Rules>> {
  using Bounded = reference::BasicBounded<Rules>;

  static Bounded pi() {
    const reference::Ball value = reference::Ball::pi();
    const reference::FloatingPoint& f = reference::FloatingPointScope::current();
    return Bounded::within(value, Rules::rounding(f, 1, value.magnitude(), {}));
  }
  static Bounded smaller(const Bounded& a, const Bounded& b) { return smaller_of(a, b); }
  static Bounded larger(const Bounded& a, const Bounded& b) { return larger_of(a, b); }
  static Bounded square(const Bounded& x) { return x * x; }
  static Bounded sinc(const Bounded& x) {
    return x.magnitude().is_zero() && x.error().is_zero() ? Bounded(1) : sin(x) / x;
  }
  static bool negligible(const Bounded& x) { return x.magnitude().is_zero() && x.error().is_zero(); }
  static Bounded unit_ball() { return Bounded(1); }
  template <class Above, class Below>
  static Bounded branch(const Bounded& value, const Bounded& threshold, Above above, Below below) {
    return Bounded::branch(value, threshold, above, below);
  }
  static void sin_cos(const Bounded& x, Bounded& sine, Bounded& cosine) {
    std::tie(sine, cosine) = Bounded::sine_and_cosine(x);
  }
  static void add_product(Bounded& sum, const Bounded& a, const Bounded& b) { sum.add_product(a, b); }
  template <class A, class B>
  static void add_inner_product(Bounded& sum, std::size_t n, A a, B b) {
    sum.add_inner_product(n, a, b);
  }
  /// With its error: the computed shift is one of the computed scores.
  static Bounded representative(const Bounded& x) { return x; }
};

}  // namespace sca
