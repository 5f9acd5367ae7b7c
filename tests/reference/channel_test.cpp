#include "reference/channel.hpp"

#include <cmath>

#include "tests/reference/enclosure.hpp"

namespace sca::reference {
namespace {

template <class Real>
Head<Real> one_channel(Real theta) {
  Head<Real> head;
  head.H = head.M = 1;
  head.theta = {theta};
  head.omega = {Real(2)};
  head.q_re = {Real(3)};
  head.q_im = {Real(-1)};
  return head;
}

TEST(Channel, SoftplusIsExactlyLogOnePlusExp) {
  const PrecisionScope scope(256);
  for (const int x : {-3, 0, 5}) {
    test::expect_encloses(softplus(Interval(x)), log(Interval(1) + exp(Interval(x))), 70);
  }
  EXPECT_EQ(softplus(1000.0), 1000.0);
  EXPECT_EQ(softplus(-1000.0), 0.0);
  EXPECT_NEAR(softplus(0.0), std::log(2.0), 1e-15);
}

// t = 1: alpha cancels, and what is read is omega k e^{i phi} conj(q).
TEST(Channel, OneTokenReadsItself) {
  const PrecisionScope scope(256);
  const Head<Interval> head = one_channel(Interval(2));
  const HeadInput<Interval> input{{Interval(-1)}, {Interval(7)}, {Interval(4)}};
  const auto step = head_step<Interval>(head, input, gate(head, input), 1);
  const Interval phase(-1);  // 2 softsign(-1)
  test::expect_encloses(step.hat[0][0].re, -cos(phase), 70);
  test::expect_encloses(step.out[0].re, Interval(-2) * (Interval(3) * cos(phase) - sin(phase)), 70);
  test::expect_encloses(step.out[0].im, Interval(-2) * (Interval(3) * sin(phase) + cos(phase)), 70);
  test::expect_encloses(step.kbar[0], Interval(1), 70);
  test::expect_encloses(condition(step.absolute[0], step.state[0][0]), Interval(1) / cos(phase), 70);
}

TEST(Channel, DecayDiscountsDistance) {
  Head<double> head = one_channel(1.0);
  head.lambda = 0.5;
  const HeadInput<double> input{{1.0, 1.0}, {0.0, 0.0}, {1.0, 0.0}};
  const auto alpha = gate(head, input);
  EXPECT_NEAR(alpha[0] / alpha[1], std::exp(-0.5), 1e-15);
  EXPECT_NEAR(head_step<double>(head, input, alpha, 2).weight, alpha[0] + alpha[1], 1e-15);
}

TEST(Channel, DividesByTheRootOfTheChannels) {
  Head<double> head;
  head.H = 4;
  head.M = 1;
  head.theta = head.q_im = std::vector<double>(4, 0.0);
  head.omega = head.q_re = std::vector<double>(4, 1.0);
  const HeadInput<double> input{{1.0, 2.0, 3.0, 4.0}, {0.0}, {0.0}};
  const auto step = head_step<double>(head, input, gate(head, input), 1);
  for (std::size_t h = 0; h < 4; ++h) EXPECT_DOUBLE_EQ(step.out[h].re, static_cast<double>(h + 1) / 2);
}

}  // namespace
}  // namespace sca::reference
