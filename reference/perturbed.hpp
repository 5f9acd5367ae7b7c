#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <optional>
#include <tuple>
#include <utility>

#include "reference/bounded.hpp"
#include "reference/rounding_tape.hpp"

namespace sca::reference {

/// A number of the exact evaluation together with what is computed for it, by a floating-point evaluation of
/// the same expression from other inputs: both lie in one ball, and the tape in force knows how they come
/// apart. Every template of the reference runs on it.
///
/// domain   as BasicBounded; inside the scope of a recording
/// error    the ball grows as running bounds do; what the tape says of the outputs (RoundingTape::errors) is
///          a sum over all roundings, each times an enclosure of the output's derivative by it. Additions in
///          every order, fused products and kinks are covered as BasicBounded covers them: a sum stays open
///          to further terms until another operation takes it. Where a branch is open, either side may be
///          meant and either computed: their distance counts as a rounding.
/// source   reference/rounding_tape.hpp; reference/bound_rules.hpp
template <class Rules>
class BasicPerturbed {
 public:
  /// Makes this thread record on `tape` until the scope ends.
  class Recording {
   public:
    explicit Recording(RoundingTape& tape) : saved_(std::exchange(tape_in_force, &tape)) {}
    ~Recording() { tape_in_force = saved_; }
    Recording(const Recording&) = delete;
    Recording& operator=(const Recording&) = delete;

   private:
    RoundingTape* saved_;
  };

  BasicPerturbed() = default;
  /// A constant of the formula: rounded to the evaluation's format unless it is a number of it.
  BasicPerturbed(double constant)  // NOLINT(google-explicit-constructor)
      : BasicPerturbed(result(Ball::exact(constant), BasicBounded<Rules>(constant).error())) {}
  BasicPerturbed(std::integral auto constant)  // NOLINT(google-explicit-constructor)
      : BasicPerturbed(static_cast<double>(constant)) {}

  /// A stored float that both evaluations start from.
  static BasicPerturbed exact(double x) { return BasicPerturbed(Ball::exact(x), constant_node); }
  /// An input: the exact one and the one computed from lie in `ball`.
  static BasicPerturbed input(const Ball& ball) { return BasicPerturbed(ball, tape_in_force->input()); }
  /// Not known but the same in both evaluations: a shift that cancels.
  static BasicPerturbed common(const Ball& ball) { return BasicPerturbed(ball, constant_node); }
  /// In `ball`, the two being up to `apart` apart.
  static BasicPerturbed within(const Ball& ball, Upper apart) { return result(ball, apart); }

  /// Whatever the number is, and whatever is computed for it.
  const Ball& value() const {
    close();
    return ball_;
  }
  /// Its place on the tape.
  NodeId id() const {
    close();
    return node_;
  }

  friend BasicPerturbed operator+(const BasicPerturbed& a, const BasicPerturbed& b) {
    if (a.is_nothing()) return b;
    if (b.is_nothing()) return a;
    BasicPerturbed sum(a.ball_ + b.ball_, constant_node);
    unit_edge(a.open_, false);
    unit_edge(b.open_, false);
    sum.extend(a.mass() + b.mass(), a.count_ + b.count_, {});
    return sum;
  }
  friend BasicPerturbed operator-(const BasicPerturbed& a, const BasicPerturbed& b) { return a + -b; }
  friend BasicPerturbed operator-(const BasicPerturbed& a) {
    BasicPerturbed negative(-a.ball_, constant_node);
    unit_edge(a.open_, true);
    negative.extend(a.mass(), a.count_, {});
    return negative;
  }
  friend BasicPerturbed operator*(const BasicPerturbed& a, const BasicPerturbed& b) {
    Ball product = a.value() * b.value();
    edge(a, b.ball_);
    edge(b, a.ball_);
    return rounded(std::move(product), 1);
  }
  friend BasicPerturbed operator/(const BasicPerturbed& a, const BasicPerturbed& b) {
    Ball quotient = a.value() / b.value();
    edge(a, Ball::exact(1) / b.ball_);
    edge(b, -(quotient / b.ball_));
    return rounded(std::move(quotient), 1);
  }
  BasicPerturbed& operator+=(const BasicPerturbed& b) { return *this = *this + b; }
  BasicPerturbed& operator-=(const BasicPerturbed& b) { return *this = *this - b; }
  BasicPerturbed& operator*=(const BasicPerturbed& b) { return *this = *this * b; }
  BasicPerturbed& operator/=(const BasicPerturbed& b) { return *this = *this / b; }

