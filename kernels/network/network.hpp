#pragma once

#include <span>
#include <string>
#include <variant>
#include <vector>

#include "kernels/network/layer.hpp"
#include "kernels/network/pages.hpp"
#include "kernels/network/transformer.hpp"

namespace sca::kernels {

/// One tensor among a network's parameters.
struct Parameter {
  std::string name;  // as released: embedding.weight, blocks.0.attn.in_proj.weight, ...
  Extents shape;
  std::int64_t offset, count;  // in the flat array of all parameters
  bool decays;                 // weight decay applies: matrices, not scalars, nodes and norms
};

/// A block of the network: an SCA layer with its norm, or a transformer block.
template <class Real>
struct ScaBlock {
  const Real* norm;
  Layer<Real> layer;
};
template <class Real>
using NetworkBlock = std::variant<ScaBlock<Real>, Transformer<Real>>;

/// The hybrid model: embedding, blocks, the embedding again as the head (tied, no final norm). Its parameters
/// are one flat array, so that whatever belongs to them (gradients, moments) is one of the same layout.
///
/// source   paper sections 2.1 and 2.3; the released code for what they leave open
template <class Real>
class Network {
 public:
  /// Parameters are zeros. errors: std::invalid_argument where the core does not do these rules
  Network(const NetworkSizes& sizes, const Rules& rules, const Implementation<Real>& by);
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;

  const NetworkSizes& sizes() const { return sizes_; }
  const Rules& rules() const { return rules_; }
  const Implementation<Real>& by() const { return by_; }
  const std::vector<Parameter>& parameters() const { return parameters_; }
  std::span<Real> values() { return values_; }
  std::span<const Real> values() const { return values_; }
  const Real* embedding() const { return values_.data(); }

  /// From now on, decoders that are made read matrices as bf16, rounded from float32 to nearest, ties to
  /// even: half the bytes a token. Both are in memory: the values stay what they are, for training, and what
  /// they become later is not rounded until this is called again.
  void keep_bf16();
  /// What decoders are to compute by.
  Implementation<Real> decoded_by() const;

  const std::vector<NetworkBlock<Real>>& blocks() const { return blocks_; }

  /// The places of block i's parameters in an array of the same layout.
  /// domain   the block is of that kind
  ScaBlockParameters<Real> sca_block(std::int64_t i, std::span<Real> like) const;
  TransformerParameters<Real> transformer(std::int64_t i, std::span<Real> like) const;

 private:
  template <class Sizes, class Parameters>
  void place(const Sizes& sizes, Parameters& parameters, std::int64_t i, Real* base) const;

  NetworkSizes sizes_;
  Rules rules_;
  Implementation<Real> by_;
  std::vector<Parameter> parameters_;
  std::vector<std::int64_t> first_;  // of each block's parameters, in the array
  Pages memory_, bf16_;
  std::span<Real> values_;  // in memory_
  std::vector<Real> cosine_, sine_;
  std::vector<NetworkBlock<Real>> blocks_;
};

extern template class Network<float>;
extern template class Network<double>;

}  // namespace sca::kernels
