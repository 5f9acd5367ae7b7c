#pragma once

#include <filesystem>
#include <functional>

#include "experiments/train/run_config.hpp"

namespace sca::experiments::ablation {

/// Called after every step; what it throws ends the run, whose last checkpoint stays.
using StepListener = std::function<void(std::int64_t step)>;

/// Trains on one thread and returns the run's record. A checkpoint in `folder` is gone on from, and one is
/// written there every half minute and at the end: bit for bit the same record, interrupted or not, but for
/// its seconds. Whoever has kept the record may remove it. The trained model stays as model.safetensors.
///
/// The record: kind "run", id, the fields of to_json(RunConfig), then
///   status        "done", or "diverged" where a loss or gradient was not finite, with the step as
///   diverged_at metric        "accuracy" or "bits_per_byte"; chance; value on the whole evaluation set, null
///   where diverged groups        [{name, count, value}]; of bytes, documents curve         [[step, training
///   loss, value on the evaluation set's first 1,024 labels], ...] parameters, train_flops, decode_flops,
///   state_bytes verification  digest of what the kernels were judged by, before the first step sources, data
///   digests seconds       of computing, all attempts together
///
/// errors   InputError where a checkpoint is of another run, damaged or cannot be written;
///          std::runtime_error where the kernels do not pass their verification
nlohmann::ordered_json trained(const RunConfig& config, const std::filesystem::path& folder,
                               const StepListener& listener);

}  // namespace sca::experiments::ablation
