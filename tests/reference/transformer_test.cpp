#include "reference/transformer_block.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "reference/model.hpp"
#include "tests/reference/agreement.hpp"
#include "tests/reference/random_layer.hpp"

namespace sca::reference::test {
namespace {

constexpr double epsilon = Dialect::released().norm_epsilon;

BlockConfig any_block(std::size_t L) {
  BlockConfig c;
  c.num_kv_heads = *rc::gen::inRange<std::size_t>(1, 3);
  c.num_heads = c.num_kv_heads * *rc::gen::inRange<std::size_t>(1, 3);
  c.D = c.num_heads * 2 * *rc::gen::inRange<std::size_t>(1, 3);
  c.d_ff = *rc::gen::inRange<std::size_t>(1, 6);
  c.qk_norm = *rc::gen::arbitrary<bool>();
  c.maxlen = L + *rc::gen::inRange<std::size_t>(1, 3);
  return c;
}

template <class Real>
TransformerBlock<Real> hashed_block(const BlockConfig& c, std::uint64_t seed) {
  return make_transformer_block(c, epsilon, read_block_parameters<Real>(c, hashed_source<Real>(seed)));
}

template <class Real>
Tensor<Real> stepped(const TransformerBlock<Real>& block, const Tensor<Real>& x) {
  auto state = initial_state<Real>(block.config, x.shape[0]);
  auto out = Tensor<Real>::zeros(x.shape);
  const std::size_t D = block.config.D;
  for (std::size_t t = 0; t < x.shape[1]; ++t) {
    const auto row = step(block, slice(x, t), state);
    for (std::size_t b = 0; b < x.shape[0]; ++b)
      std::ranges::copy(row.row(b, D), out.row(b * x.shape[1] + t, D).begin());
  }
  return out;
}

RC_GTEST_PROP(Transformer, StepIsParallel, ()) {
  const std::size_t L = *rc::gen::inRange<std::size_t>(1, 6);
  const BlockConfig c = any_block(L);
  const auto seed = *rc::gen::inRange<std::uint64_t>(0, 1U << 20U);
  assert_agree([&]<class Real>() {
    const auto block = hashed_block<Real>(c, seed);
    const auto x = hashed_tokens<Real>(seed, 2, L, c.D);
    return Pair<Real>{forward(block, x).out, stepped(block, x)};
  });
}

RC_GTEST_PROP(Transformer, RepeatedKeyValueHeadsAreGroupedOnes, ()) {
  const BlockConfig c = any_block(4);
  const auto seed = *rc::gen::inRange<std::uint64_t>(0, 1U << 20U);
  assert_identical([&]<class Real>() {
    const auto block = hashed_block<Real>(c, seed);
    BlockConfig full = c;
    full.num_kv_heads = c.num_heads;
    auto parameters = block.parameters;
    const auto repeat = [&](Tensor<Real>& weight) {
      Tensor<Real> all{{c.D, c.D}, {}};
      for (std::size_t h = 0; h < c.num_heads; ++h) {
        const auto rows = std::as_const(weight).row(h / (c.num_heads / c.num_kv_heads), c.hd() * c.D);
        all.data.insert(all.data.end(), rows.begin(), rows.end());
      }
      weight = std::move(all);
    };
    repeat(parameters.k_proj_weight);
    repeat(parameters.v_proj_weight);
    const auto other = make_transformer_block(full, epsilon, parameters);
    const auto x = hashed_tokens<Real>(seed, 1, 4, c.D);
    return Pair<Real>{forward(block, x).out, forward(other, x).out};
  });
}

// The scores depend on t - s alone: moving the first token to a later position of the same block changes
// nothing in the dot product of two rotated vectors at the same distance.
TEST(Transformer, RotationsSeeDistancesOnly) {
  const auto table = rotary_table<double>(32, 4);
  const auto dot = [&](std::size_t s, std::size_t t) {
    std::vector<double> a{0.5, -1.25, 2, 0.75};
    std::vector<double> b{1, 0.5, -0.25, 1.5};
    rotate<double>(table, s, a);
    rotate<double>(table, t, b);
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3];
  };
  EXPECT_NEAR(dot(0, 5), dot(20, 25), 1e-13);
  EXPECT_GT(std::abs(dot(0, 5) - dot(0, 6)), 0.1);
}

TEST(Transformer, RefusesWhatDoesNotFit) {
  const BlockConfig c{.D = 4, .num_heads = 2, .num_kv_heads = 1, .d_ff = 2, .qk_norm = false, .maxlen = 3};
  const auto block = hashed_block<double>(c, 1);
  EXPECT_THROW(forward(block, hashed_tokens<double>(1, 1, 4, 4)), std::invalid_argument);
  EXPECT_THROW(forward(block, hashed_tokens<double>(1, 1, 2, 3)), std::invalid_argument);
  BlockConfig odd = c;
  odd.D = 6;
  EXPECT_THROW(hashed_block<double>(odd, 1), std::invalid_argument);
  EXPECT_THROW(make_layer(LayerConfig{.D = 2, .K = 3, .Kq = 2}, Dialect::paper(), LayerParameters<double>{}),
               std::invalid_argument);
}

// The whole model in the paper's dialect: a prefill, then steps, is the parallel form.
TEST(Model, PrefillThenStepIsForwardInThePaperDialect) {
  ModelConfig c;
  c.vocab = 5;
  c.num_layers = 3;
  c.layer = {.D = 4,
             .K = 2,
             .Kq = 1,
             .M = 2,
             .H = 2,
             .ck = 3,
             .anchors = 1,
             .out_expand = 2,
             .maxlen = std::nullopt};
  c.block = {.D = 4, .num_heads = 2, .num_kv_heads = 1, .d_ff = 3, .qk_norm = true, .maxlen = 8};
  const auto model = read_model<double>(c, Dialect::paper(), hashed_source<double>(3));
  const Ids ids{{1, 6}, {0, 3, 1, 4, 4, 2}};
  const auto whole = forward(model, ids);
  auto state = forward(model, Ids{{1, 2}, {0, 3}}).state;
  for (std::size_t t = 2; t < 6; ++t) {
    const auto logits = step<double>(model, std::span(ids.data).subspan(t, 1), state);
    for (std::size_t v = 0; v < c.vocab; ++v)
      EXPECT_NEAR(logits.data[v], whole.logits.data[t * c.vocab + v], 1e-11);
  }
  EXPECT_EQ(whole.hidden.size(), 4u);
  const std::vector<std::size_t> unknown{5};
  EXPECT_THROW(step<double>(model, unknown, state), std::invalid_argument);
}

}  // namespace
}  // namespace sca::reference::test
