#pragma once

#include "evidence/judge/model_pass.hpp"
#include "evidence/judge/recomputation.hpp"

namespace sca::evidence::judge {

template <class Value>
void recompute_transformer(Recomputation<Value>& r, const reference::Dialect& dialect) {
  using Real = reference::Adjoint<Value>;
  const Dump& dump = r.dump();
  const auto x = r.variable("x");
  auto parameters = reference::read_block_parameters<Real>(dump.block, r.variable_parameters());
  const auto mask = dump.has("mask") ? r.constant("mask") : reference::Tensor<Real>{};
  const auto block = make_transformer_block(dump.block, dialect.norm_epsilon, std::move(parameters));
  const auto out = r.recorded([&] { return forward(block, x, mask).out; });
  r.put("out", out);
  r.put("cos", block.rotary.cosine);
  r.put("sin", block.rotary.sine);
  r.differentiate(out);
  if (!r.wants("step_out") && !r.wants("k_cache") && !r.wants("v_cache")) return;
  const auto stepped =
      make_transformer_block(dump.block, dialect.norm_epsilon,
                             reference::read_block_parameters<Real>(dump.block, r.constant_parameters()));
  const auto tokens = r.constant("x");
  auto state = reference::initial_state<Real>(dump.block, dump.B);
  std::vector<reference::Tensor<Real>> rows;
  for (std::size_t t = 0; t < dump.L; ++t) rows.push_back(step(stepped, slice(tokens, t), state));
  r.put("step_out", in_sequence(rows));
  r.put("k_cache", state.k);
  r.put("v_cache", state.v);
}

/// Every block from the residual stream that the file has before it (i.hidden), and the head from the last.
template <class Value>
void recompute_blocks(Recomputation<Value>& r, const reference::Model<reference::Adjoint<Value>>& model) {
  using Real = reference::Adjoint<Value>;
  const Dump& dump = r.dump();
  const std::size_t width = dump.B * dump.L * dump.model.D();
  const Array& stored = dump.input("i.hidden", {model.blocks.size() + 1, dump.B, dump.L, dump.model.D()});
  const auto hidden = [&](std::size_t i) {
    reference::Tensor<Real> x{{dump.B, dump.L, dump.model.D()}, {}};
    for (std::size_t j = 0; j < width; ++j) x.data.push_back(Real(stored.values[i * width + j]));
    return x;
  };
  r.put("i.hidden", {{}, embed<Real>(model, counts(dump.file, "ids", dump.tensors.at("ids")))});
  for (std::size_t i = 0; i < model.blocks.size(); ++i)
    r.put("i.hidden",
          std::visit([&](const auto& block) { return forward(block, hidden(i)).out; }, model.blocks[i]));
  r.put("logits", head(model, hidden(model.blocks.size())));
}

/// The model from its tokens, and by steps.
template <class Value>
void recompute_passes(Recomputation<Value>& r, const reference::Dialect& dialect) {
  const Dump& dump = r.dump();
  // A ball's radius grows over blocks as a running bound does.
  const reference::DigitsScope digits(2 * reference::Float::thread_default_precision());
  const reference::Ids ids{{dump.B, dump.L}, counts(dump.file, "ids", dump.tensors.at("ids"))};
  const StoredParameters stored = [&](const std::string& name, const reference::Shape&) {
    const Array& array = dump.tensors.at("p." + name);
    return reference::Tensor<double>{array.shape, array.values};
  };
  const auto pass = [&](std::size_t prefill, bool differentiates) {
    return ModelPass<Value>(dump.model, dialect, stored, ids, prefill, differentiates);
  };
  if (r.wants("logits") || r.differentiates()) {
    auto whole = pass(dump.L, r.differentiates());
    r.put("logits", whole.logits());
    if (r.differentiates()) {
      for (auto& [name, gradient] : whole.gradients(r.cotangent())) r.put("g." + name, std::move(gradient));
    }
  }
  if (r.wants("step_logits")) r.put("step_logits", pass(0, false).logits());
  if (r.wants("prefill_step_logits")) r.put("prefill_step_logits", pass(dump.prefill, false).logits());
}

template <class Value>
void recompute_model(Recomputation<Value>& r, const reference::Dialect& dialect) {
  if (!r.goes_on_from_stored("i.hidden")) return recompute_passes(r, dialect);
  recompute_blocks(
      r, reference::read_model<reference::Adjoint<Value>>(r.dump().model, dialect, r.constant_parameters()));
}

}  // namespace sca::evidence::judge
