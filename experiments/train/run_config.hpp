#pragma once

#include "experiments/model/model_spec.hpp"
#include "experiments/tasks/task.hpp"

namespace sca::experiments::ablation {

/// One training run: everything that its result depends on, besides code and data.
struct RunConfig {
  std::string task;  // as make_task reads it
  ModelSpec model;
  double rate = 1e-3;  // the learning rate at its peak
  std::uint64_t seed = 1;
  std::int64_t steps = 600;
  std::int64_t tokens = 2048;  // a step
  Split split = Split::report;

  bool operator==(const RunConfig&) const = default;
};

/// From one flat object: task, rate, seed, steps, tokens, split ("selection", "report") and the model's
/// fields. errors   InputError: `where`, field, expectation; of fields that are unknown, too
RunConfig run_config(const nlohmann::ordered_json& fields, std::string_view where);

/// Canonical and flat: the same run always gives the same text.
nlohmann::ordered_json to_json(const RunConfig& config);

/// 16 hexadecimal digits of SHA-256 over the canonical configuration, the task's data and the trainer's
/// sources: two runs of one id are the same numbers on one machine.
std::string run_id(const RunConfig& config);

}  // namespace sca::experiments::ablation
