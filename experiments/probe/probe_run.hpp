#pragma once

#include <filesystem>

#include "experiments/probe/probe.hpp"
#include "experiments/train/run_config.hpp"

namespace sca::experiments::ablation {

/// The sequences that a task's models are probed on: the first 64 of its evaluation set on the report split
/// that are of the training length, or as many as there are.
/// errors   InputError where there are fewer than four
Batch probe_sequences(const Task& task);

/// Probes the model that a run left in its folder, the same on shuffled tokens, and one with the initial
/// values of the same seed. The records' fields beside those of probe(): model, the run's id; task;
/// is_trained; is_shuffled.
///
/// errors   InputError where there is no model, or another one
std::vector<nlohmann::ordered_json> probe_run(const std::filesystem::path& folder, const RunConfig& config);

}  // namespace sca::experiments::ablation
