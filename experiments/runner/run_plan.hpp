#pragma once

#include "evidence/provenance.hpp"
#include "experiments/runner/worker.hpp"

namespace sca::experiments::ablation {

/// After how long a silent process of another machine counts as dead. Above the minute for which network file
/// systems may show a file's old time.
constexpr std::chrono::milliseconds usual_patience{180'000};

struct RunRequest {
  std::filesystem::path into;
  unsigned jobs = 1;
  Shard shard{};
  std::chrono::milliseconds patience = usual_patience;
  evidence::Provenance provenance{};
};

/// How it ended. Good: nothing failed, no signal, all recorded.
struct RunResult {
  std::size_t total = 0, done = 0, diverged = 0;
  std::size_t failed = 0;   // runs whose worker died: the next `run` tries them again
  int signal = 0;           // that said stop
  bool is_refused = false;  // input was bad, a disk full: a worker has said what
};

/// Computes the runs of a profile (of a shard of it) that are not recorded in the folder yet, in worker
/// processes: call it before any thread exists. Progress goes to stderr. The worker processes end with this
/// one.
///
/// SIGINT and SIGTERM end the runs at their next step and release them; a second signal ends the workers at
/// once.
///
/// errors   InputError: a folder of other runs, code or data, one that cannot be written
RunResult run_plan(const Plan& plan, const Expansion& expansion, const Trainer& trainer,
                   const RunRequest& request);

}  // namespace sca::experiments::ablation
