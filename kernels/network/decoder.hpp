#pragma once

#include <functional>

#include "kernels/network/network.hpp"

namespace sca::kernels {

/// The network token by token, from a state that does not grow (SCA) or has room for maxlen tokens
/// (attention). All memory is taken at the start; one set of activations serves all blocks.
template <class Real>
class Decoder {
 public:
  /// Which logits `forward` makes: those after every token, or after the last one.
  enum class Logits { all, last };

  /// `longest`: of the pieces that `forward` is given.
  /// domain   the network outlives this; its parameters do not change after the first call, nor what it
  ///          keeps as bf16
  Decoder(const Network<Real>& network, std::int64_t B, std::int64_t longest, Logits logits);

  /// Back to the beginning.
  void reset();
  /// The next token is token number `position`, counted from 0, whatever the states hold: as if those before
  /// it had gone by and nothing more of them were remembered. What a token costs does not depend on what is
  /// remembered, so that long contexts can be timed without being read.
  /// domain   0 <= position, below maxlen where there is attention
  void stand_at(std::int64_t position);
  /// L tokens at once: ids [B, L] -> logits [B, L, vocab] or, of the last ones alone, [B, vocab].
  /// domain   1 <= L <= longest, position + L <= maxlen where there is attention
  std::span<const Real> forward(const std::int64_t* ids, std::int64_t L);
  /// A token a sequence: ids [B] -> logits [B, vocab].
  std::span<const Real> step(const std::int64_t* ids);

  /// Of all states, and of everything that a call writes to besides.
  std::size_t state_bytes() const { return states_.bytes(); }
  std::size_t scratch_bytes() const { return scratch_.bytes(); }

 private:
  using State = std::variant<LayerState<Real>, TransformerState<Real>>;
  struct States {
    std::vector<State> blocks;
    std::byte* begin;
  };
  struct Scratch {
    Real *x, *out, *y, *last, *logits;
    std::vector<LayerActivations<Real>>
        layers;  // of each SCA block: one set, but theta, omega and rate its own
    TransformerActivations<Real> transformer;
  };
  States place_states(Arena& arena) const;
  Scratch place_scratch(Arena& arena) const;
  void embed(const std::int64_t* ids, std::int64_t rows);
  void run_blocks(std::int64_t L, bool is_step);
  void run_block(std::size_t i, std::int64_t L, bool is_step);
  std::span<const Real> head(const Real* x, std::int64_t rows);

  const Network<Real>& network_;
  Implementation<Real> by_;
  std::vector<NetworkBlock<Real>> blocks_;  // the network's, by that
  std::int64_t sequences_, longest_;
  Logits logits_;
  Placed<std::function<States(Arena&)>> states_;
  Placed<std::function<Scratch(Arena&)>> scratch_;
};

extern template class Decoder<float>;
extern template class Decoder<double>;

}  // namespace sca::kernels
