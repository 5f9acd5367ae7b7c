#include "evidence/kernels/expected.hpp"

#include "evidence/judge/precision.hpp"
#include "reference/adjoint.hpp"
#include "reference/recursive_decay.hpp"

namespace sca::evidence::kernels {
namespace {

using reference::Adjoint;
using reference::Tensor;

/// f(a problem's tensor, the tensor of a result that belongs to it), for every tensor that gradients are
/// taken by.
template <class Results, class F>
void each(const Problem& p, Results& results, F f) {
  f(p.key, results.key);
  f(p.score, results.score);
  f(p.query, results.query);
  f(p.theta, results.theta);
  f(p.omega, results.omega);
  f(p.rate, results.rate);
  f(p.score_scale, results.score_scale);
  f(p.score_bias, results.score_bias);
  f(p.phase_scale, results.phase_scale);
}

template <class Real>
struct Numbers {
  Tensor<Real> key, score, query, theta, omega, rate, score_scale, score_bias, phase_scale;
};

/// Keys, scores and queries side by side, as the reference's layer has them.
template <class Real>
Tensor<Real> joined(const Problem& p, const Numbers<Real>& numbers) {
  const std::size_t tokens = p.origin.B * p.origin.L;
  Tensor<Real> z{{p.origin.B, p.origin.L, p.origin.config.C()}, {}};
  for (std::size_t i = 0; i < tokens; ++i) {
    for (const Tensor<Real>* one : {&numbers.key, &numbers.score, &numbers.query}) {
      const auto row = one->row(i, one->data.size() / tokens);
      z.data.insert(z.data.end(), row.begin(), row.end());
    }
  }
  return z;
}

template <class Real>
reference::LayerTrace<Real> evaluate(const Problem& p, const Numbers<Real>& numbers) {
  reference::LayerConfig config = p.origin.config;
  config.maxlen = static_cast<std::size_t>(p.rules.horizon);
  reference::LayerParameters<Real> parameters;
  parameters.score_scale = numbers.score_scale;
  parameters.score_bias = numbers.score_bias;
  parameters.phase_scale = numbers.phase_scale;
  const reference::Layer<Real> layer{
      config, p.dialect, std::move(parameters), {numbers.theta, numbers.omega}, numbers.rate.data};
  reference::LayerTrace<Real> trace;
  trace.z_act = joined(p, numbers);
  if (p.rules.recursive_decay != 0) {
    core_recursive(layer, trace);
  } else {
    core(layer, trace);
  }
  return trace;
}

}  // namespace

ExpectedForward expected_forward(const Problem& problem, const reference::FloatingPoint& arithmetic) {
  const reference::FloatingPointScope scope(arithmetic);
  Numbers<Bounded> numbers;
  each(problem, numbers, [](const Tensor<double>& from, Tensor<Bounded>& to) {
    to = reference::tensor_cast<Bounded>(from, Bounded::exact);
  });
  auto trace = evaluate(problem, numbers);
  return {std::move(trace.o), std::move(trace.den), std::move(trace.re), std::move(trace.im),
          reference::FloatingPointScope::open_comparisons()};
}

ExpectedBackward expected_backward(const Problem& problem, const reference::FloatingPoint& arithmetic) {
  using Real = Adjoint<Bounded>;
  const reference::FloatingPointScope scope(arithmetic);
  reference::Tape<Bounded> tape;
  const Real::Recording recording(tape);
  Numbers<Real> numbers;
  each(problem, numbers, [&](const Tensor<double>& from, Tensor<Real>& to) {
    to = variables(tape, reference::tensor_cast<Bounded>(from, Bounded::exact));
  });
  const auto trace = evaluate(problem, numbers);
  std::vector<Bounded> cotangents;
  for (const double x : problem.output_gradient.data) cotangents.push_back(Bounded::exact(x));
  const reference::Gradient<Bounded> gradient(tape, std::span<const Real>(trace.o.data), cotangents);
  return {gradient.by(numbers.key),         gradient.by(numbers.score),
          gradient.by(numbers.query),       gradient.by(numbers.theta),
          gradient.by(numbers.omega),       gradient.by(numbers.rate),
          gradient.by(numbers.score_scale), gradient.by(numbers.score_bias),
          gradient.by(numbers.phase_scale), reference::FloatingPointScope::open_comparisons()};
}

reference::FloatingPoint arithmetic_of(const sca_core_kernel& kernel, sca_operation operation,
                                       const Problem& problem) {
  if (kernel.arithmetic == nullptr) return judge::undeclared(format_of_reals(kernel.dtype).arithmetic);
  const sca_arithmetic& declared = *kernel.arithmetic;
  const std::int64_t of_phases = problem.rules.inner_product_phase != 0 ? problem.shape.H : 0;
  return {{declared.unit_roundoff, declared.trig_error},
          declared.exp_error,
          declared.log_error,
          declared.underflow,
          declared.largest,
          static_cast<std::size_t>(declared.depth(operation, &problem.shape) + of_phases)};
}

}  // namespace sca::evidence::kernels
