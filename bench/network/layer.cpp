#include "bench/network/layer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <list>
#include <optional>

#include "bench/block.hpp"
#include "bench/caches.hpp"
#include "bench/fill.hpp"
#include "bench/network/counts.hpp"
#include "bench/network/layer_memory.hpp"
#include "bench/network/models.hpp"
#include "bench/network/ready_network.hpp"

namespace sca::bench {
namespace {

constexpr double most_layers = 64;
constexpr std::uint64_t layer_seed = 1;

double layer_count(NetworkOperation operation, const kernels::LayerSizes& sizes) {
  if (operation != NetworkOperation::layer_step) return 1;
  const double bytes = sizeof(kernels::BFloat16) * static_cast<double>(parameter_count(sizes));
  return std::clamp(std::ceil(2 * shared_cache_bytes() / bytes), 1.0, most_layers);
}

/// The numbers [B, L, D] of a layer's input, result or their gradients.
class Stream {
 public:
  Stream(const kernels::LayerSizes& sizes, const sca_core_shape& shape, std::uint64_t stream)
      : block_(sizeof(float) * static_cast<std::size_t>(shape.B * shape.L * sizes.D)) {
    fill_random(block_, SCA_F32, layer_seed, stream);
  }
  float* data() { return reinterpret_cast<float*>(block_.data()); }

 private:
  Block block_;
};

Work work(const NetworkSubject& subject, const sca_core_shape& shape) {
  return layer_work(subject.operation, layer_sizes(shape), shape.B, shape.L, matrix_bytes(subject));
}

class ReadyLayer final : public ReadyNetwork {
 public:
  ReadyLayer(const NetworkSubject& subject, const sca_core_shape& shape)
      : operation_(subject.operation),
        shape_(shape),
        sizes_(layer_sizes(shape)),
        x_(sizes_, shape, 0),
        out_(sizes_, shape, 1) {
    const double count = layer_count(operation_, sizes_);
    for (std::uint64_t i = 0; static_cast<double>(i) < count; ++i)
      layers_.emplace_back(subject, shape, layer_seed + i);
    if (operation_ == NetworkOperation::layer_training) back_.emplace(layers_.front().layer(), shape);
    footprint_ = count * work(subject, shape).bytes;
  }

  int call() override {
    layers_.splice(layers_.end(), layers_, layers_.begin());
    LayerMemory& one = layers_.back();
    if (operation_ == NetworkOperation::layer_step) {
      one.layer().step(shape_.B, x_.data(), one.activations(), one.state(), out_.data(), false);
      return 0;
    }
    one.layer().forward(shape_.B, shape_.L, x_.data(), one.activations(), nullptr, out_.data(), false);
    if (back_)
      one.layer().backward(shape_.B, shape_.L, x_.data(), one.activations(), back_->by_out.data(),
                           *back_->gradients, one.gradients(), back_->by_x.data());
    return 0;
  }

  const kernels::NetworkSizes& sizes() const override { return network_sizes_; }
  std::vector<CallTensor> tensors() override {
    std::vector<CallTensor> all;
    std::size_t i = 0;
    for (LayerMemory& one : layers_)
      append_parameters(one.network(), "blocks.0.attn.", fmt::format("p.{}.", i++), all);
    const kernels::Extents shape{shape_.B, shape_.L, sizes_.D};
    all.push_back({"x", x_.data(), false, shape});
    all.push_back({"out", out_.data(), false, shape});
    if (!back_) return all;
    all.push_back({"by_out", back_->by_out.data(), false, shape});
    all.push_back({"by_x", back_->by_x.data(), false, shape});
    return all;
  }

  double footprint() const override { return footprint_; }

  void describe(NetworkFacts& facts) const override {
    const LayerMemory& one = layers_.front();
    const auto of_a_sequence = [&](std::size_t bytes) { return static_cast<std::int64_t>(bytes) / shape_.B; };
    if (operation_ == NetworkOperation::layer_step) facts.state_bytes = of_a_sequence(one.state_bytes());
    facts.scratch_bytes = of_a_sequence(one.scratch_bytes());
  }

