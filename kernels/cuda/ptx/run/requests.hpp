#pragma once

#include <map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "kernels/cuda/ptx/counts.hpp"
#include "kernels/cuda/ptx/load/module.hpp"

namespace sca::kernels::cuda::ptx {

/// Counts the 32-byte sectors that warps ask global memory for. Lanes run one after another here; the k-th
/// execution of an instruction by each lane of a warp is taken for one request, as it is where lanes do not
/// diverge.
class Requests {
 public:
  explicit Requests(const Module& module) : module_(module) {}

  void begin_block(std::size_t threads);
  void note(U32 thread, int request, bool store, U64 address, std::size_t bytes);
  void end_block();

  /// In the order of the text; those that have been executed.
  std::vector<RequestCount> counts() const;
  /// Different sectors of all requests.
  SectorTotals touched() const { return {loaded_.size(), stored_.size()}; }
  void clear();

 private:
  struct Total {
    bool store = false;
    U64 requests = 0, sectors = 0, bytes = 0;
  };
  const Module& module_;
  std::vector<U32> executions_;  // by thread and instruction
  // By warp and instruction: the sectors of each request.
  std::map<std::pair<U32, int>, std::vector<std::vector<U64>>> open_;
  std::map<int, Total> totals_;
  std::unordered_set<U64> loaded_, stored_;  // sectors
};

}  // namespace sca::kernels::cuda::ptx
