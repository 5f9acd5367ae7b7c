#include "bench/network/gate.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "bench/network/small_networks.hpp"
#include "evidence/draws.hpp"
#include "evidence/input/error.hpp"
#include "evidence/judge/judge.hpp"
#include "evidence/networks/arithmetic.hpp"
#include "evidence/networks/computed.hpp"
#include "evidence/operators/generator.hpp"

namespace sca::bench {
namespace {

using evidence::judge::Judgement;
using evidence::judge::Verdict;

constexpr std::uint64_t case_seed = 1;
constexpr std::size_t cases_an_operator = 6;

Admission of_report(const evidence::judge::Report& report) {
  Admission result{.verdict = Verdict::vacuous, .what = report.file + ": bounds say nothing"};
  for (const Judgement& one : report.judgements) {
    if (one.verdict == Verdict::fail)
      return {Verdict::fail, one.clearance, report.file + ": " + one.tensor + " is out of its bound"};
    if (one.verdict != Verdict::pass) continue;
    result = {Verdict::pass, std::max(result.clearance, one.clearance), ""};
  }
  return result;
}

Admission judged(const evidence::judge::Dump& inputs, const kernels::Implementation<float>& by) {
  const evidence::judge::Precision arithmetic = evidence::networks::arithmetic_of(by);
  const auto dialect = reference::Dialect::released();
  try {
    return of_report(judge_dump(evidence::networks::computed(inputs, dialect, by),
                                {.dialect = dialect, .arithmetic = &arithmetic}));
  } catch (const evidence::InputError& error) {
    // A stream that the next block would be judged from holds a NaN.
    return {Verdict::fail, 0, error.what()};
  }
}

std::vector<evidence::operators::OperatorCase> small_cases(
    const evidence::operators::Definition& definition) {
  std::vector<evidence::operators::OperatorCase> cases;
  for (std::size_t i = 0; i < cases_an_operator; ++i) {
    evidence::Draws draws(case_seed, i);
    cases.push_back(drawn_case(definition, "uniform", draws));
  }
  return cases;
}

/// No case may fail; of those that the property has something to say of, one must say it.
Admission admission(const evidence::kernels::Property& property,
                    const evidence::kernels::OperatorKernel& kernel,
                    const std::vector<evidence::operators::OperatorCase>& cases,
                    evidence::kernels::Oracle& oracle) {
  Admission result;
  for (const evidence::operators::OperatorCase& one : cases) {
    const evidence::kernels::Outcome found = check(property, kernel, one, oracle);
    if (found.verdict == Verdict::skipped || (found.verdict == Verdict::vacuous && result.is_granted()))
      continue;
    if (found.verdict != Verdict::pass)
      result = {found.verdict, 0, fmt::format("{}: {} ({})", property.name, found.what, to_line(one))};
    else
      result = {Verdict::pass, std::max(result.clearance, found.clearance), ""};
    if (result.verdict == Verdict::fail) return result;
  }
  return result;
}

}  // namespace

Admission operators_admission(const kernels::Operators<float>& table, evidence::kernels::Oracle& oracle) {
  Admission result{.verdict = Verdict::pass};
  for (const evidence::operators::Definition& definition : evidence::operators::definitions()) {
    const std::vector<evidence::operators::OperatorCase> cases = small_cases(definition);
    for (const evidence::kernels::Property& property : evidence::kernels::properties()) {
      if (!std::holds_alternative<evidence::kernels::Property::OfOperator>(property.check)) continue;
      const Admission own = admission(property, {&definition, &table}, cases, oracle);
      if (own.verdict != Verdict::skipped) result = worse(result, own);
      if (!result.is_granted()) return result;
    }
  }
  return result;
}

Admission small_networks_admission(const kernels::Implementation<float>& by) {
  return worse(judged(small_layer(), by), judged(small_model(by), by));
}

}  // namespace sca::bench
