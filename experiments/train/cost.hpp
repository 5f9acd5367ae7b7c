#pragma once

#include "experiments/train/run_config.hpp"

namespace sca::experiments::ablation {

/// What a run costs, before it starts.
struct RunCost {
  std::int64_t parameters = 0;
  double train_flops = 0;   // of all steps: three times the forward's
  double decode_flops = 0;  // a token, after a sequence of the task's length
  double state_bytes = 0;   // a sequence of that length, while decoding: 4 (2 K H M + K + 3 C) an SCA layer,
                            // 8 n_kv hd a token an attention layer
  double memory_bytes = 0;  // of the training process, about
  double checkpoint_bytes = 0;  // parameters and two moments
};

/// source   the ablation protocol, fact 1; FLOPs as reference::components counts them
RunCost cost_of(const RunConfig& config);

}  // namespace sca::experiments::ablation
