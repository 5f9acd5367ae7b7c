#include "bench/network/layer_memory.hpp"

#include <algorithm>

#include "bench/network/models.hpp"

namespace sca::bench {

LayerMemory::LayerMemory(const NetworkSubject& subject, const sca_core_shape& shape, std::uint64_t seed)
    : network_(network_of(layer_sizes(shape)), subject.by, subject.reads_bf16, seed),
      layer_(std::get<kernels::ScaBlock<float>>(network_->blocks().front()).layer),
      activations_(
          [&, this](kernels::Arena& arena) { return layer_.place_activations(shape.B, shape.L, arena); }),
      state_([&, this](kernels::Arena& arena) { return layer_.place_state(shape.B, arena); }) {
  layer_.by = network_->decoded_by();
  std::fill_n(state_->den, state_.bytes() / sizeof(float), 0.0F);
  if (subject.operation == NetworkOperation::layer_training) gradient_.resize(network_->values().size());
  layer_.prepare(*activations_);
}

}  // namespace sca::bench
