#include "bench/plan.hpp"

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

}  // namespace sca::bench
