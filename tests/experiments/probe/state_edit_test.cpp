#include "experiments/probe/state_edit.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "reference/recursive_decay.hpp"
#include "tests/experiments/probe/made_network.hpp"

namespace sca::experiments::ablation {
namespace {

using Eigen::Index;
using reference::Tensor;

/// The layer's trace if token j had had token i's key, and its own score: steps 2 to 5 over again.
reference::LayerTrace<double> with_other_key(const MadeNetwork& made, std::size_t block, std::size_t j,
                                             std::size_t i) {
  const reference::Layer<double>& layer = made.layer(block);
  reference::LayerTrace<double> trace = *made.trace.layers[block];
  const std::size_t C = layer.config.C();
  std::copy_n(trace.z_act.data.begin() + static_cast<std::ptrdiff_t>(i * C), layer.config.KH(),
              trace.z_act.data.begin() + static_cast<std::ptrdiff_t>(j * C));
  if (layer.dialect.step_decay == reference::Dialect::StepDecay::recursive) {
    core_recursive(layer, trace);
  } else {
    core(layer, trace);
  }
  return trace;
}

/// The logits at position t if that layer's output there, and nowhere else, came from the trace: the rest of
/// the network over the whole sequence.
std::vector<double> logits_by_brute_force(const MadeNetwork& made, std::size_t block, std::size_t t,
                                          const reference::LayerTrace<double>& trace) {
  const auto& sca = std::get<reference::ScaBlock<double>>(made.model.blocks[block]);
  reference::LayerTrace<double> fused = trace;
  fuse_tokens(sca.attn, pre_norm(sca, made.trace.hidden[block]), fused);
  Tensor<double> x = made.trace.hidden[block + 1];
  const std::size_t D = made.config.D();
  for (std::size_t d = 0; d < D; ++d)
    x.data[t * D + d] = made.trace.hidden[block].data[t * D + d] + fused.out.data[t * D + d];
  for (std::size_t b = block + 1; b < made.model.blocks.size(); ++b)
    x = std::visit([&](const auto& one) { return forward(one, x).out; }, made.model.blocks[b]);
  const Tensor<double> all = reference::head(made.model, x);
  const auto row = all.row(t, made.config.vocab);
  return {row.begin(), row.end()};
}

class Edits : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(StateEdit, Edits, testing::Values("released", "paper"));

TEST_P(Edits, AreTheStateOfAnotherKey) {
  const MadeNetwork made(GetParam());
  const LayerTokens tokens = made.tokens(1);
  const LayerTokens brute = layer_tokens(made.layer(1), with_other_key(made, 1, 3, 6));
  const Eigen::VectorXcd edited = edited_state(tokens, 9, 3, 3, 6);
  const Eigen::VectorXcd expected = state(brute, 9);
  const double size = contributions(tokens, 9).cwiseAbs().rowwise().sum().maxCoeff() +
                      contributions(brute, 9).cwiseAbs().rowwise().sum().maxCoeff();
  EXPECT_LE((edited - expected).cwiseAbs().maxCoeff(), 64 * 0x1p-53 * size);
  EXPECT_GT((edited - state(tokens, 9)).cwiseAbs().maxCoeff(), 1e-3);  // it does something
}

TEST_P(Edits, GiveTheLogitsOfARerun) {
  const MadeNetwork made(GetParam());
  Rerun rerun(made.model, made.trace);
  rerun.advance(8);
  for (const std::size_t block : {0U, 1U, 3U}) {
    const LayerTokens tokens = made.tokens(block);
    const auto brute = logits_by_brute_force(made, block, 8, with_other_key(made, block, 3, 6));
    const auto got = rerun.logits(block, tokens, edited_state(tokens, 9, 3, 3, 6));
    const auto before = rerun.logits(block, tokens, state(tokens, 9));
    const auto unedited = logits_by_brute_force(made, block, 8, *made.trace.layers[block]);
    double moved = 0;
    for (std::size_t v = 0; v < got.size(); ++v) {
      // Double's rounding through at most four blocks; an edit moves logits by far more.
      EXPECT_NEAR(got[v], brute[v], 1e-11);
      EXPECT_NEAR(before[v], unedited[v], 1e-11);
      moved = std::max(moved, std::abs(got[v] - before[v]));
    }
    EXPECT_GT(moved, 1e-5);
  }
}

TEST(EditedState, ReplacesEveryPlaceByItsOwnWeight) {
  LayerTokens tokens = lattice_tokens(1, {0, 0, 0, 0}, Eigen::RowVector4d(1, 10, 100, 1000));
  tokens.arrival << 1, 2, 3, 4;
  EXPECT_DOUBLE_EQ(edited_state(tokens, 4, 1, 2, 0)[0].real(), (1 + 2 + 3 + 4000) / 10.0);
  EXPECT_DOUBLE_EQ(edited_state(tokens, 4, 2, 2, 3)[0].real(), (1 + 20 + 3000 + 4000) / 10.0);
}

TEST(EditOutcome, IsNothingWhereTheReplacementIsTheSame) {
  const MadeNetwork made("released");
  Rerun rerun(made.model, made.trace);
  rerun.advance(8);
  const LayerTokens tokens = made.tokens(0);
  const EditOutcome same = edited(rerun, 0, tokens, {8, 4, 3, 5, 3});
  EXPECT_EQ(same.token.lost, 0);
  EXPECT_NE(same.token.by_other, 0);
  EXPECT_NE(same.reach.lost, 0);  // the token behind it is replaced, too
  EXPECT_LT(same.log_p, 0);
}

// Two taps: a token is seen by its own place and the next; the question's own place stays as it is.
TEST(EditOutcome, ReachesAsFarAsTheConvolution) {
  const MadeNetwork made("released");
  Rerun rerun(made.model, made.trace);
  rerun.advance(8);
  const LayerTokens tokens = made.tokens(0);
  const EditOutcome last = edited(rerun, 0, tokens, {8, 4, 7, 5, 3});
  EXPECT_EQ(last.reach.lost, last.token.lost);
  EXPECT_NE(last.reach.by_other, last.token.by_other);
  const auto both = rerun.logits(0, tokens, edited_state(tokens, 9, 5, 6, 3));
  const auto whole = rerun.logits(0, tokens, state(tokens, 9));
  const auto log_p = [](const std::vector<double>& logits) {
    double sum = 0;
    for (const double x : logits) sum += std::exp(x - logits[4]);
    return -std::log(sum);
  };
  EXPECT_NEAR(last.reach.by_other, log_p(whole) - log_p(both), 1e-12);
}

TEST(StateEdits, ShareIsTheExcessOverTheGain) {
  StateEdits edits(8);
  const double uniform = -std::log(8.0);
  for (int i = 0; i < 20; ++i) {
    const double more = i % 2 == 0 ? 0.1 : -0.1;
    // Two questions a sequence: their mean gains 1, loses 0.35 + more by the carrier and 0.1 by the other.
    // With their reach twice as much.
    edits.add({{uniform + 0.5, {0.3 + more, 0.2}, {0.6 + more, 0.4}},
               {uniform + 1.5, {0.4 + more, 0.0}, {0.8 + more, 0.0}}});
  }
  const auto share = edits.share();
  ASSERT_TRUE(share);
  EXPECT_NEAR(share->estimate, 0.25, 1e-12);
  EXPECT_GT(share->low, 0.19);
  EXPECT_LT(share->high, 0.31);
  EXPECT_NEAR(edits.record()["lost_by_other"][0], 0.1, 1e-12);
  EXPECT_NEAR(edits.record()["reach"]["share"][0], 0.5, 1e-12);
}

TEST(StateEdits, HaveNoShareOfAnAnswerThatIsNotKnown) {
  StateEdits edits(8);
  EXPECT_TRUE(edits.record().is_null());
  for (int i = 0; i < 20; ++i) edits.add({{-std::log(8.0) + (i % 2 == 0 ? 1 : -1), {0.5, 0}, {0.5, 0}}});
  EXPECT_FALSE(edits.share());
  EXPECT_TRUE(edits.record()["share"].is_null());
}

}  // namespace
}  // namespace sca::experiments::ablation
