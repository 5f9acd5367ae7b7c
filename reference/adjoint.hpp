#pragma once

#include <concepts>
#include <span>
#include <utility>
#include <vector>

#include "reference/activation.hpp"
#include "reference/inner_product.hpp"
#include "reference/kink.hpp"
#include "reference/tape.hpp"
#include "reference/tensor.hpp"

namespace sca::reference {

/// Reverse-mode autodiff over any scalar, bounded values included: a value, and its place on the tape in
/// force. Every template of the reference runs on it, so that its gradients are those of the one definition,
/// at a few times the cost of the value however many variables there are.
///
/// domain   variables meet operations only inside the scope of their tape
/// error    a derivative at a kink (clamp, softplus' switch, |x|) is that of one side; where a bounded value
///          leaves the side open, that of either is within the bound
template <class Value>
class Adjoint {
 public:
  /// Makes this thread record on `tape` until the scope ends.
  class Recording {
   public:
    explicit Recording(Tape<Value>& tape) : saved_(std::exchange(tape_in_force, &tape)) {}
    ~Recording() { tape_in_force = saved_; }
    Recording(const Recording&) = delete;
    Recording& operator=(const Recording&) = delete;

   private:
    Tape<Value>* saved_;
  };

  Adjoint() = default;
  Adjoint(double constant) : value_(static_cast<Value>(constant)) {}  // NOLINT(google-explicit-constructor)
  Adjoint(std::integral auto constant)
      : value_(static_cast<Value>(constant)) {}  // NOLINT(google-explicit-constructor)
  Adjoint(Value value, NodeId id) : value_(std::move(value)), id_(id) {}

  const Value& value() const { return value_; }
  NodeId id() const { return id_; }

  friend Adjoint operator+(const Adjoint& a, const Adjoint& b) {
    return recorded(a.value_ + b.value_, Term{a, plus}, Term{b, plus});
  }
  friend Adjoint operator-(const Adjoint& a, const Adjoint& b) {
    return recorded(a.value_ - b.value_, Term{a, plus}, Term{b, minus});
  }
  friend Adjoint operator-(const Adjoint& a) { return recorded(-a.value_, Term{a, minus}); }
  friend Adjoint operator*(const Adjoint& a, const Adjoint& b) {
    return recorded(Value(a.value_ * b.value_), Term{a, [&] { return b.value_; }},
                    Term{b, [&] { return a.value_; }});
  }
  friend Adjoint operator/(const Adjoint& a, const Adjoint& b) {
    Value quotient = a.value_ / b.value_;
    const auto by_divisor = [&] { return Value(-Value(quotient / b.value_)); };
    return recorded(quotient, Term{a, [&] { return Value(Value(1) / b.value_); }}, Term{b, by_divisor});
  }
  Adjoint& operator+=(const Adjoint& b) { return *this = *this + b; }
  Adjoint& operator-=(const Adjoint& b) { return *this = *this - b; }
  Adjoint& operator*=(const Adjoint& b) { return *this = *this * b; }
  Adjoint& operator/=(const Adjoint& b) { return *this = *this / b; }

