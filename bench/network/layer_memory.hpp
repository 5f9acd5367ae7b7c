#pragma once

#include <functional>
#include <vector>

#include "bench/network/random_network.hpp"
#include "bench/network/subject.hpp"

namespace sca::bench {

/// A layer with random parameters, and what a call of it writes to.
class LayerMemory {
 public:
  using Activations = kernels::LayerActivations<float>;
  using State = kernels::LayerState<float>;

  LayerMemory(const NetworkSubject& subject, const sca_core_shape& shape, std::uint64_t seed);

  kernels::Network<float>& network() { return *network_; }
  const kernels::Layer<float>& layer() const { return layer_; }
  Activations& activations() { return *activations_; }
  State& state() { return *state_; }
  /// Gradients by the parameters. domain   of a training
  kernels::LayerParameters<float> gradients() { return network_->sca_block(0, gradient_).layer; }

  std::size_t scratch_bytes() const { return activations_.bytes(); }
  std::size_t state_bytes() const { return state_.bytes(); }

 private:
  RandomNetwork network_;
  kernels::Layer<float> layer_;
  kernels::Placed<std::function<Activations(kernels::Arena&)>> activations_;
  kernels::Placed<std::function<State(kernels::Arena&)>> state_;
  std::vector<float> gradient_;
};

}  // namespace sca::bench
