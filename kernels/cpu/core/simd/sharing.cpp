#include "kernels/cpu/core/simd/sharing.hpp"

#include <omp.h>

namespace sca::kernels::simd {

Sharing::Sharing(const sca_core_shape& shape, std::int64_t heads_of_a_group, std::int32_t wanted)
    : group(heads_of_a_group), groups(shape.B * shape.K / heads_of_a_group) {
  const std::int64_t most = wanted > 0 ? wanted : omp_get_num_procs();
  threads = static_cast<std::int32_t>(std::clamp(groups, std::int64_t{1}, most));
  heads = std::min(shape.K, (groups + threads - 1) / threads * group);
}

void run(const Sharing& sharing, void (*work)(const void* context, const Share& share), const void* context) {
  const auto share_of = [&](std::int32_t i) {
    return Share{i, sharing.groups * i / sharing.threads * sharing.group,
                 sharing.groups * (i + 1) / sharing.threads * sharing.group, sharing.heads};
  };
  if (sharing.threads == 1) return work(context, share_of(0));
#pragma omp parallel for num_threads(sharing.threads) schedule(static, 1)
  for (std::int32_t i = 0; i < sharing.threads; ++i) work(context, share_of(i));
}

}  // namespace sca::kernels::simd
