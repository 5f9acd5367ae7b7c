#pragma once

#include "kernels/network/arena.hpp"
#include "kernels/network/parameters.hpp"

namespace sca::kernels {

/// cos and sin of t 10000^{-j / half}, computed in double.
/// shape    cosine, sine [maxlen, half]
template <class Real>
void rotary_table(std::int64_t maxlen, std::int64_t half, Real* cosine, Real* sine);

/// Keys, rotated and normalised, and values of the tokens seen; the convolution's last inputs.
/// shape    k, v [B, maxlen, kv_heads, hd]; conv [B, ck - 1, D]
template <class Real>
struct TransformerState {
  Real *k, *v, *conv;
  std::int64_t position;
};

/// What a forward leaves for its backward, and what both write to.
/// shape    y, z, q, q_at, heads, x1, y2 [B, L, D]; k, k_at, v [B, L, kv]; log_sum [B, L, heads];
///          both [B, L, 2 d_ff]; h [B, L, d_ff]. Without a convolution z is y
template <class Real>
struct TransformerActivations {
  Real *y, *z, *q, *k, *v, *q_at, *k_at, *heads, *log_sum, *x1, *y2, *both, *h;
};

/// Gradients by the activations of the same names.
template <class Real>
struct TransformerGradients {
  Real *y, *z, *q, *k, *v, *q_at, *k_at, *heads, *x1, *both, *h;
};

/// A pre-norm transformer block.
template <class Real>
struct Transformer {
  TransformerSizes sizes;
  double norm_epsilon;
  TransformerParameters<const Real> parameters;
  const Real *cosine, *sine;  // [maxlen, hd / 2]: rotary_table
  Implementation<Real> by;

  TransformerState<Real> place_state(std::int64_t B, Arena& arena) const;
  TransformerActivations<Real> place_activations(std::int64_t B, std::int64_t L, Arena& arena) const;
  TransformerGradients<Real> place_gradients(std::int64_t B, std::int64_t L, Arena& arena) const;

  /// out = the block of x. With a state (or null), attention sees its tokens too, and the new ones enter it:
  /// a step is L = 1.
  ///
  /// shape    x, out [B, L, D]; mask [B, L] or null: 1 keeps a key, 0 masks it, as released. Only without a
  /// state domain   position + L <= maxlen error    that of its operators; nothing is allocated
  void forward(std::int64_t B, std::int64_t L, const Real* x, const Real* mask,
               TransformerActivations<Real>& a, TransformerState<Real>* state, Real* out) const;

  /// Gradients of sum(out * out_gradient) of a forward without a state: by x overwritten, by parameters
  /// added.
  void backward(std::int64_t B, std::int64_t L, const Real* x, const Real* mask,
                const TransformerActivations<Real>& a, const Real* out_gradient,
                TransformerGradients<Real>& g, const TransformerParameters<Real>& by_parameters,
                Real* x_gradient) const;
};

extern template struct Transformer<float>;
extern template struct Transformer<double>;

}  // namespace sca::kernels
