#pragma once

#include <Eigen/Core>
#include <boost/multiprecision/eigen.hpp>
#include <unsupported/Eigen/AutoDiff>

#include "reference/multiprecision.hpp"

namespace sca::reference {

/// Forward-mode autodiff over double or Float: a value and its derivatives by any number of variables. A
/// constant has no derivatives, which stands for zeros.
template <class Value>
using Dual = Eigen::AutoDiffScalar<Eigen::Matrix<Value, Eigen::Dynamic, 1>>;

/// Variable number `index` of `count`.
template <class Value>
Dual<Value> variable(const Value& value, Eigen::Index count, Eigen::Index index) {
  return Dual<Value>(value, Eigen::Matrix<Value, Eigen::Dynamic, 1>::Unit(count, index));
}

/// d x / d variable `index`: 0 for a constant.
template <class Value>
Value derivative(const Dual<Value>& x, Eigen::Index index) {
  return x.derivatives().size() == 0 ? Value(0) : Value(x.derivatives()[index]);
}

}  // namespace sca::reference

namespace Eigen {

/// Eigen's AutoDiffScalar lacks log1p.
template <class Derivatives>
AutoDiffScalar<typename Derivatives::PlainObject> log1p(const AutoDiffScalar<Derivatives>& x) {
  using std::log1p;
  using Value = typename Derivatives::Scalar;
  return {Value(log1p(x.value())), x.derivatives() * Value(Value(1) / Value(Value(1) + x.value()))};
}

/// Eigen's own multiplies by an int, which does not compile where the value is no built-in number. Derivative
/// 1 at 0, as there.
inline sca::reference::Dual<sca::reference::Float> abs(const sca::reference::Dual<sca::reference::Float>& x) {
  return x.value() < 0 ? sca::reference::Dual<sca::reference::Float>(-x) : x;
}

}  // namespace Eigen
