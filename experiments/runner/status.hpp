#pragma once

#include "experiments/runner/worker.hpp"

namespace sca::experiments::ablation {

/// How the runs of one cell are.
struct CellStatus {
  std::size_t cell = 0;
  std::size_t done = 0, diverged = 0;  // diverged ones are done
  std::size_t running = 0, stale = 0;  // stale: of a process that seems dead; another will take over
  std::size_t waiting = 0;
  double flops_left = 0;
};

/// By leases and records alone; nothing is changed.
std::vector<CellStatus> status_of(Schedule& schedule, const Records& records, const RunFolder& folder,
                                  const std::function<RunCost(const RunConfig&)>& cost);

}  // namespace sca::experiments::ablation
