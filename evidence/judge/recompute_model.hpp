#pragma once

#include "evidence/judge/recomputation.hpp"
#include "reference/model.hpp"

namespace sca::evidence::judge {

/// Rows t of [B, …] tensors as [B, L, …].
template <class Real>
reference::Tensor<Real> stack(const std::vector<reference::Tensor<Real>>& rows, std::size_t B) {
  reference::Tensor<Real> result;
  for (std::size_t b = 0; b < B; ++b) {
    for (const auto& row : rows) {
      const auto part = row.row(b, row.data.size() / B);
      result.data.insert(result.data.end(), part.begin(), part.end());
    }
  }
  return result;
}

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
  r.put("step_out", stack(rows, dump.B));
  r.put("k_cache", state.k);
  r.put("v_cache", state.v);
}

/// The first `count` tokens of every row.
inline reference::Ids first_tokens(const reference::Ids& ids, std::size_t count) {
  reference::Ids result{{ids.shape[0], count}, {}};
  for (std::size_t b = 0; b < ids.shape[0]; ++b) {
    const auto row = ids.row(b, ids.shape[1]).first(count);
    result.data.insert(result.data.end(), row.begin(), row.end());
  }
  return result;
}

/// Logits of a prefill of L0 tokens and of steps from there.
template <class Real>
reference::Tensor<Real> stepped_logits(const reference::Model<Real>& model, const reference::Ids& ids,
                                       std::size_t L0) {
  const std::size_t B = ids.shape[0];
  std::vector<reference::Tensor<Real>> rows;
  auto state = initial_state(model, B);
  if (L0 > 0) {
    auto prefill = forward(model, first_tokens(ids, L0));
    state = std::move(prefill.state);
    for (std::size_t t = 0; t < L0; ++t) rows.push_back(slice(prefill.logits, t));
  }
  for (std::size_t t = L0; t < ids.shape[1]; ++t)
    rows.push_back(step<Real>(model, slice(ids, t).data, state));
  return stack(rows, B);
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

template <class Value>
void recompute_model(Recomputation<Value>& r, const reference::Dialect& dialect) {
  using Real = reference::Adjoint<Value>;
  const Dump& dump = r.dump();
  const reference::Ids ids{{dump.B, dump.L}, counts(dump.file, "ids", dump.tensors.at("ids"))};
  auto parameters = std::map<std::string, reference::Tensor<Real>>{};
  if (r.goes_on_from_stored("i.hidden")) {
    recompute_blocks(r, reference::read_model<Real>(dump.model, dialect, r.constant_parameters()));
    return;
  }
  for (const auto& [name, array] : dump.tensors) {
    if (name.starts_with("p.")) parameters.emplace(name.substr(2), r.variable(name));
  }
  const auto logits = r.recorded([&] {
    const auto source = [&](const std::string& name, const reference::Shape&) { return parameters.at(name); };
    return forward(reference::read_model<Real>(dump.model, dialect, source), ids).logits;
  });
  r.put("logits", logits);
  r.differentiate(logits);
  if (!r.wants("step_logits") && !r.wants("prefill_step_logits")) return;
  const auto model = reference::read_model<Real>(dump.model, dialect, r.constant_parameters());
  if (r.wants("step_logits")) r.put("step_logits", stepped_logits(model, ids, 0));
  if (r.wants("prefill_step_logits")) r.put("prefill_step_logits", stepped_logits(model, ids, dump.prefill));
}

}  // namespace sca::evidence::judge
