#include "bench/plan.hpp"

#include <algorithm>

#include "evidence/input/error.hpp"

namespace sca::bench {

std::vector<sca_core_shape> shapes(const Sizes& sizes) {
  std::vector<sca_core_shape> result;
  for (const std::int64_t M : sizes.M) {
    for (const std::int64_t H : sizes.H) {
      for (const std::int64_t K : sizes.K) {
        for (const std::int64_t Kq : sizes.Kq.empty() ? std::vector{K} : sizes.Kq) {
          if (K % Kq != 0) continue;
          for (const std::int64_t B : sizes.B) {
            for (const std::int64_t L : sizes.L) result.push_back({B, L, K, Kq, H, M});
          }
        }
      }
    }
  }
  if (result.empty())
    throw evidence::InputError("--query-heads", "Kq", "a divisor of one of --heads", "none");
  return result;
}

std::vector<sca_core_shape> step_shapes(const std::vector<sca_core_shape>& shapes) {
  std::vector<sca_core_shape> result;
  for (sca_core_shape shape : shapes) {
    shape.L = 1;
    const auto is_it = [&](const sca_core_shape& other) {
      return shape.B == other.B && shape.K == other.K && shape.Kq == other.Kq && shape.H == other.H &&
             shape.M == other.M;
    };
    if (std::ranges::none_of(result, is_it)) result.push_back(shape);
  }
  return result;
}

}  // namespace sca::bench
