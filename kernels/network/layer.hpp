#pragma once

#include "kernels/network/arena.hpp"
#include "kernels/network/parameters.hpp"

namespace sca::kernels {

/// An SCA layer: Algorithm 1, or the released code's form of it, as the rules have it.
template <class Real>
struct Layer {
  LayerSizes sizes;
  Rules rules;
  LayerParameters<const Real> parameters;
  Implementation<Real> by;
};

/// What the layer carries from token to token; zeros and position 0 before the first.
/// shape    den [B, K]; re, im [B, K, H, M]; conv [B, ck - 1, C]
template <class Real>
struct LayerState {
  Real *den, *re, *im, *conv;
  std::int64_t position;
};
template <class Real>
LayerState<Real> place_state(const LayerSizes& sizes, std::int64_t B, Arena& arena);

/// What a forward leaves for its backward, and what both write to.
/// shape    u, z [B, L, C]; theta, omega [K, H, M]; rate [K]; o, gate, v [B, L, 2 K H]; both [B, L, K, 2 E];
///          y [B, L, K E]
template <class Real>
struct LayerActivations {
  Real *u, *z, *theta, *omega, *rate, *o, *gate, *v, *both, *y;
  std::byte* core;  // the core's workspace
};
template <class Real>
LayerActivations<Real> place_activations(const Layer<Real>& layer, std::int64_t B, std::int64_t L,
                                         Arena& arena);

/// Gradients by the activations of the same names; theta to phase_scale by the core's parameters.
template <class Real>
struct LayerGradients {
  Real *y, *both, *v, *o, *gate, *z, *u;
  Real *theta, *omega, *rate, *score_scale, *score_bias, *phase_scale;
  std::byte* core;
};
template <class Real>
LayerGradients<Real> place_gradients(const Layer<Real>& layer, std::int64_t B, std::int64_t L, Arena& arena);

/// theta, omega and rate from the parameters; a forward does it by itself.
template <class Real>
void prepare(const Layer<Real>& layer, LayerActivations<Real>& a);

/// out = the layer of x, or out += where `adds`. With a state it goes on from it, and leaves it L tokens
/// later.
///
/// shape    x, out [B, L, D]
/// domain   decay counts towards maxlen, or without one towards the tokens that there are
/// error    that of its operators; nothing is allocated
template <class Real>
void forward(const Layer<Real>& layer, std::int64_t B, std::int64_t L, const Real* x,
             LayerActivations<Real>& a, LayerState<Real>* state, Real* out, bool adds);

/// One token a sequence. Decay counts towards maxlen, or without one towards rules.step_origin; where
/// distances saturate the position stops one before it, as released. domain   after `prepare`, or a forward,
/// with these parameters
template <class Real>
void step(const Layer<Real>& layer, std::int64_t B, const Real* x, LayerActivations<Real>& a,
          LayerState<Real>& state, Real* out, bool adds);

/// Gradients of sum(out * out_gradient) of a forward without a state: by x overwritten, by parameters added.
template <class Real>
void backward(const Layer<Real>& layer, std::int64_t B, std::int64_t L, const Real* x,
              const LayerActivations<Real>& a, const Real* out_gradient, LayerGradients<Real>& g,
              const LayerParameters<Real>& parameters, Real* x_gradient);

#define SCA_DECLARE(Real)                                                                                  \
  extern template LayerState<Real> place_state(const LayerSizes&, std::int64_t, Arena&);                   \
  extern template LayerActivations<Real> place_activations(const Layer<Real>&, std::int64_t, std::int64_t, \
                                                           Arena&);                                        \
  extern template LayerGradients<Real> place_gradients(const Layer<Real>&, std::int64_t, std::int64_t,     \
                                                       Arena&);                                            \
  extern template void prepare(const Layer<Real>&, LayerActivations<Real>&);                               \
  extern template void forward(const Layer<Real>&, std::int64_t, std::int64_t, const Real*,                \
                               LayerActivations<Real>&, LayerState<Real>*, Real*, bool);                   \
  extern template void step(const Layer<Real>&, std::int64_t, const Real*, LayerActivations<Real>&,        \
                            LayerState<Real>&, Real*, bool);                                               \
  extern template void backward(const Layer<Real>&, std::int64_t, std::int64_t, const Real*,               \
                                const LayerActivations<Real>&, const Real*, LayerGradients<Real>&,         \
                                const LayerParameters<Real>&, Real*);
SCA_DECLARE(float)
SCA_DECLARE(double)
#undef SCA_DECLARE

}  // namespace sca::kernels
