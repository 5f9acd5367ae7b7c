#pragma once

#include <vector>

#include "bench/network/random_network.hpp"
#include "kernels/network/training_pass.hpp"

namespace sca::bench {

/// Steps of training on the same random tokens: forward, loss, backward, clipping of the gradient's norm to
/// 1, AdamW with the ablation's constants.
class TrainingStep {
 public:
  TrainingStep(const kernels::NetworkSizes& sizes, const kernels::Implementation<float>& by, std::int64_t B,
               std::int64_t L);

  /// The loss before the step.
  float step();
  const kernels::NetworkSizes& sizes() const { return network_->sizes(); }
  kernels::Network<float>& network() { return *network_; }
  std::span<std::int64_t> ids() { return ids_; }
  std::span<std::int64_t> labels() { return labels_; }
  std::size_t scratch_bytes() const { return pass_.bytes(); }

 private:
  /// Neighbouring parameters that weight decay applies to, or does not.
  struct Run {
    std::int64_t offset, count;
    bool decays;
  };

  RandomNetwork network_;
  kernels::TrainingPass<float> pass_;
  std::vector<Run> runs_;
  std::vector<float> m_, v_;
  std::vector<std::int64_t> ids_, labels_;
  std::int64_t steps_ = 0;
};

}  // namespace sca::bench
