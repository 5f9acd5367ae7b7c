#include "evidence/kernels/operator_properties.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <bit>
#include <cmath>
#include <limits>

#include "evidence/hash.hpp"
#include "evidence/judge/results.hpp"
#include "evidence/kernels/along.hpp"
#include "evidence/kernels/result_judge.hpp"

namespace sca::evidence::kernels {
namespace {

using judge::Verdict;
using operators::Given;
using operators::Named;
using reference::Bounded;
using reference::Tensor;

/// What one call made.
struct Made {
  Named<double> results;
  std::vector<std::string> added, narrow, differentiated;
  bool is_intact;
};

template <class Real, class Function>
Made made_by(Function function, const sca::kernels::Operators<Real>& table, const Given<double>& given,
             const Layout& layout, std::int32_t threads) {
  operators::Arguments<Real> arguments(given, layout, threads);
  function(table, arguments);
  return {arguments.results(), arguments.added(), arguments.narrow(), arguments.differentiated(),
          arguments.is_intact()};
}

Made run(const OperatorKernel& kernel, bool backward, const Given<double>& given, const Layout& layout = {},
         std::int32_t threads = 1) {
  const operators::Definition& one = *kernel.definition;
  if (const auto* table = std::get_if<const sca::kernels::Operators<float>*>(&kernel.table))
    return made_by(backward ? one.backward_f32 : one.forward_f32, **table, given, layout, threads);
  return made_by(backward ? one.backward_f64 : one.forward_f64,
                 *std::get<const sca::kernels::Operators<double>*>(kernel.table), given, layout, threads);
}

/// As the implementation declares it, additions in any order.
reference::FloatingPoint arithmetic_of(const OperatorKernel& kernel) {
  const sca_arithmetic& declared =
      *std::visit([](const auto* table) { return table->arithmetic; }, kernel.table);
  return {{declared.unit_roundoff, declared.trig_error},
          declared.exp_error,
          declared.log_error,
          declared.underflow,
          declared.largest};
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::count(names, name) != 0;
}

const Tensor<Bounded>& expected_of(const operators::Expected& expected, const Made& made,
                                   const std::string& name) {
  return (contains(made.added, name) ? expected.added_to : expected.results).find(name)->second;
}

ResultJudge operator_judge(const Given<double>& given, const reference::FloatingPoint& arithmetic,
                           const operators::Expected& expected) {
  return {format_of_reals(given.dtype), format_of(given.dtype), arithmetic, expected.kinks};
}

/// With the rounding of what is stored in fewer bits.
Tensor<Bounded> as_stored(Tensor<Bounded> exact, bool is_narrow, sca_dtype dtype) {
  for (Bounded& one : exact.data)
    if (is_narrow) one = one.stored_as(format_of(dtype).arithmetic);
  return exact;
}

Outcome accurate(const OperatorKernel& kernel, bool backward, const operators::OperatorCase& one,
                 Oracle& oracle) {
  const Given<double>& given = oracle.given(one, dtype_of(kernel));
  const auto arithmetic = arithmetic_of(kernel);
  const Made made = run(kernel, backward, given);
  const operators::Expected& expected = oracle.expected(given, arithmetic, made.differentiated);
  ResultJudge judge = operator_judge(given, arithmetic, expected);
  for (const auto& [name, got] : made.results) {
    const Tensor<Bounded>& exact = expected_of(expected, made, name);
    if (contains(made.narrow, name)) {
      judge.stored(name, exact, got);
    } else {
      judge.real(name, exact, got);
    }
  }
  judge.require(made.is_intact, "touched what it was not given, or changed an input");
  return judge.outcome();
}

bool is_same(double a, double b) {
  return std::isnan(a) ? std::isnan(b) : std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

std::string entry(const std::string& name, const Tensor<double>& tensor, std::size_t i) {
  return fmt::format("{}[{}]", name, fmt::join(judge::index_of(i, tensor.shape), ", "));
}

Outcome calls(const OperatorKernel& kernel, bool backward, const operators::OperatorCase& one,
              Oracle& oracle) {
  struct Variant {
    std::string_view name;
    Layout layout;
    std::int32_t threads;
  };
  const Variant variants[]{{"two threads", {}, 2},
                           {"three threads", {}, 3},
                           {"as many threads as there are", {}, 0},
                           {"off alignment by an element", {.misalignment = 1}, 1},
                           {"at the end of a page", {.fence = Fence::page}, 1}};
  const Given<double>& given = oracle.given(one, dtype_of(kernel));
  const Made plain = run(kernel, backward, given);
  for (const Variant& variant : variants) {
    const Made other = run(kernel, backward, given, variant.layout, variant.threads);
    if (!other.is_intact)
      return {.verdict = Verdict::fail,
              .what = fmt::format("{}: touched what it was not given", variant.name)};
    for (const auto& [name, result] : plain.results) {
      const Tensor<double>& again = other.results.find(name)->second;
      for (std::size_t i = 0; i < result.data.size(); ++i) {
        if (is_same(result.data[i], again.data[i])) continue;
        return {.verdict = Verdict::fail,
                .what = fmt::format("{}: {}: {:a} and {:a}", variant.name, entry(name, result, i),
                                    result.data[i], again.data[i])};
      }
    }
  }
  return {};
}

}  // namespace

Outcome operator_is_accurate(const OperatorKernel& kernel, const operators::OperatorCase& one,
                             Oracle& oracle) {
  return accurate(kernel, false, one, oracle);
}

Outcome operator_gradients_are_accurate(const OperatorKernel& kernel, const operators::OperatorCase& one,
                                        Oracle& oracle) {
  return accurate(kernel, true, one, oracle);
}

Outcome operator_gradients_agree_with_differences(const OperatorKernel& kernel,
                                                  const operators::OperatorCase& one, Oracle& oracle) {
  const Given<double>& given = oracle.given(one, dtype_of(kernel));
  const auto arithmetic = arithmetic_of(kernel);
  const Made made = run(kernel, true, given);
  const operators::Expected& expected = oracle.expected(given, arithmetic, made.differentiated);
  if (made.differentiated.empty())
    return {.verdict = Verdict::skipped, .what = "of such a call there is none"};
  Along along(expected.kinks);
  for (const auto& [input, direction] : operators::direction(given)) {
    const std::string name = "g." + input;
    const auto got = made.results.find(name);
    if (got == made.results.end()) continue;  // absent, as a bias may be
    const Tensor<double> start = operators::before(given, name, direction.shape);
    along.add(direction, got->second, contains(made.added, name) ? &start : nullptr,
              as_stored(expected_of(expected, made, name), contains(made.narrow, name), given.dtype));
  }
  ResultJudge judge = operator_judge(given, arithmetic, expected);
  along.judge_by(oracle.along_direction(given, made.differentiated), judge);
  return judge.outcome();
}

Outcome operator_calls_agree(const OperatorKernel& kernel, const operators::OperatorCase& one,
                             Oracle& oracle) {
  return calls(kernel, false, one, oracle);
}

Outcome operator_backward_calls_agree(const OperatorKernel& kernel, const operators::OperatorCase& one,
                                      Oracle& oracle) {
  return calls(kernel, true, one, oracle);
}

Outcome operator_hands_nan_on(const OperatorKernel& kernel, const operators::OperatorCase& one,
                              Oracle& oracle) {
  const Given<double>& given = oracle.given(one, dtype_of(kernel));
  for (const auto& [input, numbers] : given.numbers) {
    if (numbers.data.empty()) continue;
    Given<double> changed = given;
    const std::size_t spot = mixed(one.seed + 9) % numbers.data.size();
    changed.numbers[input].data[spot] = std::numeric_limits<double>::quiet_NaN();
    const Named<double> formula = kernel.definition->plain(changed);
    for (const auto& [name, result] : run(kernel, false, changed).results) {
      const Tensor<double>& expected = formula.find(name)->second;
      for (std::size_t i = 0; i < result.data.size(); ++i) {
        // An overflow of float32 alone may make a NaN where float64 has none.
        const bool is_right = std::isnan(expected.data[i])
                                  ? std::isnan(result.data[i])
                                  : !std::isnan(result.data[i]) || one.regime == "huge";
        if (is_right) continue;
        return {.verdict = Verdict::fail,
                .what = fmt::format("a NaN at {} {} {}", entry(input, numbers, spot),
                                    std::isnan(expected.data[i]) ? "does not reach" : "reaches",
                                    entry(name, result, i))};
      }
    }
  }
  return {};
}

}  // namespace sca::evidence::kernels
