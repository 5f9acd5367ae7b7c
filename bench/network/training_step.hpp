#pragma once

#include <vector>

#include "bench/network/random_network.hpp"
#include "kernels/network/optimizer.hpp"
#include "kernels/network/training_pass.hpp"

namespace sca::bench {

/// Steps of training on the same random tokens: forward, loss, backward, the optimizer's step.
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
  RandomNetwork network_;
  kernels::TrainingPass<float> pass_;
  kernels::Optimizer<float> optimizer_;
  std::vector<std::int64_t> ids_, labels_;
};

}  // namespace sca::bench
