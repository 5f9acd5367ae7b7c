// The operators that are matrix products, by somebody else's.
#include "kernels/cuda/operators/calls.hpp"
#include "kernels/cuda/operators/launches.hpp"
#include "kernels/cuda/operators/start.hpp"

namespace sca::kernels::cuda {
namespace {

/// One matrix of `width` columns.
Factors matrix(const float* first, std::int64_t width) { return {first, width, 0, false}; }

Factors transposed(Factors one) {
  one.is_transposed = true;
  return one;
}

Product one_product(std::int64_t rows, std::int64_t columns, std::int64_t inner, Factors a, Factors b,
                    float* c, bool adds) {
  return {1, rows, columns, inner, a, b, c, columns, 0, adds, nullptr};
}

/// Each head's columns of rows [rows, K, width].
Factors heads(const float* first, std::int64_t K, std::int64_t width) {
  return {first, K * width, width, false};
}

/// Each head's matrix of [K, rows, width].
Factors by_head(const float* first, std::int64_t rows, std::int64_t width) {
  return {first, width, rows * width, false};
}

}  // namespace

void run(const LinearForward<float>& c, const Place& place) {
  Product product =
      one_product(c.rows, c.out, c.in, matrix(c.x, c.in), transposed(matrix(c.weight, c.in)), c.y, c.adds);
  product.bias = c.bias;
  place.products.multiply(product);
}

void run(const LinearByInput<float>& c, const Place& place) {
  place.products.multiply(one_product(c.rows, c.in, c.out, matrix(c.y_gradient, c.out),
                                      matrix(c.weight, c.in), c.x_gradient, c.adds));
}

void run(const LinearByParameters<float>& c, const Place& place) {
  place.products.multiply(one_product(c.out, c.in, c.rows, transposed(matrix(c.y_gradient, c.out)),
                                      matrix(c.x, c.in), c.weight_gradient, true));
  if (c.bias_gradient != nullptr) start_sums(place.launcher, {c.rows, c.out, c.y_gradient, c.bias_gradient});
}

void run(const ReadoutForward<float>& c, const Place& place) {
  place.products.multiply({c.K, c.rows, 2 * c.E, c.width, heads(c.v, c.K, c.width),
                           by_head(c.weight, c.width, 2 * c.E), c.both, c.K * 2 * c.E, 2 * c.E, false,
                           nullptr});
  glu({c.rows * c.K, c.E, c.both, c.y}, c.silu, SCA_F32, place.launcher);
}

void run(const ReadoutBackward<float>& c, const Place& place) {
  glu_backward({c.rows * c.K, c.E, c.both, c.y_gradient, c.both_gradient}, c.silu, SCA_F32, place.launcher);
  const Factors by_both = heads(c.both_gradient, c.K, 2 * c.E);
  place.products.multiply({c.K, c.rows, c.width, 2 * c.E, by_both,
                           transposed(by_head(c.weight, c.width, 2 * c.E)), c.v_gradient, c.K * c.width,
                           c.width, false, nullptr});
  place.products.multiply({c.K, c.width, 2 * c.E, c.rows, transposed(heads(c.v, c.K, c.width)), by_both,
                           c.weight_gradient, 2 * c.E, c.width * 2 * c.E, true, nullptr});
}

}  // namespace sca::kernels::cuda
