#include "evidence/cuda/cards.hpp"

#include <array>

namespace sca::evidence::cuda {
namespace {

// source: NVIDIA's datasheets and architecture white papers. B200's FP32 is not in its datasheet to more than
// two digits.
constexpr std::array datasheets{
    Card{"A100 SXM 80 GB", 80, 2039e9, 19.5e12},
    Card{"H100 SXM", 90, 3350e9, 66.9e12},
    Card{"RTX 4090", 89, 1008e9, 82.6e12},
    Card{"B200", 100, 8000e9, 75e12},
};

}  // namespace

std::span<const Card> cards() { return datasheets; }

ModelTime model_time(const Card& card, double bytes, double instructions) {
  const double memory = bytes / card.bytes_per_second;
  const double execution = 2 * instructions / card.flops;
  if (memory >= execution) return {memory, "memory"};
  return {execution, "instructions"};
}

}  // namespace sca::evidence::cuda
