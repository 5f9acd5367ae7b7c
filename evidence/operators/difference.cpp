#include "evidence/operators/difference.hpp"

#include <algorithm>
#include <cmath>

#include "evidence/hash.hpp"
#include "evidence/operators/definition.hpp"

namespace sca::evidence::operators {
namespace {

using reference::Float;
using reference::Tensor;

constexpr unsigned digits = 90;
constexpr const char* step = "1e-30";

double largest_of(const Tensor<double>& tensor) {
  double largest = 0;
  for (const double x : tensor.data) largest = std::max(largest, std::abs(x));
  return largest == 0 ? 1 : largest;
}

}  // namespace

Difference difference(const std::function<Float(const Float& s)>& phi) {
  const reference::DigitsScope scope(digits);
  const auto quotient = [&](const Float& s) { return Float((phi(s) - phi(-s)) / (2 * s)); };
  const Float s(step);
  const Float near = quotient(s);
  const Float far = quotient(2 * s);
  const Float apart = abs(near - far);
  return {near, 2 * static_cast<double>(apart)};
}

Named<double> direction(const Given<double>& given) {
  Named<double> result;
  for (const Input& input : definition(given.one.name)->inputs(given.one)) {
    if (!input.is_variable()) continue;
    Tensor<double> along = given[input.name];
    const double largest = largest_of(along);
    const std::uint64_t stream = hashed(input.name) + 2;
    for (std::size_t i = 0; i < along.data.size(); ++i) {
      const double size = along.data[i] == 0 ? largest : std::abs(along.data[i]);
      along.data[i] = size * signed_unit(given.one.seed, stream, i);
    }
    result.emplace(input.name, std::move(along));
  }
  return result;
}

Named<Float> moved(const Given<double>& given, const Named<double>& direction, const Float& s) {
  Named<Float> result;
  for (const auto& [name, numbers] : given.numbers) {
    Tensor<Float> there = reference::tensor_cast<Float>(numbers, [](double x) { return Float(x); });
    if (const auto along = direction.find(name); along != direction.end()) {
      for (std::size_t i = 0; i < there.data.size(); ++i) there.data[i] += s * Float(along->second.data[i]);
    }
    result.emplace(name, std::move(there));
  }
  return result;
}

}  // namespace sca::evidence::operators
