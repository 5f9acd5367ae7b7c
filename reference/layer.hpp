#pragma once

#include "reference/accumulate.hpp"
#include "reference/fuse.hpp"
#include "reference/mix.hpp"
#include "reference/phase.hpp"
#include "reference/scalars.hpp"
#include "reference/spectral_readout.hpp"
#include "reference/weights.hpp"

namespace sca::reference {

/// An SCA layer ready to run: its parameters, and what follows from them alone.
template <class Real>
struct Layer {
  LayerConfig config;
  Dialect dialect;
  LayerParameters<Real> parameters;
  SpectralGrid<Real> grid;
  std::vector<Real> rates;  // [K]
};

/// Throws std::invalid_argument that names what does not fit.
template <class Real>
Layer<Real> make_layer(const LayerConfig& config, const Dialect& dialect, LayerParameters<Real> parameters) {
  validate(config);
  visit(config, parameters, [](const char* name, const Shape& shape, const Tensor<Real>& tensor) {
    require_shape(name, shape, tensor);
  });
  auto grid = spectral_grid(config, dialect, parameters);
  auto rates = decay_rates(config, dialect, parameters);
  return {config, dialect, std::move(parameters), std::move(grid), std::move(rates)};
}

/// Everything that the forward pass computes.
///
/// shape    u, z_act [B, L, C]; p_w, den [B, L, K]; re, im [B, L, K, H, M] (sums, not normalised);
///          o [B, L, 2 K H]; y_act [B, L, K E]; out [B, L, D]. theta and w_int are the layer's grid.
template <class Real>
struct LayerTrace {
  Tensor<Real> u;
  Tensor<Real> z_act;
  Tensor<Real> p_w;
  Tensor<Real> den;
  Tensor<Real> re;
  Tensor<Real> im;
  Tensor<Real> o;
  Tensor<Real> y_act;
  Tensor<Real> out;
};

/// Calls f(name, tensor) for every intermediate, under the released names without their "i.".
template <class Trace, class F>
void visit_intermediates(Trace& trace, F f) {
  f("z_act", trace.z_act);
  f("p_w", trace.p_w);
  f("den", trace.den);
  f("re", trace.re);
  f("im", trace.im);
  f("o", trace.o);
  f("y_act", trace.y_act);
}

/// Step 3 over a sequence: the terms of R and I, into trace.re and trace.im.
template <class Real>
void encode_tokens(const Layer<Real>& layer, LayerTrace<Real>& trace) {
  const LayerConfig& c = layer.config;
  const LayerTrace<Real>& input = trace;
  const Shape& shape = trace.z_act.shape;
  trace.re = Tensor<Real>::zeros({shape[0], shape[1], c.K, c.H, c.M});
  trace.im = trace.re;
  for (std::size_t i = 0; i < shape[0] * shape[1]; ++i) {
    encode<Real>(layer.dialect, layer.grid.theta, layer.parameters.phase_scale.data, input.p_w.row(i, c.K),
                 branches(c, input.z_act.row(i, c.C())).k, trace.re.row(i, c.KHM()),
                 trace.im.row(i, c.KHM()));
  }
}

/// Step 5 over a sequence, from trace.den, re, im and z_act into trace.o.
template <class Real>
void read_tokens(const Layer<Real>& layer, LayerTrace<Real>& trace) {
  const LayerConfig& c = layer.config;
  const LayerTrace<Real>& input = trace;
  const Shape& shape = trace.z_act.shape;
  trace.o = Tensor<Real>::zeros({shape[0], shape[1], 2 * c.KH()});
  for (std::size_t i = 0; i < shape[0] * shape[1]; ++i) {
    const Summary<Real> summary{input.den.row(i, c.K), input.re.row(i, c.KHM()), input.im.row(i, c.KHM())};
    read<Real>(c, layer.dialect, layer.grid.omega, summary, branches(c, input.z_act.row(i, c.C())).q,
               trace.o.row(i, 2 * c.KH()));
  }
}

/// Step 6 over a sequence, from trace.o into trace.y_act and trace.out.
template <class Real>
void fuse_tokens(const Layer<Real>& layer, const Tensor<Real>& x, LayerTrace<Real>& trace) {
  const LayerConfig& c = layer.config;
  const std::size_t width = c.K * c.E;
  trace.y_act = Tensor<Real>::zeros({x.shape[0], x.shape[1], width});
  trace.out = Tensor<Real>::zeros(x.shape);
  for (std::size_t i = 0; i < x.shape[0] * x.shape[1]; ++i) {
    fuse<Real>(c, layer.dialect, layer.parameters, x.row(i, c.D), std::as_const(trace.o).row(i, 2 * c.KH()),
               trace.y_act.row(i, width), trace.out.row(i, c.D));
  }
}

/// Steps 2 to 5, the operator itself: fills p_w, den, re, im and o from trace.z_act.
///
/// shape    trace.z_act [B, L, C], any L >= 0
/// error    none beyond the scalar's own; chains: L - 1 additions in Step 4, M in Step 5
/// source   paper section 2.2.4, Steps 2 to 5
template <class Real>
void core(const Layer<Real>& layer, LayerTrace<Real>& trace) {
  const LayerConfig& c = layer.config;
  const long n = static_cast<long>(c.maxlen.value_or(trace.z_act.shape[1]));
  trace.p_w = weights(c, layer.dialect, layer.parameters, layer.rates, trace.z_act, n);
  trace.den = trace.p_w;
  encode_tokens(layer, trace);
  prefix_sum(trace.den);
  prefix_sum(trace.re);
  prefix_sum(trace.im);
  read_tokens(layer, trace);
}

/// The layer in parallel form: every stage over the whole sequence, states as prefix sums.
///
/// shape    x [B, L, D] -> out [B, L, D], with all intermediates
/// domain   any L >= 0
/// source   paper Algorithm 1
template <class Real>
LayerTrace<Real> forward(const Layer<Real>& layer, const Tensor<Real>& x) {
  require_shape("x", {x.shape.at(0), x.shape.at(1), layer.config.D}, x);
  LayerTrace<Real> trace;
  trace.u = project(layer.parameters.in_proj_weight, x);
  trace.z_act = mix(layer.parameters.conv_weight, trace.u);
  core(layer, trace);
  fuse_tokens(layer, x, trace);
  return trace;
}

#define SCA_DECLARE(Real)                                                                            \
  extern template Layer<Real> make_layer(const LayerConfig&, const Dialect&, LayerParameters<Real>); \
  extern template void core(const Layer<Real>&, LayerTrace<Real>&);                                  \
  extern template LayerTrace<Real> forward(const Layer<Real>&, const Tensor<Real>&);
SCA_FOR_EACH_SCALAR(SCA_DECLARE)
#undef SCA_DECLARE

}  // namespace sca::reference
