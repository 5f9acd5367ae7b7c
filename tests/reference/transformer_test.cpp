#include "reference/transformer_block.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "reference/model.hpp"
#include "tests/reference/agreement.hpp"
#include "tests/reference/evaluation.hpp"
#include "tests/reference/random_layer.hpp"
#include "tests/reference/sequence.hpp"

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

RC_GTEST_PROP(Transformer, StepIsParallel, ()) {
  const std::size_t L = *rc::gen::inRange<std::size_t>(1, 6);
  const BlockConfig c = any_block(L);
  const auto seed = *rc::gen::inRange<std::uint64_t>(0, 1U << 20U);
  assert_agree([&]<class Real>() {
    const auto block = hashed_block<Real>(c, seed);
    const auto x = hashed_tokens<Real>(seed, 2, L, c.D);
    auto state = initial_state<Real>(c, 2);
    return Pair<Real>{forward(block, x).out, steps(block, x, state)};
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
template <class Real>
Tensor<Real> rotated_product(std::size_t s, std::size_t t) {
  const auto table = rotary_table<Real>(32, 4);
  std::vector<Real> a{Real(0.5), Real(-1.25), Real(2), Real(0.75)};
  std::vector<Real> b{Real(1), Real(0.5), Real(-0.25), Real(1.5)};
  rotate<Real>(table, s, a);
  rotate<Real>(table, t, b);
  auto product = Tensor<Real>::zeros({1});
  multiply<Real>(a, b, product.data);
  return product;
}

TEST(Transformer, RotationsSeeDistancesOnly) {
  const auto [near_start, later] = evaluate_in_double([]<class Real>() {
    return Pair<Real>{rotated_product<Real>(0, 5), rotated_product<Real>(20, 25)};
  });
  EXPECT_LE(clearance_of_the_same(near_start, later), 1);
  const DigitsScope digits(50);
  EXPECT_TRUE(certainly_differ(near_start.exact, rotated_product<Bounded>(0, 6)));
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

ModelConfig small_model() {
  ModelConfig c;
  c.vocab = 5;
  c.num_layers = 3;
  c.layer = {.D = 4, .K = 2, .Kq = 1, .M = 2, .H = 2, .ck = 3, .anchors = 1, .E = 4, .maxlen = std::nullopt};
  c.block = {.D = 4, .num_heads = 2, .num_kv_heads = 1, .d_ff = 3, .qk_norm = true, .maxlen = 8};
  return c;
}

template <class Real>
Model<Real> hashed_model() {
  return read_model<Real>(small_model(), Dialect::paper(), hashed_source<Real>(3));
}

// The whole model in the paper's dialect: a prefill, then steps, is the parallel form.
TEST(Model, PrefillThenStepIsForwardInThePaperDialect) {
  const Ids ids{{1, 6}, {0, 3, 1, 4, 4, 2}};
  const auto [whole, stepped] = evaluate_in_double([&]<class Real>() {
    const auto model = hashed_model<Real>();
    auto state = forward(model, Ids{{1, 2}, {0, 3}}).state;
    Tensor<Real> logits{{1, 4, model.config.vocab}, {}};
    for (std::size_t t = 2; t < 6; ++t)
      std::ranges::copy(step<Real>(model, std::span(ids.data).subspan(t, 1), state).data,
                        std::back_inserter(logits.data));
    return Pair<Real>{window(forward(model, ids).logits, 2, 6), logits};
  });
  EXPECT_LE(clearance_of_the_same(whole, stepped), 1);
}

TEST(Model, KeepsTheStreamBeforeAndAfterEveryBlock) {
  EXPECT_EQ(forward(hashed_model<double>(), Ids{{1, 2}, {0, 3}}).hidden.size(), 4u);
}

TEST(Model, RefusesAnUnknownToken) {
  const auto model = hashed_model<double>();
  auto state = initial_state(model, 1);
  const std::vector<std::size_t> unknown{5};
  EXPECT_THROW(step<double>(model, unknown, state), std::invalid_argument);
}

}  // namespace
}  // namespace sca::reference::test
