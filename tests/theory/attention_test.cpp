#include "theory/attention.hpp"

#include "tests/reference/enclosure.hpp"
#include "tests/reference/evaluation.hpp"
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
  const auto [found, expected] = reference::test::evaluate_in_double([]<class Real>() {
    using std::log;
    const auto weights = softmax<Real>({Real(1000), Real(1000) - Real(log(Real(3)))});
    return std::pair{reference::Tensor<Real>{{2}, weights},
                     reference::Tensor<Real>{{2}, {Real(0.75), Real(0.25)}}};
  });
  EXPECT_LE(reference::test::clearance_of_the_same(found, expected), 1);
  EXPECT_EQ(softmax<double>({1000, -1000}), (std::vector<double>{1, 0}));
}

}  // namespace
}  // namespace sca
