#pragma once

#include <chrono>

#include "experiments/runner/board.hpp"
#include "experiments/runner/lease.hpp"
#include "experiments/runner/schedule.hpp"

namespace sca::experiments::ablation {

/// Where the runs of a plan live: records-*.jsonl, leases/, runs/ID/.
struct RunFolder {
  std::filesystem::path path;
  std::chrono::milliseconds patience;  // after which a silent process of another machine counts as dead

  std::filesystem::path leases() const { return path / "leases"; }
  std::filesystem::path run(const std::string& id) const { return path / "runs" / id; }
};

/// Removes what a recorded run has left besides, if asked for, its model.
void clear(const std::filesystem::path& run, bool is_model_kept);

enum class WorkerEnd : int { done = 0, failed = 1, bad_input = 2, stopped = 3 };

/// Computes runs, the first that is ready and nobody else's, until all are recorded, or a signal
/// (StopSignals) says stop. Runs that others compute are waited for. What a choice run leaves behind is
/// removed.
///
/// errors   what the trainer throws
WorkerEnd work(Schedule& schedule, const Trainer& trainer, const RunFolder& folder, Board& board,
               std::size_t seat);

}  // namespace sca::experiments::ablation
