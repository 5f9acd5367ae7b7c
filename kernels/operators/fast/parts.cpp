#include "kernels/operators/fast/parts.hpp"

#include <omp.h>

#include <algorithm>

namespace sca::kernels::fast {
namespace {

/// Waking a thread takes some microseconds.
constexpr std::int64_t least_work = 1 << 14;

}  // namespace

std::int64_t most_threads(std::int32_t wanted) { return wanted > 0 ? wanted : omp_get_num_procs(); }

void for_each_part(const Parts& parts, void (*work)(const void* context, std::int64_t part),
                   const void* context) {
  const std::int64_t useful = std::min({most_threads(parts.wanted), parts.count, parts.work / least_work});
  if (useful <= 1) {
    for (std::int64_t part = 0; part < parts.count; ++part) work(context, part);
    return;
  }
#pragma omp parallel for num_threads(static_cast <int>(useful)) schedule(dynamic)
  for (std::int64_t part = 0; part < parts.count; ++part) work(context, part);
}

}  // namespace sca::kernels::fast
