#pragma once

#include "evidence/networks/results.hpp"
#include "evidence/networks/sizes.hpp"
#include "kernels/network/transformer.hpp"

namespace sca::evidence::networks {

/// Everything of a transformer block.
template <class Real>
class TransformerRun {
 public:
  TransformerRun(const judge::Dump& inputs, const reference::Dialect& dialect,
                 const sca::kernels::Implementation<Real>& by)
      : results_(inputs),
        block_{sizes_of(inputs.block), dialect.norm_epsilon, {}, nullptr, nullptr, by},
        sequences_(static_cast<std::int64_t>(inputs.B)),
        length_(static_cast<std::int64_t>(inputs.L)),
        x_(results_.in("x")),
        mask_(inputs.has("mask") ? results_.in("mask") : nullptr) {
    const auto& s = block_.sizes;
    Real* cosine = results_.room(s.maxlen * s.hd() / 2);
    Real* sine = results_.room(s.maxlen * s.hd() / 2);
    sca::kernels::rotary_table(s.maxlen, s.hd() / 2, cosine, sine);
    block_.cosine = cosine;
    block_.sine = sine;
    results_.read_parameters(s, block_.parameters, "");
  }

  judge::Dump run() {
    const auto& s = block_.sizes;
    const auto place = [&](sca::kernels::Arena& arena) {
      return block_.place_activations(sequences_, length_, arena);
    };
    sca::kernels::Placed a(place);
    Real* out = results_.room(sequences_ * length_ * s.D);
    block_.forward(sequences_, length_, x_, mask_, *a, nullptr, out);
    results_.put("out", tokens(s.D), out);
    const std::vector<std::size_t> table{static_cast<std::size_t>(s.maxlen),
                                         static_cast<std::size_t>(s.hd() / 2)};
    results_.put("cos", table, block_.cosine);
    results_.put("sin", table, block_.sine);
    if (results_.differentiates()) back(*a);
    steps();
    return results_.take();
  }

 private:
  std::vector<std::size_t> tokens(std::int64_t n) const {
    return {static_cast<std::size_t>(sequences_), static_cast<std::size_t>(length_),
            static_cast<std::size_t>(n)};
  }

  void back(const sca::kernels::TransformerActivations<Real>& a) {
    const auto& s = block_.sizes;
    const auto place = [&](sca::kernels::Arena& arena) {
      return block_.place_gradients(sequences_, length_, arena);
    };
    sca::kernels::Placed g(place);
    sca::kernels::TransformerParameters<Real> by{};
    results_.place_gradients(s, by);
    Real* gx = results_.room(sequences_ * length_ * s.D);
    block_.backward(sequences_, length_, x_, mask_, a, results_.in("G"), *g, by, gx);
    results_.put_gradients(s, by, "");
    results_.put("gx", tokens(s.D), gx);
  }

  void steps() {
    const auto& s = block_.sizes;
    const auto place = [&](sca::kernels::Arena& arena) {
      return block_.place_activations(sequences_, 1, arena);
    };
    sca::kernels::Placed a(place);
    const std::int64_t cache = sequences_ * s.maxlen * s.kv();
    sca::kernels::TransformerState<Real> state{
        results_.zeros(cache), results_.zeros(cache),
        s.ck > 0 ? results_.zeros(sequences_ * (s.ck - 1) * s.D) : nullptr, 0};
    Real* x = results_.room(sequences_ * s.D);
    Real* row = results_.room(sequences_ * s.D);
    Real* out = results_.room(sequences_ * length_ * s.D);
    for (std::int64_t t = 0; t < length_; ++t) {
      for (std::int64_t b = 0; b < sequences_; ++b)
        std::copy_n(x_ + (b * length_ + t) * s.D, s.D, x + b * s.D);
      block_.forward(sequences_, 1, x, nullptr, *a, &state, row);
      for (std::int64_t b = 0; b < sequences_; ++b)
        std::copy_n(row + b * s.D, s.D, out + (b * length_ + t) * s.D);
    }
    results_.put("step_out", tokens(s.D), out);
    const std::vector<std::size_t> shape{
        static_cast<std::size_t>(sequences_), static_cast<std::size_t>(s.maxlen),
        static_cast<std::size_t>(s.kv_heads), static_cast<std::size_t>(s.hd())};
    results_.put("k_cache", shape, state.k);
    results_.put("v_cache", shape, state.v);
  }

  Results<Real> results_;
  sca::kernels::Transformer<Real> block_;
  std::int64_t sequences_, length_;
  const Real *x_, *mask_;
};

}  // namespace sca::evidence::networks
