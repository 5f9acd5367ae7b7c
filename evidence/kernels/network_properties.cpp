#include "evidence/kernels/network_properties.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "evidence/hash.hpp"
#include "evidence/kernels/along.hpp"
#include "evidence/kernels/network_run.hpp"
#include "evidence/networks/arithmetic.hpp"
#include "evidence/networks/network_case.hpp"
#include "kernels/registry.hpp"

namespace sca::evidence::kernels {
namespace {

using operators::Given;
using operators::OperatorCase;
using reference::Bounded;
using reference::Tensor;
using Flat = NetworkRun::Numbers;  // a tensor without its shape

/// What a network's results are judged with.
struct NetworkTrial {
  NetworkTrial(const NetworkKernel& kernel, const OperatorCase& one, Oracle& oracle)
      : arithmetic(networks::arithmetic_of(kernel.by).format),
        given(oracle.given(one, SCA_F64)),
        expected(oracle.expected_of_network(given, arithmetic)),
        judge(format_of(SCA_F64), format_of(SCA_F64), arithmetic, expected.kinks),
        run(kernel, given) {}

  void logits(const std::string& name, const std::string& expected_name, Flat got) {
    judge.real(name, expected.results.at(expected_name), {networks::logits_shape(given.one), std::move(got)});
  }

  reference::FloatingPoint arithmetic;
  const Given<double>& given;
  const operators::Expected& expected;
  ResultJudge judge;
  NetworkRun run;
};

/// Of logits [B, L, vocab] the last ones [B, vocab].
Tensor<Bounded> last_of(const Tensor<Bounded>& logits, const OperatorCase& one) {
  const std::size_t vocab = one.size("vocab");
  Tensor<Bounded> last{{one.size("B"), vocab}, {}};
  for (std::size_t b = 0; b < one.size("B"); ++b) {
    const auto row = logits.row((b + 1) * one.size("L") - 1, vocab);
    last.data.insert(last.data.end(), row.begin(), row.end());
  }
  return last;
}

bool are_same(const Flat& a, const Flat& b) {
  return std::ranges::equal(a, b, [](double x, double y) {
    return (std::isnan(x) && std::isnan(y)) ||
           std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y);
  });
}

Outcome found(bool holds, std::string_view what) {
  if (holds) return {};
  return {.verdict = judge::Verdict::fail, .what = fmt::format("other bits: {}", what)};
}

std::vector<std::int64_t> other_ids(std::vector<std::int64_t> ids, std::size_t vocab) {
  for (std::int64_t& id : ids) id = (id + 1) % static_cast<std::int64_t>(vocab);
  return ids;
}

/// Every third row has none.
std::vector<std::int64_t> labels_of(const OperatorCase& one, std::size_t rows) {
  std::vector<std::int64_t> labels;
  for (std::size_t i = 0; i < rows; ++i)
    labels.push_back(i % 3 == 1 ? -1 : static_cast<std::int64_t>(mixed(one.seed + i) % one.size("vocab")));
  return labels;
}

Outcome calls_before_change_nothing(const NetworkKernel& kernel, const Given<double>& given) {
  NetworkRun run(kernel, given);
  const Flat logits = run.logits();
  const Flat gradient = run.gradient();
  const auto others = other_ids(run.ids(), given.size("vocab"));
  run.gradient(others, run.logits(others));
  if (!are_same(logits, run.logits())) return found(false, "logits after another batch");
  return found(are_same(gradient, run.gradient()), "gradients after another batch");
}

/// The operator's own gradient by the logits, which is judged with it, goes back as any other.
Outcome loss_is_one_of_the_logits(const NetworkKernel& kernel, const Given<double>& given) {
  NetworkRun run(kernel, given);
  const std::size_t rows = given.size("B") * given.size("L");
  const std::vector<std::int64_t> labels = labels_of(given.one, rows);
  const Flat logits = run.logits();
  Flat losses(rows);
  Flat by_logits(logits.size());
  double mean = 0;
  kernel.by.operators->cross_entropy({static_cast<std::int64_t>(rows),
                                      static_cast<std::int64_t>(given.size("vocab")), logits.data(),
                                      labels.data(), &mean, losses.data(), by_logits.data(), 1});
  const Flat gradient = run.gradient(run.ids(), by_logits);
  const double of_backward = run.network().backward(run.ids().data(), labels.data());
  const std::span<const double> made = run.network().gradient();
  if (!are_same(gradient, {made.begin(), made.end()})) return found(false, "gradients of the loss");
  return found(are_same({mean, mean}, {of_backward, run.network().loss(labels.data())}), "the loss");
}

/// A few tokens, so that a decoder which does not go back has room for them twice.
std::size_t few_of(const OperatorCase& one) { return (one.size("L") + one.size("room")) / 2; }

Outcome parameters_before_change_nothing(const NetworkKernel& kernel, const Given<double>& given) {
  OperatorCase another = given.one;
  another.seed += 1;
  const Given<double> others = operators::make_given(another, SCA_F64);
  const std::size_t few = std::min(few_of(given.one), given.size("L"));
  NetworkRun fresh(kernel, given);
  const Flat logits = fresh.logits();
  const Flat gradient = fresh.gradient();
  const Flat expected = fresh.decoded(few, {});
  NetworkRun used(kernel, given);
  used.set(others.numbers);
  used.logits();
  used.decoded(few, {});
  used.set(given.numbers);
  if (!are_same(logits, used.logits())) return found(false, "logits after other parameters");
  if (!are_same(gradient, used.gradient())) return found(false, "gradients after other parameters");
  if (!are_same(expected, used.decoded(few, {}, true)))
    return found(false, "decoding after other parameters and a reset");
  return found(are_same(expected, used.decoded(few, {}, true)), "decoding after a reset");
}

Outcome threads_change_nothing(const NetworkKernel& kernel, const Given<double>& given) {
  NetworkRun one(kernel, given);
  NetworkRun three(kernel, given, 3);
  if (!are_same(one.logits(), three.logits())) return found(false, "logits of three threads");
  return found(are_same(one.gradient(), three.gradient()), "gradients of three threads");
}

}  // namespace

