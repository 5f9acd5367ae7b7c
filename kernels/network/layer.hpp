#pragma once

#include "kernels/network/arena.hpp"
#include "kernels/network/parameters.hpp"

namespace sca::kernels {

/// What a layer carries from token to token; zeros and position 0 before the first.
/// shape    den [B, K]; re, im [B, K, H, M]; conv [B, ck - 1, C]
template <class Real>
struct LayerState {
  Real *den, *re, *im, *conv;
  std::int64_t position;
};

/// What a forward leaves for its backward, and what both write to.
/// shape    u, z [B, L, C]; theta, omega [K, H, M]; rate [K]; o, gate, v [B, L, 2 K H]; both [B, L, K, 2 E];
///          y [B, L, K E]
template <class Real>
struct LayerActivations {
  Real *u, *z, *theta, *omega, *rate, *o, *gate, *v, *both, *y;
  std::byte* core;  // the core's workspace
};

/// Gradients by the activations of the same names; theta to phase_scale by the core's parameters.
template <class Real>
struct LayerGradients {
  Real *y, *both, *v, *o, *gate, *z, *u;
  Real *theta, *omega, *rate, *score_scale, *score_bias, *phase_scale;
  std::byte* core;
};

/// An SCA layer: Algorithm 1, or the released code's form of it, as the rules have it.
template <class Real>
struct Layer {
  LayerSizes sizes;
  Rules rules;
  LayerParameters<const Real> parameters;
  Implementation<Real> by;

  LayerState<Real> place_state(std::int64_t B, Arena& arena) const;
  LayerActivations<Real> place_activations(std::int64_t B, std::int64_t L, Arena& arena) const;
  LayerGradients<Real> place_gradients(std::int64_t B, std::int64_t L, Arena& arena) const;

  /// Whether the core does these rules and sizes: fast ones leave the switches of ablations to the plain
  /// ones.
  bool has_a_core_for_its_rules() const;

  /// theta, omega and rate from the parameters; a forward does it by itself.
  void prepare(LayerActivations<Real>& a) const;

  /// out = the layer of x, or out += where `adds`. With a state (or null) it goes on from it, and leaves it L
  /// tokens later.
  ///
  /// shape    x, out [B, L, D]
  /// domain   decay counts towards maxlen, or without one towards the tokens that there are
  /// error    that of its operators; nothing is allocated
  void forward(std::int64_t B, std::int64_t L, const Real* x, LayerActivations<Real>& a,
               LayerState<Real>* state, Real* out, bool adds) const;

  /// One token a sequence. Decay counts towards maxlen, or without one towards rules.step_origin; where
  /// distances saturate the position stops one before it, as released. domain   after `prepare`, or a
  /// forward, with these parameters
  void step(std::int64_t B, const Real* x, LayerActivations<Real>& a, LayerState<Real>& state, Real* out,
            bool adds) const;

  /// Gradients of sum(out * out_gradient) of a forward without a state: by x overwritten, by parameters
  /// added.
  void backward(std::int64_t B, std::int64_t L, const Real* x, const LayerActivations<Real>& a,
                const Real* out_gradient, LayerGradients<Real>& g, const LayerParameters<Real>& by_parameters,
                Real* x_gradient) const;
};

extern template struct Layer<float>;
extern template struct Layer<double>;

}  // namespace sca::kernels
