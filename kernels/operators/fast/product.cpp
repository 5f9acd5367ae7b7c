#include "kernels/operators/fast/product.hpp"

#include <algorithm>

#include "kernels/operators/fast/parts.hpp"

namespace sca::kernels::fast {

Cut::Cut(const ProductSizes& sizes, std::int32_t threads, const TileSizes& tile)
    : sizes_(sizes),
      by_rows_(sizes.m >= sizes.n),
      granule_(by_rows_ ? tile.rows : tile.columns),
      granules_(Piece::pieces(granule_, by_rows_ ? sizes.m : sizes.n)) {
  const std::int64_t most = most_threads(threads);
  pieces_ = sizes.count % most == 0 ? 1 : std::min(most, granules_);
}

Block Cut::operator[](std::int64_t i) const {
  const std::int64_t piece = i % pieces_;
  const std::int64_t first = granules_ * piece / pieces_ * granule_;
  const std::int64_t last = granules_ * (piece + 1) / pieces_ * granule_;
  if (by_rows_) return {i / pieces_, first, std::min(last, sizes_.m) - first, 0, sizes_.n};
  return {i / pieces_, 0, sizes_.m, first, std::min(last, sizes_.n) - first};
}

}  // namespace sca::kernels::fast
