#include "evidence/operators/expected.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <optional>

#include "evidence/hash.hpp"
#include "evidence/input/error.hpp"
#include "evidence/operators/regimes.hpp"

namespace sca::evidence::operators {
namespace {

using reference::Adjoint;
using reference::Bounded;
using reference::Tensor;

/// Of float64 more bits than a float's, the same for numbers of one size: what cancels still does.
double with_all_bits(std::uint64_t seed, double x) {
  return x * (1 + 0x1p-24 * signed_unit(seed, 91, std::bit_cast<std::uint64_t>(std::abs(x))));
}

Tensor<double> made(const OperatorCase& one, const Input& input, const Regime& regime, sca_dtype dtype) {
  auto tensor = Tensor<double>::zeros(input.shape);
  const std::uint64_t stream = hashed(input.name);
  for (std::size_t i = 0; i < tensor.data.size(); ++i)
    tensor.data[i] = input.offset + input.scale * signed_unit(one.seed, stream, i);
  if (input.kind == Input::Kind::activation) regime.apply(one.seed, tensor);
  const kernels::NumberFormat& format = format_of(input, dtype);
  const bool is_wide = format.dtype == SCA_F64;
  for (double& x : tensor.data) {
    x = (is_wide ? kernels::format_of(SCA_F32) : format).nearest(x);
    if (is_wide && one.regime != "dyadic") x = format.nearest(with_all_bits(one.seed, x));
  }
  return tensor;
}

Tensor<std::int64_t> made_integers(const OperatorCase& one, const Input& input) {
  auto tensor = Tensor<std::int64_t>::zeros(input.shape);
  const std::uint64_t stream = hashed(input.name);
  for (std::size_t i = 0; i < tensor.data.size(); ++i) {
    const std::uint64_t drawn = mixed(mixed(one.seed + stream) + i) % static_cast<std::uint64_t>(input.scale);
    tensor.data[i] = static_cast<std::int64_t>(input.offset) + static_cast<std::int64_t>(drawn);
  }
  return tensor;
}

/// In the scope in which `exact` was summed, so that its terms and what was there are one sum.
Tensor<Bounded> added_to_before(const Tensor<Bounded>& exact, const Given<double>& given,
                                const std::string& name) {
  Tensor<Bounded> sum = exact;
  const Tensor<double> start = before(given, name, exact.shape);
  for (std::size_t i = 0; i < sum.data.size(); ++i) sum.data[i] += Bounded::exact(start.data[i]);
  return sum;
}

}  // namespace

Given<double> make_given(const OperatorCase& one, sca_dtype dtype) {
  const auto regime = std::ranges::find(regimes(), std::string_view(one.regime), &Regime::name);
  if (regime == regimes().end()) throw InputError("case", "regime", "a known regime", in_quotes(one.regime));
  Given<double> given{one, dtype, {}, {}};
  for (const Input& input : definition(one.name)->inputs(one)) {
    if (input.kind == Input::Kind::integer) {
      given.integers[input.name] = made_integers(one, input);
    } else {
      given.numbers[input.name] = made(one, input, *regime, dtype);
    }
  }
  return given;
}

Expected expected(const Given<double>& given, const reference::FloatingPoint& arithmetic,
                  const std::vector<std::string>& differentiated) {
  using Real = Adjoint<Bounded>;
  const Definition& operation = *definition(given.one.name);
  const reference::FloatingPointScope scope(arithmetic);
  reference::Tape<Bounded> tape;
  std::optional<Real::Recording> recording;
  if (!differentiated.empty()) recording.emplace(tape);
  Given<Real> numbers{given.one, given.dtype, {}, given.integers};
  for (const Input& input : operation.inputs(given.one)) {
    if (input.kind == Input::Kind::integer) continue;
    const bool is_variable = recording && input.is_variable();
    numbers.numbers[input.name] = reference::tensor_cast<Real>(given.numbers.at(input.name), [&](double x) {
      const Bounded exact = Bounded::exact(x);
      return Real(exact, is_variable ? tape.variable(exact) : reference::constant_node);
    });
  }
  const Named<Real> outputs = operation.bounded(numbers);
  Expected result;
  for (const auto& [name, output] : outputs)
    result.results[name] = reference::tensor_cast<Bounded>(output, [](const Real& x) { return x.value(); });
  if (recording) {
    std::vector<Real> all;
    std::vector<Bounded> cotangents;
    for (const std::string& name : differentiated) {
      const Tensor<Real>& output = outputs.find(name)->second;
      all.insert(all.end(), output.data.begin(), output.data.end());
      for (const double x : cotangent(given, name, output.shape).data)
        cotangents.push_back(Bounded::exact(x));
    }
    const reference::Gradient<Bounded> gradient(tape, std::span<const Real>(all), cotangents);
    for (const auto& [name, input] : numbers.numbers) result.results["g." + name] = gradient.by(input);
  }
  for (const auto& [name, exact] : result.results)
    result.added_to[name] = added_to_before(exact, given, name);
  result.kinks = reference::FloatingPointScope::open_comparisons();
  return result;
}

Difference along_direction(const Given<double>& given, const std::vector<std::string>& differentiated) {
  using reference::Float;
  const Named<double> along = direction(given);
  return difference([&](const Float& s) {
    const Named<Float> outputs =
        definition(given.one.name)->exact({given.one, given.dtype, moved(given, along, s), given.integers});
    Float sum = 0;
    for (const std::string& name : differentiated) {
      const Tensor<Float>& output = outputs.find(name)->second;
      const Tensor<double> weights = cotangent(given, name, output.shape);
      for (std::size_t i = 0; i < weights.data.size(); ++i) sum += Float(weights.data[i]) * output.data[i];
    }
    return sum;
  });
}

}  // namespace sca::evidence::operators