 private:
  using Gradients = kernels::LayerGradients<float>;

  struct Back {
    Back(const kernels::Layer<float>& layer, const sca_core_shape& shape)
        : by_out(layer.sizes, shape, 2),
          by_x(layer.sizes, shape, 3),
          gradients([&](kernels::Arena& arena) { return layer.place_gradients(shape.B, shape.L, arena); }) {}

    Stream by_out, by_x;
    kernels::Placed<std::function<Gradients(kernels::Arena&)>> gradients;
  };

  NetworkOperation operation_;
  sca_core_shape shape_;
  kernels::LayerSizes sizes_;
  kernels::NetworkSizes network_sizes_ = network_of(sizes_);
  Stream x_, out_;
  std::list<LayerMemory> layers_;
  std::optional<Back> back_;
  double footprint_ = 0;
};

/// Which of the core's operations it contains.
Operation core_operation(NetworkOperation operation) {
  switch (operation) {
    case NetworkOperation::layer_step: return Operation::step;
    case NetworkOperation::layer_training: return Operation::training;
    default: return Operation::forward;
  }
}

class TimedLayer final : public Timed {
 public:
  TimedLayer(const NetworkSubject& subject, const sca_core_shape& shape, int threads)
      : subject_(subject), shape_(shape) {
    subject_.by.threads = threads;
  }

  Measurement row() const override {
    const kernels::LayerSizes sizes = layer_sizes(shape_);
    return {.kernel = subject_.name(),
            .shape = shape_,
            .threads = subject_.by.threads,
            .work = work(subject_, shape_),
            .network = {.D = sizes.D, .parameters = parameter_count(sizes)}};
  }
  sca_dtype dtype() const override { return SCA_F32; }
  Traffic traffic() const override {
    return subject_.operation == NetworkOperation::layer_step ? Traffic::reading : Traffic::any;
  }
  double workspace_bytes() const override {
    const sca_core_kernel& core = *subject_.by.core;
    if (core.workspace_bytes == nullptr) return 0;
    const double forward =
        static_cast<double>(core.workspace_bytes(SCA_FORWARD, &shape_, subject_.by.threads));
    return subject_.operation == NetworkOperation::layer_training
               ? forward +
                     static_cast<double>(core.workspace_bytes(SCA_BACKWARD, &shape_, subject_.by.threads))
               : forward;
  }
  Admission admit(Gate& gate) const override {
    return worse(gate.admit(core_operation(subject_.operation), *subject_.by.core, shape_),
                 gate.admit(subject_.by));
  }
  std::unique_ptr<Ready> prepare() const override { return std::make_unique<ReadyLayer>(subject_, shape_); }

 private:
  NetworkSubject subject_;
  sca_core_shape shape_;
};

}  // namespace

std::unique_ptr<Timed> timed_layer(const NetworkSubject& subject, const sca_core_shape& shape, int threads) {
  return std::make_unique<TimedLayer>(subject, shape, threads);
}

double layer_bytes(NetworkOperation operation, const sca_core_shape& shape) {
  const auto real = [](std::int64_t n) { return static_cast<double>(n); };
  const double KH = real(shape.K) * real(shape.H);
  const double C = KH + real(shape.K) + 2 * real(shape.Kq) * real(shape.H) * real(shape.M);
  const double parameters = KH * (C + 5 * KH + 12 * real(shape.H));  // as E = 3 H
  const double activations = real(shape.B) * real(shape.L) * (2 * C + 17 * KH);
  const double copies = operation == NetworkOperation::layer_training ? 2 : 1;
  const double others = operation == NetworkOperation::layer_step ? 2 * shared_cache_bytes() : 0;
  return sizeof(float) * copies * (parameters + activations) + others;
}

}  // namespace sca::bench
