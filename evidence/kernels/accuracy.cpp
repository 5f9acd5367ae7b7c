#include "evidence/kernels/accuracy.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <limits>

#include "evidence/hash.hpp"
#include "evidence/judge/results.hpp"
#include "reference/accumulate.hpp"

namespace sca::evidence::kernels {
namespace {

using judge::Verdict;
using reference::Tensor;

/// Judges tensor after tensor by the bounds of one arithmetic.
class Judge {
 public:
  Judge(const sca_core_kernel& kernel, const reference::FloatingPoint& arithmetic, std::size_t kinks)
      : arithmetic_{format_of_reals(kernel.dtype).name, arithmetic},
        storage_{format_of(kernel.dtype).name, format_of(kernel.dtype).arithmetic},
        is_narrow_(kernel.dtype == SCA_BF16 || kernel.dtype == SCA_F16) {
    outcome_.verdict = Verdict::skipped;
    outcome_.kinks = kinks;
  }

  /// Of what is stored as reals.
  void real(std::string_view name, const Tensor<Bounded>& expected, const Tensor<double>& got) {
    add(name, judge::judge({expected}, got.data, arithmetic_, nullptr), got.shape);
  }
  /// Of what is stored as the kernel's inputs are.
  void stored(std::string_view name, const Tensor<Bounded>& expected, const Tensor<double>& got) {
    add(name, judge::judge({expected}, got.data, arithmetic_, is_narrow_ ? &storage_ : nullptr), got.shape);
    if (is_narrow_) require_infinities(name, expected, got);
  }
  void require(bool holds, const std::string& what) {
    if (!holds) fail(what);
  }
  Outcome outcome() const { return outcome_; }

 private:
  void fail(const std::string& what) {
    if (outcome_.verdict != Verdict::fail) outcome_.what = what;
    outcome_.verdict = Verdict::fail;
  }

  void add(std::string_view name, judge::Judgement one, const reference::Shape& shape) {
    if (one.verdict == Verdict::skipped) return;  // without entries
    one.tensor = name;
    one.index = judge::index_of(one.worst, shape);
    outcome_.tensors += 1;
    outcome_.vacuous += one.verdict == Verdict::vacuous ? 1 : 0;
    outcome_.clearance = std::max(outcome_.clearance, one.clearance);
    if (one.verdict == Verdict::fail) {
      fail(fmt::format("{}[{}]: expected {:a} = {:.9g}, got {:a} = {:.9g}: {:.3g} times its bound", name,
                       fmt::join(one.index, ", "), one.expected, one.expected, one.got, one.got,
                       one.clearance));
    } else if (outcome_.verdict != Verdict::fail) {
      outcome_.verdict = outcome_.vacuous == outcome_.tensors ? Verdict::vacuous : Verdict::pass;
    }
    outcome_.judged.push_back(std::move(one));
  }

  /// Where a result surely overflows when it is stored: bounds say nothing there, rounding to nearest does.
  void require_infinities(std::string_view name, const Tensor<Bounded>& expected, const Tensor<double>& got) {
    const double beyond = storage_.format.largest * (1 + 2 * storage_.format.u());
    for (std::size_t i = 0; i < got.data.size(); ++i) {
      const Bounded& exact = expected.data[i];
      if (!(exact.value().mignitude().bound() - exact.error().bound() > beyond)) continue;
      const auto value = static_cast<double>(exact.value().middle);
      const double infinity = std::copysign(std::numeric_limits<double>::infinity(), value);
      require(got.data[i] == infinity,
              fmt::format("{}[{}]: {:.9g} overflows: expected {}, got {:.9g}", name,
                          fmt::join(judge::index_of(i, got.shape), ", "), value, infinity, got.data[i]));
    }
  }

  judge::Precision arithmetic_, storage_;
  bool is_narrow_;
  Outcome outcome_;
};

Outcome refused(int status) {
  return {.verdict = Verdict::skipped, .what = fmt::format("the kernel refused with {}", status)};
}

Outcome judge_forward(const sca_core_kernel& kernel, const Problem& problem, const ExpectedForward& expected,
                      const reference::FloatingPoint& arithmetic, const Call& call) {
  const Forward got = run_forward(kernel, problem, call);
  if (got.status != 0) return refused(got.status);
  Judge judge(kernel, arithmetic, expected.kinks);
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
  const auto arithmetic = arithmetic_of(kernel, SCA_FORWARD, problem.shape);
  return judge_forward(kernel, problem, oracle.forward(problem, arithmetic), arithmetic, {});
}

Outcome step_is_accurate(const sca_core_kernel& kernel, const CoreCase& one, Oracle& oracle) {
  const Problem& problem = oracle.problem(one, kernel.dtype);
  const auto arithmetic = in_any_order(arithmetic_of(kernel, SCA_STEP, problem.shape));
  return judge_forward(kernel, problem, oracle.forward(problem, arithmetic), arithmetic, {.stepwise = true});
}

Outcome resumed_is_accurate(const sca_core_kernel& kernel, const CoreCase& one, Oracle& oracle) {
  const Problem& problem = oracle.problem(one, kernel.dtype);
  const auto arithmetic = in_any_order(arithmetic_of(kernel, SCA_FORWARD, problem.shape));
  return judge_forward(kernel, problem, oracle.forward(problem, arithmetic), arithmetic,
                       {.pieces = cut(one.L, one.seed)});
}

Outcome backward_is_accurate(const sca_core_kernel& kernel, const CoreCase& one, Oracle& oracle) {
  const Problem& problem = oracle.problem(one, kernel.dtype);
  const auto arithmetic = arithmetic_of(kernel, SCA_BACKWARD, problem.shape);
  const ExpectedBackward& expected = oracle.backward(problem, arithmetic);
  const Backward got = run_backward(kernel, problem, {});
  if (got.status != 0) return refused(got.status);
  Judge judge(kernel, arithmetic, expected.kinks);
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
