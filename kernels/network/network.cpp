#include "kernels/network/network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <stdexcept>

namespace sca::kernels {
namespace {

std::int64_t volume(const Extents& shape) {
  return std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
}

/// Appends a tensor to the layout.
void append(std::vector<Parameter>& all, std::string name, const Extents& shape, bool decays) {
  const std::int64_t offset = all.empty() ? 0 : all.back().offset + all.back().count;
  all.push_back({std::move(name), shape, offset, volume(shape), decays});
}

template <class Sizes, class Parameters>
void append_block(std::vector<Parameter>& all, const Sizes& sizes, Parameters parameters, std::int64_t i) {
  visit(sizes, parameters, [&](const std::string& name, const Extents& shape, auto*&, bool decays) {
    append(all, fmt::format("blocks.{}.{}", i, name), shape, decays);
  });
}

}  // namespace

template <class Real>
Network<Real>::Network(const NetworkSizes& sizes, const Rules& rules, const Implementation<Real>& by)
    : sizes_(sizes), rules_(rules), by_(by) {
  append(parameters_, "embedding.weight", {sizes.vocab, sizes.D()}, true);
  for (std::int64_t i = 0; i < sizes.blocks; ++i) {
    first_.push_back(parameters_.back().offset + parameters_.back().count);
    if (sizes.is_attention(i)) {
      append_block(parameters_, sizes.transformer, TransformerParameters<Real>{}, i);
    } else {
      append_block(parameters_, sizes.layer, ScaBlockParameters<Real>{}, i);
    }
  }
  const std::int64_t count = parameters_.back().offset + parameters_.back().count;
  memory_ = Pages(static_cast<std::size_t>(count) * sizeof(Real));
  values_ = {reinterpret_cast<Real*>(memory_.data()), static_cast<std::size_t>(count)};
  std::ranges::fill(values_, Real(0));
  const TransformerSizes& t = sizes_.transformer;
  const auto table = static_cast<std::size_t>(t.maxlen * t.hd() / 2);
  cosine_.resize(table);
  sine_.resize(table);
  rotary_table(t.maxlen, t.hd() / 2, cosine_.data(), sine_.data());
  for (std::int64_t i = 0; i < sizes.blocks; ++i) {
    if (sizes.is_attention(i)) {
      blocks_.emplace_back(Transformer<Real>{t, rules.norm_epsilon, read_only(transformer(i, values_)),
                                             cosine_.data(), sine_.data(), by});
    } else {
      const ScaBlockParameters<Real> p = sca_block(i, values_);
      const ScaBlock<Real> block{p.norm, {sizes.layer, rules, read_only(p.layer), by}};
      if (!block.layer.has_a_core_for_its_rules())
        throw std::invalid_argument(fmt::format("network: the core {} does not do its rules", by.core->name));
      blocks_.emplace_back(block);
    }
  }
}

template <class Real>
void Network<Real>::keep_bf16() {
  if (bf16_.data() == nullptr) bf16_ = Pages(values_.size() * sizeof(BFloat16));
  std::ranges::transform(values_, reinterpret_cast<BFloat16*>(bf16_.data()),
                         [](Real x) { return store<BFloat16>(static_cast<float>(x)); });
}

template <class Real>
Implementation<Real> Network<Real>::decoded_by() const {
  Implementation<Real> by = by_;
  by.bf16 = {values_.data(), reinterpret_cast<const BFloat16*>(bf16_.data())};
  return by;
}

template <class Real>
template <class Sizes, class Parameters>
void Network<Real>::place(const Sizes& sizes, Parameters& parameters, std::int64_t i, Real* base) const {
  std::int64_t at = first_[static_cast<std::size_t>(i)];
  visit(sizes, parameters, [&](const std::string&, const Extents& shape, Real*& pointer, bool) {
    pointer = base + at;
    at += volume(shape);
  });
}

template <class Real>
ScaBlockParameters<Real> Network<Real>::sca_block(std::int64_t i, std::span<Real> like) const {
  ScaBlockParameters<Real> parameters{};
  place(sizes_.layer, parameters, i, like.data());
  return parameters;
}

template <class Real>
TransformerParameters<Real> Network<Real>::transformer(std::int64_t i, std::span<Real> like) const {
  TransformerParameters<Real> parameters{};
  place(sizes_.transformer, parameters, i, like.data());
  return parameters;
}

template class Network<float>;
template class Network<double>;

}  // namespace sca::kernels
