#include "kernels/cuda/ptx/memory/clocks.hpp"

#include <algorithm>
#include <memory>

namespace sca::kernels::cuda::ptx {

void start_clocks(Block& block) {
  const auto nothing = std::make_shared<const std::vector<U32>>(block.threads.size(), 0);
  for (Thread& thread : block.threads) {
    thread.clock = 1;
    thread.seen = nothing;
  }
}

void synchronise(Block& block, const std::vector<U32>& arrivals, const std::vector<U32>& receivers) {
  if (!block.options->races || arrivals.empty()) return;
  const std::vector<U32>* last = block.threads[arrivals.front()].seen.get();
  auto joined = std::make_shared<std::vector<U32>>(*last);
  for (const U32 index : arrivals) {
    Thread& thread = block.threads[index];
    // After a barrier threads share what they have seen, so most of them bring nothing that is not there.
    if (thread.seen.get() != last) {
      last = thread.seen.get();
      std::transform(last->begin(), last->end(), joined->begin(), joined->begin(),
                     [](U32 x, U32 y) { return std::max(x, y); });
    }
  }
  for (const U32 index : arrivals) {
    U32& time = (*joined)[index];
    time = std::max(time, block.threads[index].clock++);
  }
  for (const U32 index : receivers) block.threads[index].seen = joined;
}

}  // namespace sca::kernels::cuda::ptx
