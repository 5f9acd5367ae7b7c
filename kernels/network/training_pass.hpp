#pragma once

#include <functional>

#include "kernels/network/network.hpp"

namespace sca::kernels {

/// The network over B sequences of L tokens, and back. All memory is taken at the start.
template <class Real>
class TrainingPass {
 public:
  /// domain   the network outlives this and keeps its place; L <= maxlen
  TrainingPass(const Network<Real>& network, std::int64_t B, std::int64_t L);

  /// The logits [B, L, vocab] of ids [B, L].
  std::span<const Real> forward(const std::int64_t* ids);
  /// The loss of the last forward: the mean over the labels [B, L] that are not negative; and its gradient by
  /// the parameters, into gradient() from zeros on.
  Real backward(const std::int64_t* ids, const std::int64_t* labels);
  /// Gradients of sum(logits * logits_gradient) of the last forward, into gradient().
  void backward_from(const std::int64_t* ids, const Real* logits_gradient);
  /// The loss alone.
  Real loss(const std::int64_t* labels);

  /// In the layout of the network's parameters.
  std::span<Real> gradient() { return gradient_; }
  /// The residual stream before block i; after the last one: i = blocks. [B, L, D]
  std::span<const Real> hidden(std::int64_t i) const;
  std::size_t bytes() const;

 private:
  struct ScaActivations {
    Real* y;  // the norm's output
    LayerActivations<Real> layer;
  };
  using Activations = std::variant<ScaActivations, TransformerActivations<Real>>;
  struct Tensors {
    std::vector<Real*> hidden;
    std::vector<Activations> blocks;
    Real *logits, *logits_gradient, *losses;
    Real *by_hidden, *by_next;  // gradients by the stream behind and before a block
    Real* by_y;                 // by an SCA layer's input
    LayerGradients<Real> layer;
    TransformerGradients<Real> transformer;
  };
  Tensors place(Arena& arena) const;
  void block_forward(std::size_t i);
  void block_backward(std::size_t i);

  const Network<Real>& network_;
  std::int64_t sequences_, length_;
  std::vector<Real> gradient_;
  Placed<std::function<Tensors(Arena&)>> tensors_;
};

extern template class TrainingPass<float>;
extern template class TrainingPass<double>;

}  // namespace sca::kernels
