#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "reference/activation.hpp"
#include "reference/bounded.hpp"
#include "reference/interval.hpp"
#include "tests/reference/toy_float.hpp"

namespace sca::test {

/// Bits that depend on (seed, index) alone.
inline std::uint64_t hash(std::uint64_t seed, std::uint64_t index) {
  std::uint64_t z = seed * 0x9E3779B97F4A7C15u + index * 0xBF58476D1CE4E5B9u + 1;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

enum class Op {
  add,
  subtract,
  multiply,
  divide,
  sqrt,
  exp,
  log,
  log1p,
  sin,
  cos,
  abs,
  smaller,
  larger,
  branch,
  sigmoid,
  sum,
  dot
};
inline constexpr std::array<std::string_view, 17> op_names{
    "add", "subtract", "multiply", "divide", "sqrt",   "exp",     "log", "log1p", "sin",
    "cos", "abs",      "smaller",  "larger", "branch", "sigmoid", "sum", "dot"};
inline constexpr std::size_t unary_and_binary = 15;  // the first of them: all but the sums

/// `order` chooses among the evaluations that floating point has; exact scalars have one.
template <class Real>
Real add_up(std::span<const Real> terms, std::uint64_t order) {
  if constexpr (std::is_floating_point_v<Real> || std::is_same_v<Real, Toy>) {
    std::vector<Real> heap(terms.begin(), terms.end());
    for (std::uint64_t i = 0; heap.size() > 1; ++i) {
      const std::size_t at = hash(order, i) % (heap.size() - 1);  // neighbours, in any tree
      heap[at] = heap[at] + heap[at + 1];
      heap.erase(heap.begin() + static_cast<std::ptrdiff_t>(at) + 1);
    }
    return heap[0];
  } else {
    Real sum(0);
    for (const Real& term : terms) sum = sum + term;
    return sum;
  }
}

template <class Real>
Real dot(std::span<const Real> a, std::span<const Real> b, std::uint64_t order) {
  if constexpr (std::is_floating_point_v<Real> || std::is_same_v<Real, Toy>) {
    using std::fma;
    if (order % 2 == 0) {
      Real sum(0);
      for (std::size_t i = 0; i < a.size(); ++i) sum = fma(a[i], b[i], sum);
      return sum;
    }
    std::vector<Real> products;
    for (std::size_t i = 0; i < a.size(); ++i) products.push_back(a[i] * b[i]);
    return add_up<Real>(products, order);
  } else {
    Real sum(0);
    for (std::size_t i = 0; i < a.size(); ++i) Scalar<Real>::add_product(sum, a[i], b[i]);
    return sum;
  }
}

/// Every angle that a double can hold, and [-1, 1] beyond: reducing 2^n takes n bits.
template <class Real>
Real sine(const Real& x, bool cosine) {
  using std::cos;
  using std::sin;
  if constexpr (std::is_same_v<Real, Interval>) {
    if (!(upper_double(magnitude(x)) < INFINITY)) return Scalar<Interval>::unit_ball();
  }
  return cosine ? cos(x) : sin(x);
}

template <class Real>
Real apply(Op op, const Real& a, const Real& b) {
  using reference::sigmoid;  // a scalar may have its own
  using std::abs, std::exp, std::log, std::log1p, std::sqrt;
  switch (op) {
    case Op::add: return a + b;
    case Op::subtract: return a - b;
    case Op::multiply: return a * b;
    case Op::divide: return a / b;
    case Op::sqrt: return sqrt(a);
    case Op::exp: return exp(a);
    case Op::log: return log(a);
    case Op::log1p: return log1p(a);
    case Op::sin: return sine(a, false);
    case Op::cos: return sine(a, true);
    case Op::abs: return abs(a);
    case Op::smaller: return smaller(a, b);
    case Op::larger: return larger(a, b);
    case Op::branch:  // a kink of its own, with a jump
      return Scalar<Real>::branch(
          a, b, [&] { return Real(a * Real(2)); }, [&] { return Real(-b); });
    case Op::sigmoid: return sigmoid(a);
    default: return a;
  }
}

/// Straight-line code: step i writes register inputs.size() + i from earlier ones.
struct Program {
  std::vector<double> inputs;
  std::vector<std::uint64_t> steps;
};

/// Every register of the program. `start` makes a scalar of an input.
template <class Real, class Start>
std::vector<Real> run(const Program& program, Start start) {
  std::vector<Real> registers;
  for (const double x : program.inputs) registers.push_back(start(x));
  for (const std::uint64_t code : program.steps) {
    const std::size_t size = registers.size();
    // Recent registers more often than old ones: deep expressions.
    const auto pick = [&](std::uint64_t i) {
      const std::uint64_t bits = hash(code, i);
      return (bits & 1) != 0 ? size - 1 - (bits >> 1) % std::min<std::size_t>(size, 4) : (bits >> 1) % size;
    };
    const Op op = static_cast<Op>(code % op_names.size());
    if (op != Op::sum && op != Op::dot) {
      registers.push_back(apply<Real>(op, registers[pick(0)], registers[pick(1)]));
      continue;
    }
    std::vector<Real> a;
    std::vector<Real> b;
    for (std::uint64_t i = 0; i < 2 + hash(code, 2) % 12; ++i) {
      a.push_back(registers[pick(3 + 2 * i)]);
      b.push_back(registers[pick(4 + 2 * i)]);
    }
    registers.push_back(op == Op::sum ? add_up<Real>(a, code) : dot<Real>(a, b, code));
  }
  return registers;
}

}  // namespace sca::test
