#pragma once

#include "evidence/judge/recomputation.hpp"
#include "reference/sca_block.hpp"

namespace sca::evidence::judge {

/// A state's tensors, appended to the results `prefix + NAME`: files have a leading axis of recorded times.
template <class Value>
void put_state(Recomputation<Value>& r, const std::string& prefix,
               const reference::LayerState<reference::Adjoint<Value>>& state) {
  r.put(prefix + "den", state.den);
  r.put(prefix + "re", state.re);
  r.put(prefix + "im", state.im);
  r.put(prefix + "conv", state.conv);
  typename Recomputation<Value>::Tensor pos;
  for (const long t : state.pos) pos.data.push_back(static_cast<double>(t));
  r.put(prefix + "pos", pos);
}

/// `forward`, with every intermediate passed through the file. y is the layer's input.
template <class Value>
reference::LayerTrace<reference::Adjoint<Value>> forward_by_stages(
    Recomputation<Value>& r, reference::Layer<reference::Adjoint<Value>>& layer,
    const reference::Tensor<reference::Adjoint<Value>>& y) {
  using Real = reference::Adjoint<Value>;
  const reference::LayerConfig& c = layer.config;
  reference::LayerTrace<Real> trace;
  trace.u = project(layer.parameters.in_proj_weight, y);
  trace.z_act = mix(layer.parameters.conv_weight, trace.u);
  r.pass("i.z_act", trace.z_act);
  trace.p_w = weights(c, layer.dialect, layer.parameters, layer.rates, trace.z_act,
                      static_cast<long>(c.maxlen.value_or(y.shape[1])));
  r.pass("i.p_w", trace.p_w);
  r.pass("i.theta", layer.grid.theta);
  r.pass("i.w_int", layer.grid.omega);
  trace.den = trace.p_w;
  encode_tokens(layer, trace);
  prefix_sum(trace.den);
  prefix_sum(trace.re);
  prefix_sum(trace.im);
  r.pass("i.den", trace.den);
  r.pass("i.re", trace.re);
  r.pass("i.im", trace.im);
  read_tokens(layer, trace);
  r.pass("i.o", trace.o);
  fuse_tokens(layer, y, trace);
  r.pass("i.y_act", trace.y_act);
  if (r.goes_on_from_stored("i.y_act")) {
    const std::size_t width = c.K * c.E;
    for (std::size_t i = 0; i < y.shape[0] * y.shape[1]; ++i) {
      reference::multiply<Real>(layer.parameters.out_proj_weight.data,
                                std::as_const(trace.y_act).row(i, width), trace.out.row(i, c.D));
    }
  }
  return trace;
}

/// Forward, gradients and prefill state. `pre_norm` and `residual` are what a block adds around the layer.
template <class Value>
void recompute_forward(Recomputation<Value>& r, const reference::Dialect& dialect) {
  using Real = reference::Adjoint<Value>;
  const Dump& dump = r.dump();
  const auto x = r.variable("x");
  const auto finish = [&](const reference::LayerTrace<Real>& trace) {
    r.put("out", trace.out);
    if (r.wants_any("pf.")) put_state(r, "pf.", final_state(dump.layer, trace));
    r.differentiate(trace.out);
  };
  if (dump.kind == Kind::block) {
    auto parameters = reference::read_layer_parameters<Real>(dump.layer, r.variable_parameters(), "attn.");
    const auto scale = r.variable("p.norm.scale");
    finish(r.recorded([&] {
      reference::ScaBlock<Real> block{make_layer(dump.layer, dialect, std::move(parameters)), scale};
      auto trace = forward_by_stages(r, block.attn, pre_norm(block, x));
      reference::add<Real>(trace.out.data, x.data);
      return trace;
    }));
  } else {
    auto parameters = reference::read_layer_parameters<Real>(dump.layer, r.variable_parameters());
    finish(r.recorded([&] {
      auto layer = make_layer(dump.layer, dialect, std::move(parameters));
      return forward_by_stages(r, layer, x);
    }));
  }
}

/// step_out and the states after the tokens st.t; of a generated layer the last step's.
template <class Value, class Stepped>
void recompute_steps(Recomputation<Value>& r, const Stepped& stepped) {
  using Real = reference::Adjoint<Value>;
  const Dump& dump = r.dump();
  const auto x = r.constant("x");
  auto state = reference::initial_state<Real>(dump.layer, dump.B);
  auto out = reference::Tensor<Real>::zeros(x.shape);
  std::vector<double> recorded;
  if (r.wants_any("st.")) {
    const bool last_only = dump.kind == Kind::generated_layer;
    recorded = last_only ? std::vector{static_cast<double>(dump.L) - 1} : dump.recorded_steps();
  }
  for (std::size_t t = 0; t < dump.L; ++t) {
    const auto row = step(stepped, slice(x, t), state);
    for (std::size_t b = 0; b < dump.B; ++b)
      std::ranges::copy(row.row(b, dump.layer.D), out.row(b * dump.L + t, dump.layer.D).begin());
    if (std::ranges::count(recorded, static_cast<double>(t)) != 0) put_state(r, "st.", state);
  }
  r.put("step_out", out);
  if (dump.L > 0) r.put("step_out_last", slice(out, dump.L - 1));
}

/// Steps 2 to 5 alone, from the file's own z_act: their results, and their gradients from its own gradient by
/// o.
///
/// domain   the file has i.z_act [B, L, C]; gradients if it has gi.o [B, L, 2 K H]
template <class Value>
void recompute_core(Recomputation<Value>& r, const reference::Dialect& dialect) {
  using Real = reference::Adjoint<Value>;
  const Dump& dump = r.dump();
  const reference::LayerConfig& c = dump.layer;
  const std::string prefix = dump.kind == Kind::block ? "attn." : "";
  reference::Tape<Value> tape;
  reference::LayerParameters<Real> parameters;
  visit(c, parameters, [&](const std::string& name, const reference::Shape&, auto& tensor) {
    if (is_of_core(name)) tensor = variables(tape, r.stored("p." + prefix + name));
  });
  reference::LayerTrace<Real> trace;
  trace.z_act = variables(tape, r.stored("i.z_act"));
  const typename Real::Recording recording(tape);
  const reference::Layer<Real> layer{c, dialect, parameters, spectral_grid(c, dialect, parameters),
                                     decay_rates(c, dialect, parameters)};
  core(layer, trace);
  if (dump.is_core_only()) {
    visit_intermediates(trace, [&](const std::string& name, const auto& tensor) {
      if (name != "z_act" && name != "y_act") r.put("i." + name, tensor);
    });
    r.put("i.theta", layer.grid.theta);
    r.put("i.w_int", layer.grid.omega);
  }
  if (!dump.has("gi.o") || dump.tensors.at("gi.o").values.size() != trace.o.data.size()) return;
  const reference::Tensor<Value> cotangents = r.stored("gi.o");
  const reference::Gradient<Value> gradient(tape, std::span<const Real>(trace.o.data), cotangents.data);
  r.put("gi.z_act", gradient.by(trace.z_act));
  visit(c, parameters, [&](const std::string& name, const reference::Shape&, const auto& tensor) {
    if (is_of_core(name)) r.put("g." + prefix + name, gradient.by(tensor));
  });
}

template <class Value>
void recompute_layer(Recomputation<Value>& r, const reference::Dialect& dialect) {
  using Real = reference::Adjoint<Value>;
  const Dump& dump = r.dump();
  if (dump.is_core_only()) {
    recompute_core(r, dialect);
    return;
  }
  recompute_forward(r, dialect);
  if (dump.kind == Kind::generated_layer) {
    r.put_first("x_first8", "x", 8);
    r.put_first("in_proj_first8", "p.in_proj.weight", 8);
  }
  const bool has_z =
      dump.has("i.z_act") && dump.tensors.at("i.z_act").values.size() == dump.B * dump.L * dump.layer.C();
  if (r.judges_stages() && has_z) recompute_core(r, dialect);
  if (!r.wants("step_out") && !r.wants("step_out_last") && !r.wants_any("st.")) return;
  if (dump.kind == Kind::block) {
    recompute_steps(r, reference::read_sca_block<Real>(dump.layer, dialect, r.constant_parameters()));
  } else {
    auto parameters = reference::read_layer_parameters<Real>(dump.layer, r.constant_parameters());
    recompute_steps(r, make_layer(dump.layer, dialect, std::move(parameters)));
  }
}

}  // namespace sca::evidence::judge
