#include "kernels/network/decoder.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

namespace sca::kernels {

template <class Real>
typename Decoder<Real>::States Decoder<Real>::place_states(Arena& arena) const {
  States states{{}, arena.take<std::byte>(0)};
  for (const NetworkBlock<Real>& block : blocks_) {
    if (const auto* sca = std::get_if<ScaBlock<Real>>(&block)) {
      states.blocks.emplace_back(sca->layer.place_state(sequences_, arena));
    } else {
      states.blocks.emplace_back(std::get<Transformer<Real>>(block).place_state(sequences_, arena));
    }
  }
  return states;
}

template <class Real>
typename Decoder<Real>::Scratch Decoder<Real>::place_scratch(Arena& arena) const {
  const NetworkSizes& s = network_.sizes();
  const std::int64_t rows = sequences_ * longest_;
  Scratch t{};
  t.x = arena.take<Real>(rows * s.D());
  t.out = arena.take<Real>(rows * s.D());
  t.y = arena.take<Real>(rows * s.D());
  t.last = arena.take<Real>(sequences_ * s.D());
  t.logits = arena.take<Real>((logits_ == Logits::all ? rows : sequences_) * s.vocab);
  std::optional<LayerActivations<Real>> shared;
  bool has_attention = false;
  for (const NetworkBlock<Real>& block : blocks_) {
    if (const auto* sca = std::get_if<ScaBlock<Real>>(&block)) {
      if (!shared) shared = sca->layer.place_activations(sequences_, longest_, arena);
      LayerActivations<Real> own = *shared;
      own.theta = arena.take<Real>(s.layer.KHM());
      own.omega = arena.take<Real>(s.layer.KHM());
      own.rate = arena.take<Real>(s.layer.K);
      t.layers.push_back(own);
    } else if (!std::exchange(has_attention, true)) {
      t.transformer = std::get<Transformer<Real>>(block).place_activations(sequences_, longest_, arena);
    }
  }
  return t;
}

template <class Real>
Decoder<Real>::Decoder(const Network<Real>& network, std::int64_t B, std::int64_t longest, Logits logits)
    : network_(network),
      by_(network.decoded_by()),
      blocks_(network.blocks()),
      sequences_(B),
      longest_(longest),
      logits_(logits),
      states_([this](Arena& arena) { return place_states(arena); }),
      scratch_([this](Arena& arena) { return place_scratch(arena); }) {
  for (NetworkBlock<Real>& block : blocks_) {
    if (auto* sca = std::get_if<ScaBlock<Real>>(&block)) {
      sca->layer.by = by_;
    } else {
      std::get<Transformer<Real>>(block).by = by_;
    }
  }
  reset();
}

template <class Real>
void Decoder<Real>::reset() {
  if (states_.bytes() > 0) std::memset(states_->begin, 0, states_.bytes());
  for (State& state : states_->blocks) std::visit([](auto& one) { one.position = 0; }, state);
  std::size_t next = 0;
  for (const NetworkBlock<Real>& block : blocks_) {
    if (const auto* sca = std::get_if<ScaBlock<Real>>(&block)) sca->layer.prepare(scratch_->layers[next++]);
  }
}

template <class Real>
void Decoder<Real>::stand_at(std::int64_t position) {
  const Rules& r = network_.rules();
  const std::int64_t maxlen = network_.sizes().layer.maxlen;
  const std::int64_t last = (maxlen > 0 ? maxlen : r.step_origin) - 1;
  for (State& state : states_->blocks) {
    // Where distances saturate, steps leave the position there too.
    if (auto* sca = std::get_if<LayerState<Real>>(&state)) {
      sca->position = r.saturate_distance ? std::min(position, last) : position;
    } else {
      std::get<TransformerState<Real>>(state).position = position;
    }
  }
}

template <class Real>
void Decoder<Real>::run_block(std::size_t i, std::int64_t L, bool is_step) {
  Scratch& t = *scratch_;
  const std::int64_t rows = sequences_ * L;
  const std::int64_t D = network_.sizes().D();
  const NetworkBlock<Real>& block = blocks_[i];
  if (const auto* sca = std::get_if<ScaBlock<Real>>(&block)) {
    const std::int64_t before = network_.sizes().attention_before(static_cast<std::int64_t>(i));
    LayerActivations<Real>& a = t.layers[i - static_cast<std::size_t>(before)];
    auto& state = std::get<LayerState<Real>>(states_->blocks[i]);
    by_.operators->norm({rows, D, network_.rules().norm_epsilon, t.x, sca->norm, t.y, by_.threads});
    std::copy_n(t.x, rows * D, t.out);
    if (is_step) {
      sca->layer.step(sequences_, t.y, a, state, t.out, true);
    } else {
      sca->layer.forward(sequences_, L, t.y, a, &state, t.out, true);
    }
  } else {
    std::get<Transformer<Real>>(block).forward(sequences_, L, t.x, nullptr, t.transformer,
                                               &std::get<TransformerState<Real>>(states_->blocks[i]), t.out);
  }
  std::swap(t.x, t.out);
}

template <class Real>
void Decoder<Real>::run_blocks(std::int64_t L, bool is_step) {
  for (std::size_t i = 0; i < blocks_.size(); ++i) run_block(i, L, is_step);
}

template <class Real>
void Decoder<Real>::embed(const std::int64_t* ids, std::int64_t rows) {
  const NetworkSizes& s = network_.sizes();
  by_.embedding({rows, s.vocab, s.D(), ids, network_.embedding(), scratch_->x, by_.threads});
}

template <class Real>
std::span<const Real> Decoder<Real>::head(const Real* x, std::int64_t rows) {
  const NetworkSizes& s = network_.sizes();
  by_.linear({rows, s.D(), s.vocab, x, network_.embedding(), nullptr, scratch_->logits, false, by_.threads});
  return {scratch_->logits, static_cast<std::size_t>(rows * s.vocab)};
}

template <class Real>
std::span<const Real> Decoder<Real>::forward(const std::int64_t* ids, std::int64_t L) {
  const std::int64_t D = network_.sizes().D();
  embed(ids, sequences_ * L);
  run_blocks(L, false);
  if (logits_ == Logits::all) return head(scratch_->x, sequences_ * L);
  for (std::int64_t b = 0; b < sequences_; ++b)
    std::copy_n(scratch_->x + (b * L + L - 1) * D, D, scratch_->last + b * D);
  return head(scratch_->last, sequences_);
}

template <class Real>
std::span<const Real> Decoder<Real>::step(const std::int64_t* ids) {
  embed(ids, sequences_);
  run_blocks(1, true);
  return head(scratch_->x, sequences_);
}

template class Decoder<float>;
template class Decoder<double>;

}  // namespace sca::kernels
