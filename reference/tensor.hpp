#pragma once

#include <cstddef>
#include <functional>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include "reference/inner_product.hpp"

namespace sca::reference {

using Shape = std::vector<std::size_t>;

/// Number of entries; 1 for the empty shape.
inline std::size_t volume(const Shape& shape) {
  return std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
}

/// A dense array, row-major (last index fastest). data.size() == volume(shape); both empty where a tensor is
/// absent.
template <class Real>
struct Tensor {
  Shape shape;
  std::vector<Real> data;

  static Tensor zeros(Shape shape) {
    const std::size_t size = volume(shape);
    return {std::move(shape), std::vector<Real>(size, Real(0))};
  }
  /// Entries i * width … (i + 1) * width - 1.
  std::span<const Real> row(std::size_t i, std::size_t width) const {
    return {data.data() + i * width, width};
  }
  std::span<Real> row(std::size_t i, std::size_t width) { return {data.data() + i * width, width}; }
};

/// The same tensor in another scalar; `convert` maps one number.
template <class To, class From, class Convert>
Tensor<To> tensor_cast(const Tensor<From>& tensor, Convert convert) {
  Tensor<To> result{tensor.shape, {}};
  result.data.reserve(tensor.data.size());
  for (const From& x : tensor.data) result.data.push_back(convert(x));
  return result;
}

/// y = W x.
///
/// shape    W [y.size(), x.size()], row-major
/// error    a chain of x.size() additions
template <class Real>
void multiply(std::span<const Real> W, std::span<const Real> x, std::span<Real> y) {
  for (std::size_t i = 0; i < y.size(); ++i) {
    Real sum(0);
    add_inner_product(
        sum, x.size(), [&](std::size_t j) -> const Real& { return W[i * x.size() + j]; },
        [&](std::size_t j) -> const Real& { return x[j]; });
    y[i] = std::move(sum);
  }
}

}  // namespace sca::reference
