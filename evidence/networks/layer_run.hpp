#pragma once

#include "evidence/networks/results.hpp"
#include "evidence/networks/sizes.hpp"
#include "kernels/network/layer.hpp"

namespace sca::evidence::networks {

/// Everything of an SCA layer or its block.
template <class Real>
class LayerRun {
 public:
  LayerRun(const judge::Dump& inputs, const reference::Dialect& dialect,
           const sca::kernels::Implementation<Real>& by)
      : results_(inputs),
        is_block_(inputs.kind == judge::Kind::block),
        prefix_(is_block_ ? "attn." : ""),
        layer_{sizes_of(inputs.layer), rules_of(dialect), {}, by},
        sequences_(static_cast<std::int64_t>(inputs.B)),
        length_(static_cast<std::int64_t>(inputs.L)),
        x_(results_.in("x")) {
    results_.read_parameters(layer_.sizes, layer_.parameters, prefix_);
    if (is_block_) norm_ = results_.in("p.norm.scale");
  }

  judge::Dump run() {
    forward_and_back();
    steps();
    return results_.take();
  }

 private:
  std::size_t width(std::int64_t n) const { return static_cast<std::size_t>(n); }
  std::vector<std::size_t> tokens(std::int64_t n) const {
    return {width(sequences_), width(length_), width(n)};
  }

  /// The layer's input of rows x, and out begun with the residual.
  const Real* begin(std::int64_t rows, const Real* x, Real* out) {
    if (!is_block_) return x;
    Real* y = results_.room(rows * layer_.sizes.D);
    layer_.by.operators->norm(
        {rows, layer_.sizes.D, layer_.rules.norm_epsilon, x, norm_, y, layer_.by.threads});
    std::copy_n(x, rows * layer_.sizes.D, out);
    return y;
  }

  void forward_and_back() {
    const auto& s = layer_.sizes;
    const std::int64_t rows = sequences_ * length_;
    const auto place = [&](sca::kernels::Arena& arena) {
      return layer_.place_activations(sequences_, length_, arena);
    };
    sca::kernels::Placed a(place);
    Real* out = results_.room(rows * s.D);
    const Real* y = begin(rows, x_, out);
    layer_.forward(sequences_, length_, y, *a, nullptr, out, is_block_);
    results_.put("out", tokens(s.D), out);
    results_.put("i.z_act", tokens(s.C()), a->z);
    results_.put("i.theta", {width(s.K), width(s.H), width(s.M)}, a->theta);
    results_.put("i.w_int", {width(s.K), width(s.H), width(s.M)}, a->omega);
    results_.put("i.o", tokens(2 * s.KH()), a->o);
    results_.put("i.y_act", tokens(s.K * s.E), a->y);
    if (results_.differentiates()) back(y, *a);
  }

  void back(const Real* y, const sca::kernels::LayerActivations<Real>& a) {
    const auto& s = layer_.sizes;
    const std::int64_t rows = sequences_ * length_;
    const auto place = [&](sca::kernels::Arena& arena) {
      return layer_.place_gradients(sequences_, length_, arena);
    };
    sca::kernels::Placed g(place);
    sca::kernels::LayerParameters<Real> by{};
    results_.place_gradients(s, by);
    const Real* G = results_.in("G");
    Real* gx = results_.room(rows * s.D);
    layer_.backward(sequences_, length_, y, a, G, *g, by, gx);
    results_.put_gradients(s, by, prefix_);
    results_.put("gi.o", tokens(2 * s.KH()), g->o);
    results_.put("gi.z_act", tokens(s.C()), g->z);
    if (is_block_) {
      Real* by_norm = results_.zeros(s.D);
      Real* by_x = results_.room(rows * s.D);
      std::copy_n(G, rows * s.D, by_x);
      layer_.by.operators->norm_backward(
          {rows, s.D, layer_.rules.norm_epsilon, x_, norm_, gx, by_x, by_norm, true, layer_.by.threads});
      results_.put("g.norm.scale", {width(s.D)}, by_norm);
      gx = by_x;
    }
    results_.put("gx", tokens(s.D), gx);
  }

  /// Token by token, with the state after the last one.
  void steps() {
    const auto& s = layer_.sizes;
    const auto place = [&](sca::kernels::Arena& arena) {
      return layer_.place_activations(sequences_, 1, arena);
    };
    sca::kernels::Placed a(place);
    sca::kernels::LayerState<Real> state{
        results_.zeros(sequences_ * s.K), results_.zeros(sequences_ * s.KHM()),
        results_.zeros(sequences_ * s.KHM()), results_.zeros(sequences_ * (s.ck - 1) * s.C()), 0};
    Real* x = results_.room(sequences_ * s.D);
    Real* row = results_.room(sequences_ * s.D);
    Real* out = results_.room(sequences_ * length_ * s.D);
    layer_.prepare(*a);
    for (std::int64_t t = 0; t < length_; ++t) {
      for (std::int64_t b = 0; b < sequences_; ++b)
        std::copy_n(x_ + (b * length_ + t) * s.D, s.D, x + b * s.D);
      const Real* y = begin(sequences_, x, row);
      layer_.step(sequences_, y, *a, state, row, is_block_);
      for (std::int64_t b = 0; b < sequences_; ++b)
        std::copy_n(row + b * s.D, s.D, out + (b * length_ + t) * s.D);
    }
    results_.put("step_out", tokens(s.D), out);
    if (length_ > 0) put_state(state);
  }

  void put_state(const sca::kernels::LayerState<Real>& state) {
    const auto& s = layer_.sizes;
    const Real last = static_cast<Real>(length_ - 1);
    const std::vector<Real> position(width(sequences_), static_cast<Real>(state.position));
    results_.put("st.t", {1}, &last);
    results_.put("st.pos", {1, width(sequences_)}, position.data());
    results_.put("st.den", {1, width(sequences_), width(s.K)}, state.den);
    results_.put("st.re", {1, width(sequences_), width(s.K), width(s.H), width(s.M)}, state.re);
    results_.put("st.im", {1, width(sequences_), width(s.K), width(s.H), width(s.M)}, state.im);
    results_.put("st.conv", {1, width(sequences_), width(s.ck - 1), width(s.C())}, state.conv);
  }

  Results<Real> results_;
  bool is_block_;
  std::string prefix_;
  sca::kernels::Layer<Real> layer_;
  std::int64_t sequences_, length_;
  const Real* x_;
  const Real* norm_ = nullptr;
};

}  // namespace sca::evidence::networks
