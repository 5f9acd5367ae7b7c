#include "evidence/networks/computed.hpp"

#include <memory>

#include "evidence/networks/results.hpp"
#include "evidence/networks/sizes.hpp"
#include "kernels/network/decoder.hpp"
#include "kernels/network/training_pass.hpp"

namespace sca::evidence::networks {
namespace {

using sca::kernels::Implementation;
using sca::kernels::Placed;

/// Everything of an SCA layer or its block.
template <class Real>
class LayerRun {
 public:
  LayerRun(const judge::Dump& inputs, const reference::Dialect& dialect, const Implementation<Real>& by)
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
    Placed a(place);
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
    Placed g(place);
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
    Placed a(place);
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

template <class Real>
class TransformerRun {
 public:
  TransformerRun(const judge::Dump& inputs, const reference::Dialect& dialect, const Implementation<Real>& by)
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
    Placed a(place);
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
    Placed g(place);
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
    Placed a(place);
    const std::int64_t cache = sequences_ * s.maxlen * s.kv();
    sca::kernels::TransformerState<Real> state{results_.zeros(cache), results_.zeros(cache), 0};
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

template <class Real>
class ModelRun {
 public:
  ModelRun(const judge::Dump& inputs, const reference::Dialect& dialect, const Implementation<Real>& by)
      : results_(inputs),
        network_(sizes_of(inputs.model), rules_of(dialect), by),
        sequences_(static_cast<std::int64_t>(inputs.B)),
        length_(static_cast<std::int64_t>(inputs.L)),
        prefill_(static_cast<std::int64_t>(inputs.prefill)) {
    for (const sca::kernels::Parameter& one : network_.parameters())
      std::copy_n(results_.in("p." + one.name), one.count, network_.values().data() + one.offset);
    for (const double id : inputs.tensors.at("ids").values) ids_.push_back(static_cast<std::int64_t>(id));
  }

  judge::Dump run() {
    sca::kernels::TrainingPass<Real> pass(network_, sequences_, length_);
    results_.put("logits", logits_shape(), pass.forward(ids_.data()).data());
    if constexpr (std::same_as<Real, float>) {
      put_hidden(pass);
      return results_.take();
    }
    if (results_.differentiates()) {
      pass.backward_from(ids_.data(), results_.in("G"));
      for (const sca::kernels::Parameter& one : network_.parameters())
        results_.put("g." + one.name, {one.shape.begin(), one.shape.end()},
                     pass.gradient().data() + one.offset);
    }
    decode("step_logits", 0);
    if (prefill_ > 0) decode("prefill_step_logits", prefill_);
    return results_.take();
  }

 private:
  std::vector<std::size_t> logits_shape() const {
    return {static_cast<std::size_t>(sequences_), static_cast<std::size_t>(length_),
            static_cast<std::size_t>(network_.sizes().vocab)};
  }

  void put_hidden(const sca::kernels::TrainingPass<Real>& pass) {
    const auto blocks = static_cast<std::size_t>(network_.sizes().blocks);
    const auto D = static_cast<std::size_t>(network_.sizes().D());
    const std::vector<std::size_t> shape{blocks + 1, static_cast<std::size_t>(sequences_),
                                         static_cast<std::size_t>(length_), D};
    std::vector<Real> all;
    for (std::size_t i = 0; i <= blocks; ++i) {
      const auto hidden = pass.hidden(static_cast<std::int64_t>(i));
      all.insert(all.end(), hidden.begin(), hidden.end());
    }
    results_.put("i.hidden", shape, all.data());
  }

  std::vector<std::int64_t> ids_from(std::int64_t t, std::int64_t count) const {
    std::vector<std::int64_t> ids;
    for (std::int64_t b = 0; b < sequences_; ++b) {
      const auto first = ids_.begin() + b * length_ + t;
      ids.insert(ids.end(), first, first + count);
    }
    return ids;
  }

  /// `prefill` tokens at once, then one by one.
  void decode(const std::string& name, std::int64_t prefill) {
    using Decoder = sca::kernels::Decoder<Real>;
    const std::int64_t vocab = network_.sizes().vocab;
    Decoder decoder(network_, sequences_, std::max(prefill, std::int64_t{1}), Decoder::Logits::all);
    Real* all = results_.room(sequences_ * length_ * vocab);
    const auto keep = [&](const Real* logits, std::int64_t t, std::int64_t count) {
      for (std::int64_t b = 0; b < sequences_; ++b)
        std::copy_n(logits + b * count * vocab, count * vocab, all + (b * length_ + t) * vocab);
    };
    if (prefill > 0) keep(decoder.forward(ids_from(0, prefill).data(), prefill).data(), 0, prefill);
    for (std::int64_t t = prefill; t < length_; ++t) keep(decoder.step(ids_from(t, 1).data()).data(), t, 1);
    results_.put(name, logits_shape(), all);
  }

  Results<Real> results_;
  sca::kernels::Network<Real> network_;
  std::int64_t sequences_, length_, prefill_;
  std::vector<std::int64_t> ids_;
};

}  // namespace

template <class Real>
judge::Dump computed(const judge::Dump& inputs, const reference::Dialect& dialect,
                     const Implementation<Real>& by) {
  switch (inputs.kind) {
    case judge::Kind::transformer: return TransformerRun<Real>(inputs, dialect, by).run();
    case judge::Kind::model: return ModelRun<Real>(inputs, dialect, by).run();
    default: return LayerRun<Real>(inputs, dialect, by).run();
  }
}

template judge::Dump computed(const judge::Dump&, const reference::Dialect&, const Implementation<float>&);
template judge::Dump computed(const judge::Dump&, const reference::Dialect&, const Implementation<double>&);

}  // namespace sca::evidence::networks