NetworkKernel our_network() {
  using namespace sca::kernels;  // NOLINT(google-build-using-namespace): beside this namespace of that name
  const Operators<double>* table = f64_operators().front();
  const auto cores = core_kernels();
  const auto core = std::ranges::find(cores, std::string_view(table->name),
                                      [](const sca_core_kernel* one) { return std::string_view(one->name); });
  return {make_network<Network<double>, TrainingPass<double>, Decoder<double>>, {table, *core, 1}};
}

Outcome network_is_accurate(const NetworkKernel& kernel, const OperatorCase& one, Oracle& oracle) {
  NetworkTrial trial(kernel, one, oracle);
  trial.logits("logits", "logits", trial.run.logits());
  return trial.judge.outcome();
}

Outcome network_steps_are_accurate(const NetworkKernel& kernel, const OperatorCase& one, Oracle& oracle) {
  NetworkTrial trial(kernel, one, oracle);
  const std::size_t L = one.size("L");
  const std::size_t prefill = networks::prefill_of(one);
  trial.logits("step_logits", "step_logits", trial.run.decoded(L, {}));
  if (prefill > 0)
    trial.logits("prefill_step_logits", "prefill_step_logits", trial.run.decoded(L, {prefill}));
  if (L > 1) trial.logits("logits, in pieces", "logits", trial.run.decoded(L, {L / 2, L - L / 2}));
  trial.judge.real("the last logits", last_of(trial.expected.results.at("logits"), one),
                   {{one.size("B"), one.size("vocab")}, trial.run.last_logits()});
  return trial.judge.outcome();
}

Outcome network_gradients_are_accurate(const NetworkKernel& kernel, const OperatorCase& one, Oracle& oracle) {
  NetworkTrial trial(kernel, one, oracle);
  trial.run.logits();
  const Flat gradient = trial.run.gradient();
  for (const auto& [name, numbers] : trial.given.numbers)
    trial.judge.real("g." + name, trial.expected.results.at("g." + name), trial.run.part(gradient, name));
  return trial.judge.outcome();
}

Outcome network_gradients_agree_with_differences(const NetworkKernel& kernel, const OperatorCase& one,
                                                 Oracle& oracle) {
  NetworkTrial trial(kernel, one, oracle);
  trial.run.logits();
  const Flat gradient = trial.run.gradient();
  Along along(trial.expected.kinks);
  for (const auto& [name, direction] : operators::direction(trial.given))
    along.add(direction, trial.run.part(gradient, name), nullptr, trial.expected.results.at("g." + name));
  along.judge_by(oracle.along_direction(trial.given, {}), trial.judge);
  return trial.judge.outcome();
}

Outcome network_calls_agree(const NetworkKernel& kernel, const OperatorCase& one, Oracle& oracle) {
  const Given<double>& given = oracle.given(one, SCA_F64);
  for (const auto holds : {calls_before_change_nothing, loss_is_one_of_the_logits,
                           parameters_before_change_nothing, threads_change_nothing}) {
    Outcome outcome = holds(kernel, given);
    if (outcome.verdict != judge::Verdict::pass) return outcome;
  }
  return {};
}

}  // namespace sca::evidence::kernels
