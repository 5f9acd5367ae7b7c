#pragma once

#include <variant>

#include "reference/model_config.hpp"
#include "reference/sca_block.hpp"
#include "reference/transformer_block.hpp"

namespace sca::reference {

/// Token ids. shape: [B, L]
using Ids = Tensor<std::size_t>;

template <class Real>
using Block = std::variant<ScaBlock<Real>, TransformerBlock<Real>>;

/// The hybrid model: embedding, blocks, the embedding again as the head (tied, no final norm).
template <class Real>
struct Model {
  ModelConfig config;
  Tensor<Real> embedding;  // [vocab, D]
  std::vector<Block<Real>> blocks;
};

/// What every block carries from token to token.
template <class Real>
using ModelState = std::vector<std::variant<LayerState<Real>, BlockState<Real>>>;

/// Block i, its parameters taken from `source(name, shape)` under the released names, blocks.I.….
template <class Real, class Source>
Block<Real> read_block(const ModelConfig& c, const Dialect& dialect, std::size_t i, Source source) {
  const std::string prefix = "blocks." + std::to_string(i) + ".";
  if (!c.is_attention(i)) return read_sca_block<Real>(c.layer, dialect, source, prefix);
  return make_transformer_block(c.block, dialect.norm_epsilon,
                                read_block_parameters<Real>(c.block, source, prefix));
}

/// Parameters taken from `source(name, shape)` under the released names: embedding.weight, blocks.I.….
template <class Real, class Source>
Model<Real> read_model(const ModelConfig& c, const Dialect& dialect, Source source) {
  validate(c);
  Model<Real> model{c, source("embedding.weight", Shape{c.vocab, c.D()}), {}};
  require_shape("embedding.weight", {c.vocab, c.D()}, model.embedding);
  for (std::size_t i = 0; i < c.num_layers; ++i)
    model.blocks.push_back(read_block<Real>(c, dialect, i, source));
  return model;
}

/// The state before the first token.
template <class Real>
ModelState<Real> initial_state(const Model<Real>& model, std::size_t B) {
  ModelState<Real> state;
  for (std::size_t i = 0; i < model.blocks.size(); ++i) {
    if (model.config.is_attention(i)) {
      state.push_back(initial_state<Real>(model.config.block, B));
    } else {
      state.push_back(initial_state<Real>(model.config.layer, B));
    }
  }
  return state;
}

/// The rows of the embedding that `ids` name.
/// shape    ids […] -> [ids.size(), D] data; throws std::invalid_argument for an id that is no row
template <class Real>
std::vector<Real> embed(const Model<Real>& model, std::span<const std::size_t> ids) {
  std::vector<Real> x;
  for (const std::size_t id : ids) {
    if (id >= model.config.vocab)
      throw std::invalid_argument("model: token id " + std::to_string(id) + " is outside the vocabulary");
    const auto row = model.embedding.row(id, model.config.D());
    x.insert(x.end(), row.begin(), row.end());
  }
  return x;
}

/// x times the embedding's transpose. shape: x […, D] -> […, vocab]
template <class Real>
Tensor<Real> head(const Model<Real>& model, const Tensor<Real>& x) {
  Shape shape = x.shape;
  shape.back() = model.config.vocab;
  auto logits = Tensor<Real>::zeros(shape);
  for (std::size_t i = 0; i < x.data.size() / model.config.D(); ++i) {
    multiply<Real>(model.embedding.data, x.row(i, model.config.D()), logits.row(i, model.config.vocab));
  }
  return logits;
}

/// What the forward pass leaves.
/// shape    logits [B, L, vocab]; hidden: the residual stream before block 0 and after each, [B, L, D];
///          state: for `step` to go on from
template <class Real>
struct ModelTrace {
  Tensor<Real> logits;
  std::vector<Tensor<Real>> hidden;
  ModelState<Real> state;
};

/// The model over a sequence; as a prefill, its state lets `step` go on.
/// source   paper sections 2.1 and 2.3; the released code for what they leave open
template <class Real>
ModelTrace<Real> forward(const Model<Real>& model, const Ids& ids) {
  ModelTrace<Real> trace;
  trace.hidden.push_back(
      {{ids.shape.at(0), ids.shape.at(1), model.config.D()}, embed<Real>(model, ids.data)});
  for (const Block<Real>& block : model.blocks) {
    if (const auto* sca = std::get_if<ScaBlock<Real>>(&block)) {
      LayerTrace<Real> layer = forward(*sca, trace.hidden.back());
      trace.state.push_back(final_state(sca->attn.config, layer));
      trace.hidden.push_back(std::move(layer.out));
    } else {
      BlockTrace<Real> attention = forward(std::get<TransformerBlock<Real>>(block), trace.hidden.back());
      trace.state.push_back(std::move(attention.state));
      trace.hidden.push_back(std::move(attention.out));
    }
  }
  trace.logits = head(model, trace.hidden.back());
  return trace;
}

/// One token a row. shape: ids [B] -> logits [B, vocab]
template <class Real>
Tensor<Real> step(const Model<Real>& model, std::span<const std::size_t> ids, ModelState<Real>& state) {
  Tensor<Real> x{{ids.size(), model.config.D()}, embed<Real>(model, ids)};
  for (std::size_t i = 0; i < model.blocks.size(); ++i) {
    if (const auto* sca = std::get_if<ScaBlock<Real>>(&model.blocks[i])) {
      x = step(*sca, x, std::get<LayerState<Real>>(state[i]));
    } else {
      x = step(std::get<TransformerBlock<Real>>(model.blocks[i]), x, std::get<BlockState<Real>>(state[i]));
    }
  }
  return head(model, x);
}

#define SCA_DECLARE(Real)                                                   \
  extern template ModelTrace<Real> forward(const Model<Real>&, const Ids&); \
  extern template Tensor<Real> step(const Model<Real>&, std::span<const std::size_t>, ModelState<Real>&);
SCA_FOR_EACH_SCALAR(SCA_DECLARE)
#undef SCA_DECLARE

}  // namespace sca::reference
