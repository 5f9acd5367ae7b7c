#include "evidence/kernels/accuracy.hpp"

#include <fmt/format.h>

#include "evidence/hash.hpp"
#include "evidence/kernels/result_judge.hpp"
#include "reference/accumulate.hpp"

namespace sca::evidence::kernels {
namespace {

using judge::Verdict;
using reference::Tensor;

ResultJudge judge_of(const sca_core_kernel& kernel, const reference::FloatingPoint& arithmetic,
                     std::size_t kinks) {
  return {format_of_reals(kernel.dtype), format_of(kernel.dtype), arithmetic, kinks};
}

Outcome refused(int status) {
  return {.verdict = Verdict::skipped, .what = fmt::format("the kernel refused with {}", status)};
}

Outcome judge_forward(const sca_core_kernel& kernel, const Problem& problem, const ExpectedForward& expected,
                      const reference::FloatingPoint& arithmetic, const Call& call) {
  const Forward got = run_forward(kernel, problem, call);
  if (got.status != 0) return refused(got.status);
  ResultJudge judge = judge_of(kernel, arithmetic, expected.kinks);
  judge.stored("output", expected.output, got.output);
  judge.require(got.position == problem.shape.L,
                fmt::format("position: expected {}, got {}", problem.shape.L, got.position));
  judge.require(got.is_intact, "wrote outside of its outputs");
  const std::size_t L = problem.origin.L;
  const auto last = [&](const Tensor<Bounded>& states, const Tensor<double>& state) {
    return L == 0 ? Tensor<Bounded>::zeros(state.shape) : reference::slice(states, L - 1);
  };
  judge.real("Z", last(expected.weight, got.weight), got.weight);
  judge.real("R", last(expected.re, got.re), got.re);
  judge.real("I", last(expected.im, got.im), got.im);
  return judge.outcome();
}

/// Up to three pieces of L tokens, some empty.
std::vector<std::size_t> cut(std::size_t L, std::uint64_t seed) {
  const std::size_t first = mixed(seed) % (L + 1);
  const std::size_t second = mixed(seed + 1) % (L - first + 1);
  return {first, second, L - first - second};
}

/// Of calls that carry a state on: their sums are chains of whatever the kernel's are.
reference::FloatingPoint in_any_order(reference::FloatingPoint arithmetic) {
  arithmetic.sum_depth.reset();
  return arithmetic;
}

}  // namespace

Outcome forward_is_accurate(const sca_core_kernel& kernel, const CoreCase& one, Oracle& oracle) {
  const Problem& problem = oracle.problem(one, kernel.dtype);
  const auto arithmetic = arithmetic_of(kernel, SCA_FORWARD, problem);
  return judge_forward(kernel, problem, oracle.forward(problem, arithmetic), arithmetic, {});
}

Outcome step_is_accurate(const sca_core_kernel& kernel, const CoreCase& one, Oracle& oracle) {
  const Problem& problem = oracle.problem(one, kernel.dtype);
  const auto arithmetic = in_any_order(arithmetic_of(kernel, SCA_STEP, problem));
  return judge_forward(kernel, problem, oracle.forward(problem, arithmetic), arithmetic, {.stepwise = true});
}

Outcome resumed_is_accurate(const sca_core_kernel& kernel, const CoreCase& one, Oracle& oracle) {
  const Problem& problem = oracle.problem(one, kernel.dtype);
  const auto arithmetic = in_any_order(arithmetic_of(kernel, SCA_FORWARD, problem));
  return judge_forward(kernel, problem, oracle.forward(problem, arithmetic), arithmetic,
                       {.pieces = cut(one.L, one.seed)});
}

Outcome backward_is_accurate(const sca_core_kernel& kernel, const CoreCase& one, Oracle& oracle) {
  const Problem& problem = oracle.problem(one, kernel.dtype);
  const auto arithmetic = arithmetic_of(kernel, SCA_BACKWARD, problem);
  const ExpectedBackward& expected = oracle.backward(problem, arithmetic);
  const Backward got = run_backward(kernel, problem, {});
  if (got.status != 0) return refused(got.status);
  ResultJudge judge = judge_of(kernel, arithmetic, expected.kinks);
  judge.stored("key", expected.key, got.key);
  judge.stored("score", expected.score, got.score);
  judge.stored("query", expected.query, got.query);
  judge.real("theta", expected.theta, got.theta);
  judge.real("omega", expected.omega, got.omega);
  judge.real("rate", expected.rate, got.rate);
  judge.real("score_scale", expected.score_scale, got.score_scale);
  judge.real("score_bias", expected.score_bias, got.score_bias);
  judge.real("phase_scale", expected.phase_scale, got.phase_scale);
  judge.require(got.is_intact, "wrote outside of the gradients");
  return judge.outcome();
}

}  // namespace sca::evidence::kernels
