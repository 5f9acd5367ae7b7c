#include "kernels/cuda/ptx/run/requests.hpp"

#include <algorithm>

namespace sca::kernels::cuda::ptx {

void Requests::begin_block(std::size_t threads) {
  executions_.assign(threads * static_cast<std::size_t>(module_.requests), 0);
}

void Requests::note(U32 thread, int request, bool store, U64 address, std::size_t bytes) {
  const std::size_t at = static_cast<std::size_t>(thread) * static_cast<std::size_t>(module_.requests);
  U32& executions = executions_[at + static_cast<std::size_t>(request)];
  std::vector<std::vector<U64>>& rows = open_[{thread / 32, request}];
  if (rows.size() <= executions) rows.resize(executions + std::size_t{1});
  std::vector<U64>& sectors = rows[executions];
  for (U64 sector = address / 32; sector <= (address + bytes - 1) / 32; ++sector) {
    if (std::find(sectors.begin(), sectors.end(), sector) != sectors.end()) continue;
    sectors.push_back(sector);
    (store ? stored_ : loaded_).insert(sector);
  }
  Total& total = totals_[request];
  total.store = store;
  total.bytes += bytes;
  ++executions;
}

void Requests::end_block() {
  for (const auto& [key, rows] : open_) {
    Total& total = totals_[key.second];
    total.requests += rows.size();
    for (const std::vector<U64>& sectors : rows) total.sectors += sectors.size();
  }
  open_.clear();
}

void Requests::clear() {
  totals_.clear();
  loaded_.clear();
  stored_.clear();
}

std::vector<RequestCount> Requests::counts() const {
  std::vector<RequestCount> result;
  for (const auto& function : module_.functions) {
    for (const Instruction& instruction : function->code) {
      const auto found = totals_.find(instruction.request);
      if (found == totals_.end()) continue;
      const Total& total = found->second;
      result.push_back({function->name, function->lines[static_cast<std::size_t>(instruction.text)],
                        total.store, total.requests, total.sectors, total.bytes});
    }
  }
  return result;
}

}  // namespace sca::kernels::cuda::ptx
