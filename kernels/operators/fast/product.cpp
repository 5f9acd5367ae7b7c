#include "kernels/operators/fast/product.hpp"

#include <algorithm>

#include "kernels/operators/fast/parts.hpp"

namespace sca::kernels::fast {

Cut::Cut(const Product& product, std::int64_t granule)
    : product_(product),
      by_rows_(product.m >= product.n),
      granule_(granule),
      granules_((std::max(product.m, product.n) + granule - 1) / granule) {
  const std::int64_t threads = most_threads(product.threads);
  pieces_ = product.count % threads == 0 ? 1 : std::min(threads, granules_);
}

Block Cut::operator[](std::int64_t i) const {
  const std::int64_t piece = i % pieces_;
  const std::int64_t first = granules_ * piece / pieces_ * granule_;
  const std::int64_t last = granules_ * (piece + 1) / pieces_ * granule_;
  if (by_rows_) return {i / pieces_, first, std::min(last, product_.m) - first, 0, product_.n};
  return {i / pieces_, 0, product_.m, first, std::min(last, product_.n) - first};
}

}  // namespace sca::kernels::fast
