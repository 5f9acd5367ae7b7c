#include "experiments/probe/layer_probe.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "tests/experiments/probe/made_layers.hpp"

namespace sca::experiments::ablation {
namespace {

constexpr std::int64_t tokens_each = 20;

/// Of ten sequences on a lattice with room for `different` phases, whose answers gain 1 nat, and lose `lost`
/// by edits of the carrier on average.
LayerProbe made_probe(std::int64_t different, double lost, double lost_in_reach) {
  LayerProbe probe(8);
  std::vector<std::int64_t> multiples(tokens_each);
  std::iota(multiples.begin(), multiples.end(), 0);
  for (std::int64_t& one : multiples) one %= different;
  Eigen::MatrixXd keys = random_keys(2, tokens_each);
  for (Eigen::Index t = different; t < tokens_each; ++t) keys.col(t) = keys.col(t % different);
  const LayerTokens tokens = lattice_tokens(tokens_each, multiples, keys);
  const std::vector<double> stream(tokens_each, 1.0);
  for (std::uint64_t s = 0; s < 10; ++s) {
    const double around = s % 2 == 0 ? 0.05 : -0.05;
    probe.retrievability.add(tokens);
    probe.theorem.add(tokens);
    probe.decoder.add(tokens, stream, random_ids(tokens_each, 8, s));
    probe.edits.add({{1 - std::log(8.0), {lost + around, 0}, {lost_in_reach + around, 0}}});
  }
  return probe;
}

TEST(LayerProbe, RetainsRetrievalWhereBothConditionsHold) {
  const auto record = made_probe(tokens_each, 0.3, 0.3).record();
  EXPECT_EQ(record["by_theorem"], true);
  EXPECT_EQ(record["is_causal"], true);
  EXPECT_EQ(record["is_causal_in_reach"], true);
  EXPECT_EQ(record["retains_retrieval"], true);
}

// Ten of the 20 tokens are equal to any: it is found one time in ten, twice as often as by chance.
TEST(LayerProbe, DoesNotWhereTheTheoremsQueryIsNearChance) {
  const auto record = made_probe(2, 0.3, 0.3).record();
  EXPECT_EQ(record["by_theorem"], false);
  EXPECT_DOUBLE_EQ(record["theorem"].back()["top1"][1], 0.1);
  EXPECT_EQ(record["retains_retrieval"], false);
}

TEST(LayerProbe, DoesNotWhereEditsOfTheTokenLoseNothing) {
  const auto record = made_probe(tokens_each, 0, 0.3).record();
  EXPECT_EQ(record["by_theorem"], true);
  EXPECT_EQ(record["is_causal"], false);
  EXPECT_EQ(record["is_causal_in_reach"], true);
  EXPECT_EQ(record["retains_retrieval"], false);
}

}  // namespace
}  // namespace sca::experiments::ablation
