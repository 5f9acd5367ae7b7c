#include "experiments/model/matching.hpp"

#include <algorithm>
#include <cmath>

namespace sca::experiments::ablation {

std::int64_t matched_parameters(std::int64_t D, std::int64_t heads) {
  constexpr std::int64_t kv_heads = 4;
  return 2 * D * D + 2 * D * kv_heads * (D / heads) + 3 * D * (8 * D / 3);
}

std::int64_t layer_parameters(std::int64_t D, std::int64_t K, std::int64_t H, std::int64_t M,
                              std::int64_t E) {
  const std::int64_t KH = K * H;
  const std::int64_t channels = KH + K + 2 * KH * M;
  const std::int64_t base = (D + 4) * channels + 2 * KH * (D + 1) + 2 * KH * M + 4 * K;
  return base + E * (4 * K * H + K * D);
}

std::int64_t matched_width(std::int64_t D, std::int64_t heads, std::int64_t K, std::int64_t H,
                           std::int64_t M) {
  const std::int64_t rest = matched_parameters(D, heads) - layer_parameters(D, K, H, M, 0);
  const auto width = static_cast<double>(rest) / static_cast<double>(4 * K * H + K * D);
  return std::max(std::int64_t{1}, static_cast<std::int64_t>(std::lround(width)));
}

}  // namespace sca::experiments::ablation
