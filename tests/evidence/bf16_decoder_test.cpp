// A network that keeps its matrices as bf16: its decoders give what a network of the rounded matrices gives,
// and nothing else has changed.

#include <gtest/gtest.h>

#include <set>

#include "evidence/hash.hpp"
#include "evidence/kernels/number_format.hpp"
#include "evidence/networks/sizes.hpp"
#include "kernels/network/decoder.hpp"
#include "kernels/network/training_pass.hpp"
#include "kernels/registry.hpp"

namespace sca::evidence::networks {
namespace {

using sca::kernels::Decoder;
using sca::kernels::Implementation;
using sca::kernels::Network;
using sca::kernels::NetworkSizes;

const NetworkSizes small_sizes{
    .vocab = 37,
    .blocks = 3,
    .ratio = 2,
    .layer = {.D = 20, .K = 4, .Kq = 2, .H = 3, .M = 2, .ck = 3, .anchors = 1, .E = 5, .maxlen = 32},
    .transformer = {.D = 20, .heads = 2, .kv_heads = 1, .d_ff = 21, .maxlen = 32, .normalises = true}};
constexpr std::int64_t B = 2;
constexpr std::int64_t L = 9;  // B L rows are packed, B are not

template <class Real>
std::unique_ptr<Network<Real>> network(const Implementation<Real>& by) {
  auto made = std::make_unique<Network<Real>>(small_sizes, rules_of(reference::Dialect::released()), by);
  std::uint64_t i = 0;
  for (Real& x : made->values()) x = static_cast<Real>(static_cast<float>(0.5 * signed_unit(1, 2, i++)));
  return made;
}

/// The matrices, in every block: what a token multiplies.
bool is_matrix(const std::string& name) {
  static const std::set<std::string> matrices{
      "embedding.weight", "in_proj.weight", "gate_proj.weight", "W_readout",    "out_proj.weight",
      "q_proj.weight",    "k_proj.weight",  "v_proj.weight",    "ff_in.weight", "ff_out.weight"};
  return std::ranges::any_of(matrices, [&](const std::string& one) { return name.ends_with(one); });
}

template <class Real>
void round_matrices(Network<Real>& network) {
  const kernels::NumberFormat& bf16 = kernels::format_of(SCA_BF16);
  for (const sca::kernels::Parameter& one : network.parameters()) {
    if (!is_matrix(one.name)) continue;
    for (Real& x :
         network.values().subspan(static_cast<std::size_t>(one.offset), static_cast<std::size_t>(one.count)))
      x = static_cast<Real>(bf16.nearest(static_cast<double>(x)));
  }
}

std::vector<std::int64_t> ids(std::int64_t count) {
  std::vector<std::int64_t> all;
  for (std::int64_t i = 0; i < count; ++i) all.push_back((7 * i + 3) % small_sizes.vocab);
  return all;
}

/// The logits of a prefill and of two steps after it.
template <class Real>
std::vector<Real> logits(Decoder<Real>& decoder) {
  std::vector<Real> all;
  const auto keep = [&](std::span<const Real> some) { all.insert(all.end(), some.begin(), some.end()); };
  keep(decoder.forward(ids(B * L).data(), L));
  keep(decoder.step(ids(B).data()));
  keep(decoder.step(ids(B).data()));
  return all;
}
template <class Real>
std::vector<Real> decoded(const Network<Real>& network) {
  Decoder<Real> decoder(network, B, L, Decoder<Real>::Logits::all);
  return logits(decoder);
}

template <class Real>
void check(const Implementation<Real>& by) {
  const auto wide = network(by);
  Decoder<Real> before(*wide, B, L, Decoder<Real>::Logits::all);
  const std::vector<Real> exact = logits(before);
  sca::kernels::TrainingPass<Real> pass(*wide, B, L);
  const auto trained = pass.forward(ids(B * L).data());
  const std::vector<Real> training(trained.begin(), trained.end());

  wide->keep_bf16();
  const auto rounded = network(by);
  round_matrices(*rounded);
  EXPECT_EQ(decoded(*wide), decoded(*rounded)) << by.operators->name;
  EXPECT_NE(decoded(*wide), exact) << by.operators->name;

  before.reset();
  EXPECT_EQ(logits(before), exact) << by.operators->name << ": a decoder that was there already";
  const auto again = pass.forward(ids(B * L).data());
  EXPECT_EQ(std::vector<Real>(again.begin(), again.end()), training) << by.operators->name << ": training";
}

const sca_core_kernel* core_of(std::string_view name) {
  for (const sca_core_kernel* one : sca::kernels::core_kernels()) {
    if (one->name == name) return one;
  }
  return nullptr;
}

TEST(Bf16Decoder, DecodesAsTheRoundedNetwork) {
  for (const auto* table : sca::kernels::f32_operators())
    check(Implementation<float>{table, core_of(table->name), 2});
  check(Implementation<double>{sca::kernels::f64_operators()[0], core_of("f64/serial"), 1});
}

TEST(Bf16Decoder, RoundsAgainWhenItIsAsked) {
  const auto one = network(Implementation<float>{sca::kernels::f32_operators()[0], core_of("f32/serial"), 1});
  one->keep_bf16();
  const std::vector<float> first = decoded(*one);
  for (float& x : one->values()) x *= 1.25F;
  one->keep_bf16();
  const std::vector<float> second = decoded(*one);
  round_matrices(*one);
  one->keep_bf16();
  EXPECT_NE(first, second);
  EXPECT_EQ(decoded(*one), second);
}

}  // namespace
}  // namespace sca::evidence::networks