  friend Adjoint sqrt(const Adjoint& a) {
    using std::sqrt;
    Value root = sqrt(a.value_);
    return recorded(root, Term{a, [&] { return Value(Value(0.5) / root); }});
  }
  friend Adjoint exp(const Adjoint& a) {
    using std::exp;
    Value power = exp(a.value_);
    return recorded(power, Term{a, [&] { return power; }});
  }
  friend Adjoint log(const Adjoint& a) {
    using std::log;
    return recorded(Value(log(a.value_)), Term{a, [&] { return Value(Value(1) / a.value_); }});
  }
  friend Adjoint log1p(const Adjoint& a) {
    using std::log1p;
    const auto slope = [&] { return Value(Value(1) / Value(Value(1) + a.value_)); };
    return recorded(Value(log1p(a.value_)), Term{a, slope});
  }
  friend Adjoint abs(const Adjoint& a) {
    using std::abs;
    const auto sign = [&] {
      return Value(Value(1) - Value(Value(2) * Kink<Value>::indicator(a.value_, Value(0))));
    };
    return recorded(Value(abs(a.value_)), Term{a, sign});
  }
  /// One operation, whose derivative y (1 - y) does not overflow where e^-x does.
  friend Adjoint sigmoid(const Adjoint& a) {
    Value y = sigmoid(a.value_);
    return recorded(y, Term{a, [&] { return Value(y * Value(Value(1) - y)); }});
  }
  static void sin_cos(const Adjoint& a, Adjoint& sine, Adjoint& cosine) {
    Value s(0);
    Value c(0);
    Scalar<Value>::sin_cos(a.value_, s, c);
    Adjoint both[2] = {recorded(s, Term{a, [&] { return c; }}),
                       recorded(c, Term{a, [&] { return Value(-s); }})};
    sine = std::move(both[0]);
    cosine = std::move(both[1]);
  }
  /// *this += a b
  void add_product(const Adjoint& a, const Adjoint& b) {
    Value sum = value_;
    Scalar<Value>::add_product(sum, a.value_, b.value_);
    *this = recorded(std::move(sum), Term{*this, plus}, Term{a, [&] { return b.value_; }},
                     Term{b, [&] { return a.value_; }});
  }
  /// *this += sum_i a(i) b(i); a is the matrix's row or column.
  template <class A, class B>
  void add_inner_product(std::size_t n, A a, B b) {
    reference::add_inner_product(
        value_, n, [&](std::size_t i) -> const Value& { return a(i).value_; },
        [&](std::size_t i) -> const Value& { return b(i).value_; });
    if (tape_in_force == nullptr) return;
    Tape<Value>& tape = *tape_in_force;
    if (const std::size_t stride = stride_of_variables(n, a); stride != 0) {
      const auto row = [&](std::size_t i) { return typename Tape<Value>::Source{b(i).value_, b(i).id_}; };
      id_ = tape.record_product(id_, a(0).id_, stride, n, row);
      return;
    }
    tape.add_edge(id_, false);
    for (std::size_t i = 0; i < n; ++i) {
      tape.add_edge(a(i).id_, b(i).value_);
      tape.add_edge(b(i).id_, a(i).value_);
    }
    id_ = tape.record();
  }

  /// above() where threshold < value, else below(); both, each as a part, where that is open.
  template <class Above, class Below>
  static Adjoint branch(const Adjoint& value, const Adjoint& threshold, Above above, Below below) {
    const auto is_above = Kink<Value>::less(threshold.value_, value.value_);
    if (is_above) return *is_above ? Adjoint(above()) : Adjoint(below());
    const Adjoint high = above();
    const Adjoint low = below();
    Value meant = Scalar<Value>::branch(
        value.value_, threshold.value_, [&] { return high.value_; }, [&] { return low.value_; });
    const Value part = Kink<Value>::indicator(threshold.value_, value.value_);
    return recorded(std::move(meant), Term{high, [&]() -> const Value& { return part; }},
                    Term{low, [&] { return Value(Value(1) - part); }});
  }

 private:
  static thread_local inline constinit Tape<Value>* tape_in_force = nullptr;

  static constexpr struct Plus {
  } plus{};
  static constexpr struct Minus {
  } minus{};
  /// An operand, and the derivative by it.
  template <class Partial>
  struct Term {
    const Adjoint& operand;
    Partial partial;

    void add_to(Tape<Value>& tape) const {
      if (operand.id_ == constant_node) return;
      if constexpr (std::same_as<Partial, Plus> || std::same_as<Partial, Minus>) {
        tape.add_edge(operand.id_, std::same_as<Partial, Minus>);
      } else {
        tape.add_edge(operand.id_, partial());
      }
    }
  };
  template <class Partial>
  Term(const Adjoint&, Partial) -> Term<Partial>;

