#pragma once

#include "experiments/runner/worker.hpp"

namespace sca::experiments::ablation {

/// Probes a model that a run has left in its folder: probe_run(), or a test's.
using Prober = std::function<std::vector<nlohmann::ordered_json>(const std::filesystem::path& folder,
                                                                 const RunConfig& config)>;

/// The recorded runs that the profile has probed, of those that did not diverge.
std::vector<Job> probed_runs(Schedule& schedule, const Records& records);

/// The records of a run's probe stand here: whole or not at all.
std::filesystem::path probe_file(const RunFolder& folder, const std::string& id);

/// Probes what has no file yet, in `jobs` processes: call it before any thread exists. Returns how many files
/// there are in the end.
///
/// errors   std::runtime_error where a process ended badly; it has said why
std::size_t run_probes(const std::vector<Job>& runs, const RunFolder& folder, const Prober& prober,
                       unsigned jobs);

}  // namespace sca::experiments::ablation