  /// *this += a(0) b(0) + … + a(n-1) b(n-1), fused or not.
  template <class A, class B>
  void add_inner_product(std::size_t n, A a, B b) {
    if (n == 0) return;
    const Upper before = is_nothing() ? Upper() : mass();
    const std::size_t count = is_nothing() ? 0 : count_;
    for (std::size_t i = 0; i < n; ++i) {  // before edges wait for their number
      a(i).close();
      b(i).close();
    }
    Upper size;
    for (std::size_t i = 0; i < n; ++i) {
      const BasicPerturbed& x = a(i);
      const BasicPerturbed& y = b(i);
      edge(x, y.ball_);
      edge(y, x.ball_);
      const Upper x_size = x.ball_.magnitude();
      const Upper y_size = y.ball_.magnitude();
      ball_.add_product(x.ball_, y.ball_, x_size, y_size);
      size = size + x_size * y_size;
    }
    const FloatingPoint& f = FloatingPointScope::current();
    const Upper underflow = Upper(static_cast<double>(n)) * f.underflow;  // rounding() counts one of them
    const Upper products = Rules::rounding(f, 1, size, {}) + underflow;
    unit_edge(open_, false);
    extend(before + size + products, count + n, products);
  }
  void add_product(const BasicPerturbed& a, const BasicPerturbed& b) {
    add_inner_product(
        1, [&](std::size_t) -> const BasicPerturbed& { return a; },
        [&](std::size_t) -> const BasicPerturbed& { return b; });
  }

  friend BasicPerturbed sqrt(const BasicPerturbed& a) {
    Ball root = sqrt(a.value());
    edge(a, Ball::exact(0.5) / root);
    return rounded(std::move(root), 1);
  }
  friend BasicPerturbed exp(const BasicPerturbed& a) {
    Ball power = exp(a.value());
    edge(a, power);
    return rounded(std::move(power), FloatingPointScope::current().exp_error);
  }
  friend BasicPerturbed log(const BasicPerturbed& a) {
    Ball logarithm = log(a.value());
    edge(a, Ball::exact(1) / a.ball_);
    return rounded(std::move(logarithm), FloatingPointScope::current().log_error);
  }
  friend BasicPerturbed log1p(const BasicPerturbed& a) {
    Ball logarithm = log1p(a.value());
    edge(a, Ball::exact(1) / (Ball::exact(1) + a.ball_));
    return rounded(std::move(logarithm), FloatingPointScope::current().log_error);
  }
  friend BasicPerturbed sin(const BasicPerturbed& a) { return sine_and_cosine(a).first; }
  friend BasicPerturbed cos(const BasicPerturbed& a) { return sine_and_cosine(a).second; }
  static std::pair<BasicPerturbed, BasicPerturbed> sine_and_cosine(const BasicPerturbed& a) {
    const FloatingPoint& f = FloatingPointScope::current();
    const Upper rounding = Upper(f.arithmetic.trig_error) * f.u();
    const auto [sine, cosine] = sin_cos(a.value());
    edge(a, cosine);
    const BasicPerturbed s = result(sine, rounding);
    edge(a, -sine);
    return {s, result(cosine, rounding)};
  }
  friend BasicPerturbed abs(const BasicPerturbed& a) {
    const auto negative = is_less(a.value(), Ball::exact(0));
    const auto positive = is_less(Ball::exact(0), a.ball_);
    edge(a, positive.value_or(false)   ? Ball::exact(1)
            : negative.value_or(false) ? Ball::exact(-1)
                                       : Ball{0, 1});
    return result(abs(a.ball_), {});
  }
  friend BasicPerturbed smaller_of(const BasicPerturbed& a, const BasicPerturbed& b) {
    return branch(
        a, b, [&] { return b; }, [&] { return a; });
  }
  friend BasicPerturbed larger_of(const BasicPerturbed& a, const BasicPerturbed& b) {
    return branch(
        b, a, [&] { return b; }, [&] { return a; });
  }

  /// above() where value > threshold, else below(); both, each in part, where that is open.
  template <class Above, class Below>
  static BasicPerturbed branch(const BasicPerturbed& value, const BasicPerturbed& threshold, Above above,
                               Below below) {
    if (const auto is_above = is_less(threshold.value(), value.value())) return *is_above ? above() : below();
    const BasicPerturbed high = above();
    const BasicPerturbed low = below();
    const Upper apart = middle_distance(high.value(), low.value()) + high.ball_.radius + low.ball_.radius;
    edge(high, Ball{0.5, 0.5});
    edge(low, Ball{0.5, 0.5});
    return result(high.ball_, apart);
  }