  template <class... Partial>
  static Adjoint recorded(Value value, const Term<Partial>&... terms) {
    if (tape_in_force == nullptr) return {std::move(value), constant_node};
    (terms.add_to(*tape_in_force), ...);
    return {std::move(value), tape_in_force->record()};
  }

  /// s where a(i) are the variables first + i s; 0 where they are not.
  template <class A>
  static std::size_t stride_of_variables(std::size_t n, A a) {
    if (n == 0 || !tape_in_force->is_variable(a(0).id_)) return 0;
    const std::size_t first = a(0).id_;
    const std::size_t stride = n == 1 ? 1 : std::size_t{a(1).id_} - first;
    for (std::size_t i = 0; i < n; ++i) {
      if (!tape_in_force->is_variable(a(i).id_) || a(i).id_ != first + i * stride) return 0;
    }
    return stride;
  }

  Value value_{0};
  NodeId id_ = constant_node;
};

/// The tensor's numbers as variables of `tape`.
template <class Value>
Tensor<Adjoint<Value>> variables(Tape<Value>& tape, const Tensor<Value>& tensor) {
  return tensor_cast<Adjoint<Value>>(tensor,
                                     [&](const Value& x) { return Adjoint<Value>(x, tape.variable(x)); });
}

/// Derivatives of sum_i cotangent_i output_i by everything that was recorded.
template <class Value>
class Gradient {
 public:
  Gradient(const Tape<Value>& tape, std::span<const Adjoint<Value>> outputs,
           std::span<const Value> cotangents) {
    std::vector<NodeId> ids;
    for (const Adjoint<Value>& output : outputs) ids.push_back(output.id());
    by_node_ = tape.gradient(ids, cotangents);
  }

  Value at(NodeId id) const { return id == constant_node ? Value(0) : by_node_[id]; }
  Value by(const Adjoint<Value>& x) const { return at(x.id()); }
  Tensor<Value> by(const Tensor<Adjoint<Value>>& x) const {
    return tensor_cast<Value>(x, [&](const Adjoint<Value>& entry) { return by(entry); });
  }

 private:
  std::vector<Value> by_node_;
};

}  // namespace sca::reference

namespace sca {

template <class Value>
struct Scalar<reference::Adjoint<Value>> {
  using Adjoint = reference::Adjoint<Value>;

  static Adjoint pi() { return Adjoint(Scalar<Value>::pi(), reference::constant_node); }
  static Adjoint smaller(const Adjoint& a, const Adjoint& b) {
    return Adjoint::branch(
        a, b, [&] { return b; }, [&] { return a; });
  }
  static Adjoint larger(const Adjoint& a, const Adjoint& b) {
    return Adjoint::branch(
        b, a, [&] { return b; }, [&] { return a; });
  }
  static Adjoint square(const Adjoint& x) { return x * x; }
  static bool negligible(const Adjoint& x) { return Scalar<Value>::negligible(x.value()); }
  template <class Above, class Below>
  static Adjoint branch(const Adjoint& value, const Adjoint& threshold, Above above, Below below) {
    return Adjoint::branch(value, threshold, above, below);
  }
  static void sin_cos(const Adjoint& x, Adjoint& sine, Adjoint& cosine) { Adjoint::sin_cos(x, sine, cosine); }
  static void add_product(Adjoint& sum, const Adjoint& a, const Adjoint& b) { sum.add_product(a, b); }
  template <class A, class B>
  static void add_inner_product(Adjoint& sum, std::size_t n, A a, B b) {
    sum.add_inner_product(n, a, b);
  }
  /// A constant: what it stands for cancels.
  static Adjoint representative(const Adjoint& x) {
    return Adjoint(Scalar<Value>::representative(x.value()), reference::constant_node);
  }
};

}  // namespace sca
