#include "kernels/network/training_pass.hpp"

#include <algorithm>
#include <utility>

namespace sca::kernels {

template <class Real>
typename TrainingPass<Real>::Tensors TrainingPass<Real>::place(Arena& arena) const {
  const NetworkSizes& s = network_.sizes();
  const std::int64_t rows = sequences_ * length_;
  Tensors t{};
  for (const NetworkBlock<Real>& block : network_.blocks()) {
    t.hidden.push_back(arena.take<Real>(rows * s.D()));
    if (const auto* sca = std::get_if<ScaBlock<Real>>(&block)) {
      Real* y = arena.take<Real>(rows * s.D());
      t.blocks.emplace_back(ScaActivations{y, sca->layer.place_activations(sequences_, length_, arena)});
    } else {
      t.blocks.emplace_back(std::get<Transformer<Real>>(block).place_activations(sequences_, length_, arena));
    }
  }
  t.hidden.push_back(arena.take<Real>(rows * s.D()));
  t.logits = arena.take<Real>(rows * s.vocab);
  t.logits_gradient = arena.take<Real>(rows * s.vocab);
  t.losses = arena.take<Real>(rows);
  t.by_hidden = arena.take<Real>(rows * s.D());
  t.by_next = arena.take<Real>(rows * s.D());
  t.by_y = arena.take<Real>(rows * s.D());
  // One set of gradients serves all blocks of a kind.
  bool has_sca = false;
  bool has_attention = false;
  for (const NetworkBlock<Real>& block : network_.blocks()) {
    if (const auto* sca = std::get_if<ScaBlock<Real>>(&block)) {
      if (!std::exchange(has_sca, true)) t.layer = sca->layer.place_gradients(sequences_, length_, arena);
    } else if (!std::exchange(has_attention, true)) {
      t.transformer = std::get<Transformer<Real>>(block).place_gradients(sequences_, length_, arena);
    }
  }
  return t;
}

template <class Real>
TrainingPass<Real>::TrainingPass(const Network<Real>& network, std::int64_t B, std::int64_t L)
    : network_(network),
      sequences_(B),
      length_(L),
      gradient_(network.values().size()),
      tensors_([this](Arena& arena) { return place(arena); }) {}

template <class Real>
void TrainingPass<Real>::block_forward(std::size_t i) {
  const std::int64_t rows = sequences_ * length_;
  const std::int64_t D = network_.sizes().D();
  const Implementation<Real>& by = network_.by();
  const Real* x = tensors_->hidden[i];
  Real* out = tensors_->hidden[i + 1];
  const NetworkBlock<Real>& block = network_.blocks()[i];
  if (const auto* sca = std::get_if<ScaBlock<Real>>(&block)) {
    auto& a = std::get<ScaActivations>(tensors_->blocks[i]);
    by.operators->norm({rows, D, network_.rules().norm_epsilon, x, sca->norm, a.y, by.threads});
    std::copy_n(x, rows * D, out);
    sca->layer.forward(sequences_, length_, a.y, a.layer, nullptr, out, true);
  } else {
    auto& a = std::get<TransformerActivations<Real>>(tensors_->blocks[i]);
    std::get<Transformer<Real>>(block).forward(sequences_, length_, x, nullptr, a, nullptr, out);
  }
}

/// From by_hidden, of the stream behind block i, to that before it.
template <class Real>
void TrainingPass<Real>::block_backward(std::size_t i) {
  Tensors& t = *tensors_;
  const std::int64_t rows = sequences_ * length_;
  const std::int64_t D = network_.sizes().D();
  const Implementation<Real>& by = network_.by();
  const Real* x = t.hidden[i];
  const NetworkBlock<Real>& block = network_.blocks()[i];
  const auto index = static_cast<std::int64_t>(i);
  if (const auto* sca = std::get_if<ScaBlock<Real>>(&block)) {
    const ScaBlockParameters<Real> parameters = network_.sca_block(index, gradient_);
    const auto& a = std::get<ScaActivations>(t.blocks[i]);
    sca->layer.backward(sequences_, length_, a.y, a.layer, t.by_hidden, t.layer, parameters.layer, t.by_y);
    std::copy_n(t.by_hidden, rows * D, t.by_next);
    by.operators->norm_backward({rows, D, network_.rules().norm_epsilon, x, sca->norm, t.by_y, t.by_next,
                                 parameters.norm, true, by.threads});
  } else {
    std::get<Transformer<Real>>(block).backward(
        sequences_, length_, x, nullptr, std::get<TransformerActivations<Real>>(t.blocks[i]), t.by_hidden,
        t.transformer, network_.transformer(index, gradient_), t.by_next);
  }
  std::swap(t.by_hidden, t.by_next);
}

template <class Real>
std::span<const Real> TrainingPass<Real>::forward(const std::int64_t* ids) {
  const NetworkSizes& s = network_.sizes();
  const Implementation<Real>& by = network_.by();
  const std::int64_t rows = sequences_ * length_;
  by.operators->embedding({rows, s.vocab, s.D(), ids, network_.embedding(), tensors_->hidden[0], by.threads});
  for (std::size_t i = 0; i < network_.blocks().size(); ++i) block_forward(i);
  by.operators->linear({rows, s.D(), s.vocab, tensors_->hidden.back(), network_.embedding(), nullptr,
                        tensors_->logits, false, by.threads});
  return {tensors_->logits, static_cast<std::size_t>(rows * s.vocab)};
}

template <class Real>
Real TrainingPass<Real>::loss(const std::int64_t* labels) {
  const Implementation<Real>& by = network_.by();
  Real mean = 0;
  by.operators->cross_entropy({sequences_ * length_, network_.sizes().vocab, tensors_->logits, labels, &mean,
                               tensors_->losses, nullptr, by.threads});
  return mean;
}

template <class Real>
Real TrainingPass<Real>::backward(const std::int64_t* ids, const std::int64_t* labels) {
  const Implementation<Real>& by = network_.by();
  Real mean = 0;
  by.operators->cross_entropy({sequences_ * length_, network_.sizes().vocab, tensors_->logits, labels, &mean,
                               tensors_->losses, tensors_->logits_gradient, by.threads});
  backward_from(ids, tensors_->logits_gradient);
  return mean;
}

template <class Real>
void TrainingPass<Real>::backward_from(const std::int64_t* ids, const Real* logits_gradient) {
  const NetworkSizes& s = network_.sizes();
  const Implementation<Real>& by = network_.by();
  const std::int64_t rows = sequences_ * length_;
  Tensors& t = *tensors_;
  std::ranges::fill(gradient_, Real(0));
  Real* by_embedding = gradient_.data();
  by.operators->linear_by_parameters(
      {rows, s.D(), s.vocab, t.hidden.back(), logits_gradient, by_embedding, nullptr, by.threads});
  by.operators->linear_by_input(
      {rows, s.D(), s.vocab, network_.embedding(), logits_gradient, t.by_hidden, false, by.threads});
  for (std::size_t i = network_.blocks().size(); i-- > 0;) block_backward(i);
  by.operators->embedding_backward({rows, s.vocab, s.D(), ids, t.by_hidden, by_embedding, by.threads});
}

template <class Real>
std::span<const Real> TrainingPass<Real>::hidden(std::int64_t i) const {
  return {(*tensors_).hidden[static_cast<std::size_t>(i)],
          static_cast<std::size_t>(sequences_ * length_ * network_.sizes().D())};
}

template <class Real>
std::size_t TrainingPass<Real>::bytes() const {
  return tensors_.bytes() + gradient_.size() * sizeof(Real);
}

template class TrainingPass<float>;
template class TrainingPass<double>;

}  // namespace sca::kernels