 private:
  static thread_local inline constinit RoundingTape* tape_in_force = nullptr;

  BasicPerturbed(Ball ball, NodeId node) : ball_(std::move(ball)), open_(node), node_(node) {}

  static void edge(const BasicPerturbed& from, const Ball& partial) {
    if (from.node_ != constant_node) tape_in_force->add_edge(from.node_, partial);
  }
  static void unit_edge(NodeId from, bool negative) {
    if (from != constant_node) tape_in_force->add_edge(from, negative);
  }

  static Upper limited(Upper size, Upper rounding) {
    return Upper(FloatingPointScope::current().largest) < size + rounding ? Upper::unknown() : rounding;
  }
  /// What was computed from the edges added last.
  static BasicPerturbed result(Ball ball, Upper rounding) {
    const Upper known = limited(ball.magnitude(), rounding);
    ball.radius = ball.radius + known;
    return BasicPerturbed(std::move(ball), tape_in_force->record(known));
  }
  static BasicPerturbed rounded(Ball ball, double units) {
    const Upper size = ball.magnitude();
    return result(std::move(ball), Rules::rounding(FloatingPointScope::current(), units, size, {}));
  }

  /// The neutral start of a sum: adding it rounds nothing.
  bool is_nothing() const { return !is_open_ && node_ == constant_node && ball_.magnitude().is_zero(); }
  Upper mass() const { return count_ > 1 ? mass_ : value().magnitude(); }

  /// Makes this the sum of `count` computed terms, whose products' roundings have not been counted yet.
  void extend(Upper mass, std::size_t count, Upper products) {
    products = limited(mass, products);
    ball_.radius = ball_.radius + products;
    node_ = open_ = tape_in_force->record(products);
    mass_ = mass;
    count_ = count;
    is_open_ = count > 1;
  }
  /// Rounds a sum, once for all of its additions: something else is done with it.
  void close() const {
    if (!is_open_) return;
    const Upper additions = limited(mass_, Rules::summation(FloatingPointScope::current(), count_, mass_));
    ball_.radius = ball_.radius + additions;
    unit_edge(open_, false);
    node_ = tape_in_force->record(additions);
    is_open_ = false;
  }

  mutable Ball ball_;
  NodeId open_ = constant_node;          // of the terms' exact sum
  mutable NodeId node_ = constant_node;  // of what is computed for it
  mutable bool is_open_ = false;
  std::size_t count_ = 1;
  Upper mass_;
};

using Perturbed = BasicPerturbed<BoundRules>;

template <class Rules>
struct Kink<BasicPerturbed<Rules>> {
  using Perturbed = BasicPerturbed<Rules>;

  static std::optional<bool> less(const Perturbed& a, const Perturbed& b) {
    return is_less(a.value(), b.value());
  }
  static Perturbed indicator(const Perturbed& a, const Perturbed& b) {
    if (const auto known = less(a, b)) return Perturbed::exact(*known ? 1 : 0);
    return Perturbed::within(Ball{0.5, 0.5}, 1);
  }
};

}  // namespace sca::reference

namespace sca {

template <class Rules>
struct Scalar<reference::BasicPerturbed<Rules>> {
  using Perturbed = reference::BasicPerturbed<Rules>;

  static Perturbed pi() {
    const reference::Ball value = reference::Ball::pi();
    const reference::FloatingPoint& f = reference::FloatingPointScope::current();
    return Perturbed::within(value, Rules::rounding(f, 1, value.magnitude(), {}));
  }
  static Perturbed smaller(const Perturbed& a, const Perturbed& b) { return smaller_of(a, b); }
  static Perturbed larger(const Perturbed& a, const Perturbed& b) { return larger_of(a, b); }
  static Perturbed square(const Perturbed& x) { return x * x; }
  template <class Above, class Below>
  static Perturbed branch(const Perturbed& value, const Perturbed& threshold, Above above, Below below) {
    return Perturbed::branch(value, threshold, above, below);
  }
  static void sin_cos(const Perturbed& x, Perturbed& sine, Perturbed& cosine) {
    std::tie(sine, cosine) = Perturbed::sine_and_cosine(x);
  }
  static void add_product(Perturbed& sum, const Perturbed& a, const Perturbed& b) { sum.add_product(a, b); }
  template <class A, class B>
  static void add_inner_product(Perturbed& sum, std::size_t n, A a, B b) {
    sum.add_inner_product(n, a, b);
  }
  /// What is computed for x, in the exact evaluation too: it cancels there.
  static Perturbed representative(const Perturbed& x) { return Perturbed::common(x.value()); }
};

}  // namespace sca
