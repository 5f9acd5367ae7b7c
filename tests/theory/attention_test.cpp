#include "theory/attention.hpp"

#include <cmath>

#include "tests/reference/enclosure.hpp"
#include "theory/measures/gaussian.hpp"
#include "theory/readout.hpp"

namespace sca {
namespace {

TEST(Attention, GaussianWindowWithItsGateIsSoftmax) {
  const PrecisionScope scope(256);
  auto prefix = uniform_prefix<Interval>(
      {Interval(1), Interval(0), Interval(-2), Interval(3), Interval(0), Interval(0)}, 2);
  const std::vector<Interval> query{Interval(1) / Interval(3), Interval(-2)};
  const Interval scale = Interval(5) / Interval(7);
  const Interval sigma_squared = Interval(3) / Interval(2);
  const auto expected = mixture<Interval>(prefix, attention_weights<Interval>(prefix, query, scale));
  prefix.weights = gaussian_gate(prefix, sigma_squared);
  const auto probe = gaussian_probe<Interval>(query, scale, sigma_squared);
  const Gaussian<Interval> window{sqrt(sigma_squared)};
  const auto numerator = readout(prefix, window, corollary3_query<Interval>(probe));
  const Interval denominator = function_readout(prefix, window, weight_query<Interval>(probe)).re;
  for (std::size_t a = 0; a < 2; ++a) test::expect_encloses(numerator[a].re / denominator, expected[a], 60);
}

TEST(Attention, SoftmaxDoesNotOverflow) {
  const auto weights = softmax<double>({1000.0, 1000.0 - std::log(3.0), -1000.0});
  // The score 1000 - log 3 is rounded by half an ulp of [512, 1024), which moves the weights by less than
  // that.
  EXPECT_LE(std::abs(weights[0] - 0.75), 0x1p-44);
  EXPECT_LE(std::abs(weights[1] - 0.25), 0x1p-44);
  EXPECT_EQ(weights[2], 0.0);
}

}  // namespace
}  // namespace sca
