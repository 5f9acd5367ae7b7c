#include "experiments/probe/layer_tokens.hpp"

#include <gtest/gtest.h>

#include "experiments/probe/attribution.hpp"
#include "tests/experiments/probe/made_network.hpp"

namespace sca::experiments::ablation {
namespace {

using Eigen::Index;

constexpr double u = 0x1p-53;

/// Of sums of t terms on either side: 2 (t - 1) roundings of the numerator and of Z, as many of the discounts
/// that are applied one after the other, and a handful a term; the powers' and waves' own are below 8 u.
double roundings(Index t) { return (8 * static_cast<double>(t) + 40) * u; }

class InBothDialects : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(LayerTokens, InBothDialects, testing::Values("released", "paper"));

// (1): the reference's state is the sum of the tokens' contributions.
TEST_P(InBothDialects, ContributionsSumToTheState) {
  const MadeNetwork made(GetParam());
  for (const std::size_t i : {0U, 1U, 3U}) {
    const LayerTokens tokens = made.tokens(i);
    const reference::LayerTrace<double>& trace = *made.trace.layers[i];
    for (Index t = 1; t <= tokens.tokens(); ++t) {
      const Eigen::VectorXd sizes = contributions(tokens, t).cwiseAbs().rowwise().sum();
      const Eigen::VectorXcd sum = state(tokens, t);
      for (Index row = 0; row < sum.size(); ++row) {
        const auto at = static_cast<std::size_t>((t - 1) * sum.size() + row);
        const double Z = trace.den.data[static_cast<std::size_t>((t - 1) * tokens.K + tokens.head(row))];
        EXPECT_LE(std::abs(sum[row].real() - trace.re.data[at] / Z), roundings(t) * sizes[row]);
        EXPECT_LE(std::abs(sum[row].imag() - trace.im.data[at] / Z), roundings(t) * sizes[row]);
      }
    }
  }
}

// (5): what a token reads is the sum of what every token put there.
TEST_P(InBothDialects, AttributionsSumToWhatIsRead) {
  const MadeNetwork made(GetParam());
  const LayerTokens tokens = made.tokens(1);
  const std::vector<double>& o = made.trace.layers[1]->o.data;
  const Index KH = tokens.K * tokens.H;
  for (Index t = 0; t < tokens.tokens(); ++t) {
    const Eigen::MatrixXcd parts = attributed(tokens, t);
    ASSERT_EQ(parts.cols(), t + 1);
    const Eigen::VectorXcd sum = parts.rowwise().sum();
    // Terms, before they cancel over samples and tokens.
    const Eigen::VectorXd sizes = summed_over_samples(tokens, (tokens.reading.col(t).cwiseAbs().asDiagonal() *
                                                               contributions(tokens, t + 1).cwiseAbs())
                                                                  .cast<std::complex<double>>())
                                      .real()
                                      .rowwise()
                                      .sum();
    for (Index c = 0; c < KH; ++c) {
      const auto at = static_cast<std::size_t>(t * 2 * KH + 2 * (c / tokens.H) * tokens.H + c % tokens.H);
      EXPECT_LE(std::abs(sum[c].real() - o[at]), 2 * roundings(t + 1) * sizes[c]);
      EXPECT_LE(std::abs(sum[c].imag() - o[at + static_cast<std::size_t>(tokens.H)]),
                2 * roundings(t + 1) * sizes[c]);
    }
    EXPECT_NEAR(attributed_shares(parts).sum(), 1, 1e-12);
  }
}

TEST(LayerTokens, WithoutANormaliserSumsTheWeightsThemselves) {
  LayerTokens tokens = lattice_tokens(4, {1, 2, 3}, random_keys(2, 3));
  tokens.arrival << 2, 3, 5;
  EXPECT_DOUBLE_EQ(shares(tokens, 3)(0, 1), 0.3);
  EXPECT_DOUBLE_EQ(shares(tokens, 2)(0, 1), 0.6);
  tokens.dialect.is_normalised = false;
  EXPECT_DOUBLE_EQ(shares(tokens, 3)(0, 1), 3);
}

TEST(LayerTokens, DiscountsWhatIsThereAtEveryToken) {
  LayerTokens tokens = lattice_tokens(4, {1, 2, 3}, random_keys(2, 3));
  tokens.dialect.is_normalised = false;
  tokens.discount[0] = 0.5;
  EXPECT_DOUBLE_EQ(shares(tokens, 3)(0, 0), 0.25);
  EXPECT_DOUBLE_EQ(shares(tokens, 3)(0, 2), 1);
}

}  // namespace
}  // namespace sca::experiments::ablation
